"""What the documents say is true: the README runs, every command, key, operator, model and exit code is named."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
import yaml

import anonshare as an
from anonshare.codes.hierarchies import BUILTIN
from anonshare.policy.model import Policy
from anonshare.registry import EXPORTERS, OPERATORS, PRIVACY_MODELS, READERS

CHECKOUT = Path(__file__).parents[1]
README = (CHECKOUT / "README.md").read_text("utf-8")
REFERENCE = (CHECKOUT / "docs" / "reference.md").read_text("utf-8")


@pytest.mark.slow
def test_the_readme_runs(tmp_path, monkeypatch):
    """The README's first screen runs after the demo, and ends in a refusal; it has at most twelve lines of input."""
    monkeypatch.chdir(tmp_path)
    examples = doctest.DocTestParser().get_examples(README)
    assert 0 < sum(example.source.count("\n") for example in examples) <= 12
    flags = doctest.IGNORE_EXCEPTION_DETAIL | doctest.NORMALIZE_WHITESPACE
    failed, tried = doctest.testfile(str(CHECKOUT / "README.md"), module_relative=False, optionflags=flags)
    assert tried
    assert not failed
    assert "Refused by G2: every column has a rule (column 1 of the file: no rule covers it)." in README
    with pytest.raises(an.errors.ReleaseRefused, match=r"G2.*column 1 of the file: no rule covers it"):
        office = an.Workspace.open("demo/office", passphrase_file="demo/passphrase")
        an.plan("demo/refused/cases-with-a-new-column.csv", "ngo-cases-to-police", office).refuse()


def test_the_guide_to_detection_runs():
    """Every example of docs/detection.md gives what it says."""
    failed, tried = doctest.testfile(str(CHECKOUT / "docs" / "detection.md"), module_relative=False)
    assert tried > 5
    assert not failed


def test_the_guide_to_hierarchies_runs():
    """Every example of docs/hierarchies.md gives what it says, and every hierarchy of the field stands in its table."""
    path = CHECKOUT / "docs" / "hierarchies.md"
    failed, tried = doctest.testfile(str(path), module_relative=False)
    assert tried > 10
    assert not failed
    assert [name for name in BUILTIN if f"| `{name}` |" not in path.read_text("utf-8")] == []


def test_the_guide_to_disclosure_control_runs():
    """Every example of docs/disclosure.md gives what it says."""
    failed, tried = doctest.testfile(str(CHECKOUT / "docs" / "disclosure.md"), module_relative=False)
    assert tried > 10
    assert not failed


GROUPS = {
    "keys": ("app", "keys_app"),
    "trust": ("app", "trust_app"),
    "policy": ("app", "policy_app"),
    "ledger": ("app", "ledger_app"),
    "custody": ("custody", "custody_app"),
    "reverse": ("reversal", "reverse_app"),
}
"""Verb -> the module of the command line and its group."""


def commands() -> list[str]:
    from anonshare.cli import (
        agency,
        app,
        custody,
        exchange,
        home,
        look,
        models,
        office,
        people,
        policies,
        reversal,
        story,
    )

    modules = {"app": app, "custody": custody, "reversal": reversal}
    assert all((agency, exchange, home, look, models, office, people, policies, story))
    found = [c.callback.__name__ for c in app.app.registered_commands]
    for name, (module, group) in GROUPS.items():
        found += [f"{name} {c.name}" for c in getattr(modules[module], group).registered_commands]
    return found


@pytest.mark.parametrize("command", commands())
def test_every_command_is_documented(command):
    """The reference names every command."""
    assert f"`{command}" in REFERENCE


def keys(model, seen) -> set[str]:
    found = set()
    for name, field in model.model_fields.items():
        found.add(field.alias or name)
        for inner in models_in(field.annotation):
            if inner not in seen:
                seen.add(inner)
                found |= keys(inner, seen)
    return found


def models_in(annotation) -> list:
    if hasattr(annotation, "model_fields"):
        return [annotation]
    return [m for part in getattr(annotation, "__args__", ()) for m in models_in(part)]


def test_every_policy_key_is_documented():
    """The reference names every key of a policy, every operator and every privacy model."""
    for word in keys(Policy, {Policy}) | set(OPERATORS.builtin()) | set(PRIVACY_MODELS.builtin()):
        assert re.search(rf"`[^`]*\b{word}\b[^`]*`", REFERENCE), word


def test_every_reader_is_documented():
    """docs/readers.md names every reader, and the exporters beside them."""
    text = (CHECKOUT / "docs" / "readers.md").read_text("utf-8")
    for name in [*READERS.builtin(), *EXPORTERS.builtin()]:
        assert f"`{name}`" in text, name


def test_every_exit_code_is_documented():
    """README and reference name every exit code of the family of errors."""
    codes = {cls.exit_code for cls in vars(an.errors).values() if isinstance(cls, type) and hasattr(cls, "exit_code")}
    for code in codes | {0}:
        assert f"| {code} |" in README


def test_links_of_the_documents_exist():
    """Every relative link names a file of the checkout."""
    for path in [CHECKOUT / "README.md", *(CHECKOUT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\((?!http)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / link).exists(), (path.name, link)


def test_nothing_tells_to_install_a_squatted_model():
    """No document or message says to install a package with an official model's name."""
    names = re.compile(r"pip install[^\n]*(?:en|de|fr|es|ro)[-_]core[-_]")
    for path in [*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md"), *(CHECKOUT / "anonshare").rglob("*.py")]:
        assert not names.search(path.read_text("utf-8")), path.name


def test_the_changelog_has_a_sentence_a_line():
    """Every entry of the changelog is a sentence."""
    entries = [line for line in (CHECKOUT / "CHANGELOG.md").read_text("utf-8").splitlines() if line.startswith("- ")]
    assert entries
    assert all(entry.endswith(".") for entry in entries)


def test_shelf_policies_are_yaml_for_everyone():
    """A shelf policy is plain YAML that other readers take as well."""
    for path in (CHECKOUT / "policies").glob("*.yaml"):
        assert yaml.safe_load(path.read_text("utf-8"))["anonshare"] == "policy/1"
