"""The house keeps its shape: floors, guests, light verifying, an exact front door."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import anonshare
from anonshare import registry

ROOT = Path(anonshare.__file__).parent
FLOORS = [
    {"errors"},
    {"shapes", "registry", "files", "places"},
    {"codes", "engine", "identifiers", "wire"},
    {"policy", "trust"},
    {"records", "detection", "transforms", "linkage", "signals", "disclosure", "ledger", "bundle", "samples"},
    {"intake", "exporters", "report", "review", "attacks"},
    {"gates"},
    {"workspace"},
    {"pipeline"},
    {"cli", "__init__"},
    {"__main__"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
GUESTS = {
    "cryptography": {"wire", "trust", "transforms", "linkage"},
    "faker": {"samples", "transforms"},
    "highspy": {"disclosure"},
    "jinja2": {"report", "review"},
    "narwhals": {"engine"},
    "numpy": {"engine", "disclosure", "samples", "signals", "transforms"},
    "opendp": {"disclosure"},
    "pandas": {"engine", "records", "intake"},
    "onnxruntime": {"detection"},
    "openpyxl": {"samples"},
    "phonenumbers": {"identifiers"},
    "presidio_analyzer": {"detection"},
    "presidio_anonymizer": {"detection"},
    "psycopg": {"intake", "ledger"},
    "py3langid": {"detection"},
    "pyarrow": {"engine", "records", "intake", "exporters"},
    "pydantic": {"policy", "trust", "bundle", "intake"},
    "pydantic_core": {"policy", "trust", "bundle"},
    "python_calamine": {"records"},
    "rich": {"cli"},
    "segno": {"report"},
    "shamir_mnemonic": {"trust"},
    "spacy": {"detection"},
    "starlette": {"review"},
    "stdnum": {"identifiers"},
    "tldextract": {"detection"},
    "typer": {"cli"},
    "uvicorn": {"review"},
    "xlsxwriter": {"exporters", "samples"},
    "yaml": {"wire"},
}
HEAVY = ("pandas", "numpy", "pyarrow", "spacy", "presidio_analyzer", "presidio_anonymizer", "pyspark", "typer", "rich")
FILES = sorted(ROOT.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def types_only(tree: ast.AST) -> set[ast.AST]:
    """The imports below ``if TYPE_CHECKING``: they name types, and nothing is loaded."""
    blocks = [n for n in ast.walk(tree) if isinstance(n, ast.If) and getattr(n.test, "id", "") == "TYPE_CHECKING"]
    return {inner for block in blocks for inner in ast.walk(block)}


def imports(path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text("utf-8"))
    skipped = types_only(tree)
    for node in ast.walk(tree):
        if node in skipped and not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("anonshare")):
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: write imports in full"
            yield node.lineno, node.module or ""
            if node.module == "anonshare":
                yield from ((node.lineno, f"anonshare.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_downstairs_only(path):
    """A room imports from lower floors alone, and guests are met only in their rooms."""
    room = room_of(path)
    for line, name in imports(path):
        first, *rest = name.split(".")
        if first == "anonshare":
            if rest and rest[0] != room:
                assert FLOOR[rest[0]] < FLOOR[room], f"{path.name}:{line}: {room} may not use {rest[0]}"
        elif first not in sys.stdlib_module_names:
            assert room in GUESTS.get(first, ()), f"{path.name}:{line}: {first} does not belong in {room}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_assert_guards_anything(path):
    """``python -O`` removes assert, so no check of the package is one."""
    assert not [n.lineno for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Assert)]


def test_no_cycles():
    """No module imports itself through others, counting imports inside functions."""
    names = {"anonshare." + ".".join(p.relative_to(ROOT).with_suffix("").parts): p for p in FILES}
    names = {name.removesuffix(".__init__"): path for name, path in names.items()}
    edges = {name: {to for _, to in imports(path) if to in names and to != name} for name, path in names.items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join([*trail, name])
        if name not in done:
            for to in edges[name]:
                visit(to, (*trail, name))
            done.add(name)

    for name in names:
        visit(name, ())


@pytest.mark.parametrize("doing", ["import anonshare; anonshare.verify", "import anonshare.pipeline.approve"])
def test_verifying_is_light(doing):
    """Verifying and approving load none of the heavy guests."""
    code = f"import sys; {doing}; print([m for m in {HEAVY!r} if m in sys.modules], len(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.startswith("[]"), out


def test_front_door_is_exact():
    """Every public name resolves, and none is the name of a room."""
    rooms = {room_of(path) for path in FILES}
    for name in anonshare.__all__:
        assert getattr(anonshare, name) is not None
        assert name == "errors" or name not in rooms


@pytest.mark.parametrize("table", ["OPERATORS", "PRIVACY_MODELS", "READERS", "RECOGNIZERS", "EXPORTERS"])
def test_registry_strings_resolve(table):
    """Every lazy string of a registry names something that exists."""
    names = getattr(registry, table)
    for name in names.builtin():
        assert names[name] is not None


def test_floors_name_every_room():
    """No room stands outside the floor plan."""
    assert {room_of(path) for path in FILES} <= set(FLOOR)


def test_no_dotted_module_of_another_package():
    """``import_module`` is called with our own names alone (it would escape the walk of imports)."""
    for path in FILES:
        if "import_module" in path.read_text("utf-8"):
            assert room_of(path) in {"registry", "__init__"}, path.name
    assert import_module("anonshare").__name__ == "anonshare"
