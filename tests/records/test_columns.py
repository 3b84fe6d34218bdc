"""Names of columns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import InputError
from anonshare.records.columns import column_names

NAME = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=10)


@given(st.lists(NAME, min_size=1, max_size=6, unique=True))
@settings(deadline=None)
def test_good_names_come_back_unchanged(names):
    """Distinct printable names are taken as they are."""
    assert column_names(names) == tuple(names)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "no columns"),
        (["secret-cell", ""], "Column 2 has no name"),
        (["secret-cell", " \u00a0"], "Column 2 has no name"),
        (["secret-cell", None], "column 2 is not text"),
        (["secret-cell", "x", "secret-cell "], "Columns 1 and 3 have the same name"),
        (["secret-cell\n"], "column 1 holds a line break"),
        (["secret-cell\x1b[2J"], "column 1 holds"),
        (["secret-cell\u202e"], "column 1 holds"),
        (["secret-cell\ud800"], "column 1 holds"),
        (["secret-cell" * 30], "column 1 is longer than 300"),
    ],
)
def test_bad_names_are_refused_by_number(names, words):
    """A file without header shows cells where names should be: errors give the number of the column alone."""
    with pytest.raises(InputError, match=words) as caught:
        column_names(names)
    assert "secret-cell" not in f"{caught.value}{caught.value.hint}"
