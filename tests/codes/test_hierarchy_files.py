"""Hierarchy files of a policy's own: ARX's are read, broken ones are refused by the number of a line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.codes.hierarchies import read_hierarchy_csv
from anonshare.errors import InputError

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "disclosure" / "adult"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "h.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_arx_files():
    """ARX's own hierarchies are read, every line a value."""
    if not DATA.exists():
        assert not os.environ.get("CI")
        pytest.skip("the public data sets are not beside this checkout")
    for path in sorted(DATA.glob("adult_hierarchy_*.csv")):
        found = read_hierarchy_csv(path, path.stem)
        assert found.domain == len([line for line in path.read_text().splitlines() if line.strip()])


@pytest.mark.parametrize(
    "text",
    [
        "a;x;*\nb;x;*\n", "a;x\nb;x", "a,x\nb,x\n", "a;x\r\nb;x\r\n", "\ufeffa;x\nb;x\n", '"a";"x"\n"b";x\n', "\n a ; x \n\n;\nb;x\n\n",
    ],
)  # fmt: skip
def test_the_same_hierarchy_in_other_clothes(tmp_path, text):
    """Mark, root, line ends, a byte order mark, quotes, blank lines and spaces change nothing."""
    assert read_hierarchy_csv(written(tmp_path, text), "own").rows == {"a": ("a", "x"), "b": ("b", "x")}


def test_marks_inside_quotes(tmp_path):
    """A semicolon, comma or quote inside quotes is part of the value."""
    found = read_hierarchy_csv(written(tmp_path, '"a;1","x, ""y"""\n"b",z\n'), "own")
    assert found.rows == {"a;1": ("a;1", 'x, "y"'), "b": ("b", "z")}


def test_a_label_may_repeat_upwards(tmp_path):
    """A value that has nothing coarser of its own may stand on several levels."""
    assert read_hierarchy_csv(written(tmp_path, "a;a;z\nb;y;z\n"), "own").path("a") == ("a", "a", "z")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"), ("\n\n", "empty"), ("*\n*\n", "empty"), ("secret;b\nc\n", "another length.*line 2"), ("secret;x;*\nsecret;y;*\n", "twice: line 2"),
        ("secret;x;1\nb;x;2\n", "two coarser ones: line 2"), ("secret\n*\n*", "twice: line 3"), ("secret;x\nb;\n", "empty cell: line 2"),
        ("secret;;z\nb;;z\n", "empty cell: line 1"), (";x\nb;x\n", "empty cell: line 1"), ("c;d\nsecret;x\nx;secret\n", "circle: line 2"),
        ("n;m\nsecret;x\nx;y\ny;secret\nq;secret\nk;x\n", "circle: line 2"), ("secret;x;secret\n", "circle: line 1"), ('a;x\n"sec"ret;x\n', "no CSV: line 2"),
        ('a;x\n"secret;x\n', "no CSV: line 2"), (b"\xff\xfe", "not UTF-8"), ("secret;" + "x" * 200_000, "no CSV: line 1"),
    ],
)  # fmt: skip
def test_broken_files(tmp_path, text, words):
    """What no hierarchy can be is refused by a line's number, and no cell stands in the words."""
    with pytest.raises(InputError, match=words) as error:
        read_hierarchy_csv(written(tmp_path, text), "own")
    assert "secret" not in f"{error.value} {error.value.hint}"
    assert error.value.__suppress_context__ or error.value.__context__ is None


LABEL = st.text(st.characters(codec="utf-8", exclude_characters="*\x00\r\n", exclude_categories=["Z", "C"]), min_size=1, max_size=6)  # fmt: skip


@given(st.dictionaries(LABEL, st.integers(0, 3), min_size=1, max_size=8), st.sampled_from(";,"))
def test_what_is_written_is_read(tmp_path_factory, groups, mark):
    """Any values in groups, quoted as CSV is, come back as they are."""
    quoted = ['"' + value.replace('"', '""') + f'"{mark}"group {group}"' for value, group in groups.items()]
    found = read_hierarchy_csv(written(tmp_path_factory.mktemp("h"), "\n".join(quoted)), "own")
    assert {value: found.path(value)[1] for value in groups} == {v: f"group {g}" for v, g in groups.items()}


def test_a_file_as_deep_as_it_is_long(tmp_path):
    """A chain of many labels is checked without running out of stack."""
    lines = "".join(f"v{n};v{n + 1}\n" for n in range(20_000))
    assert read_hierarchy_csv(written(tmp_path, lines), "own").domain == 20_000
    with pytest.raises(InputError, match="circle"):
        read_hierarchy_csv(written(tmp_path, lines + "v20000;v0\n"), "own")
