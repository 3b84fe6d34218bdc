"""Inputs that are read twice."""

import hashlib
import os

import pytest

from anonshare.errors import InputError
from anonshare.records.content import content_of


def test_a_file_and_its_bytes_have_one_digest(tmp_path):
    """The digest is the SHA-256 of the bytes, wherever they are, and they can be read again and again."""
    path = tmp_path / "in.csv"
    path.write_bytes(b"a,b\n1,2\n")
    for content in (content_of(path), content_of(str(path)), content_of(path.read_bytes())):
        assert content.digest == hashlib.sha256(path.read_bytes()).hexdigest()
        for _ in range(2):
            with content.opened() as stream:
                assert stream.read() == b"a,b\n1,2\n"


def test_a_file_that_changed_is_refused(tmp_path):
    """What was judged in the first pass must be what leaves in the second."""
    path = tmp_path / "in.csv"
    path.write_bytes(b"a\n1\n")
    content = content_of(path)
    path.write_bytes(b"a\n1\n2\n")
    with pytest.raises(InputError, match="changed"), content.opened():
        pass


def test_a_change_while_reading_is_refused(tmp_path):
    """A file that is written during a pass is refused at its end."""
    path = tmp_path / "in.csv"
    path.write_bytes(b"a\n1\n")
    content = content_of(path)
    with pytest.raises(InputError, match="changed"), content.opened():
        os.utime(path, ns=(1, 1))


def test_a_missing_file_and_a_folder_are_input_errors(tmp_path):
    """What cannot be read is said without the path, which may hold a name."""
    for path in (tmp_path / "secret-name.csv", tmp_path):
        with pytest.raises(InputError) as caught:
            content_of(path)
        assert str(tmp_path) not in str(caught.value)


def test_content_does_not_show_itself():
    """The repr holds no byte of the input."""
    assert "secret-cell" not in repr(content_of(b"secret-cell"))
