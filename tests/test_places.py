"""Where a workspace may stand: false alarms keep people from working, missed clouds leak keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from anonshare.places import network_drive, synced_by


@pytest.mark.parametrize(
    ("folders", "program"),
    [
        ("Library/CloudStorage/OneDrive-NGOLumina/office", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-a@example.org/My Drive", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/office", "iCloud"),
        ("Dropbox (NGO Lumina)/office", "Dropbox"),
        ("iCloudDrive/office", "iCloud"),
        ("onedrive notes/office", None),
    ],
)
def test_names_that_the_programs_give_their_folders(tmp_path, folders, program):
    """The folders that macOS and Windows clients make are known by their names."""
    assert synced_by(tmp_path / folders) == program


def test_a_settings_folder_is_no_mark(tmp_path):
    """Dropbox keeps its settings in ~/.dropbox: whoever has it installed may still have a workspace at home."""
    (tmp_path / ".dropbox").mkdir()
    assert synced_by(tmp_path / "office") is None
    (tmp_path / "Shared").mkdir()
    (tmp_path / "Shared" / ".dropbox").touch()
    assert synced_by(tmp_path / "Shared" / "office") == "Dropbox"


def test_the_root_of_a_container_is_no_drive(tmp_path):
    """Sandboxes mount their root as 9p: that is this machine, and not a share."""
    mounts = tmp_path / "mountinfo"
    mounts.write_text("1 0 0:1 / / rw - 9p none rw\n2 1 0:2 / /mnt/share rw - 9p host rw\n", "utf-8")
    assert network_drive(Path("/data/office"), mounts) is None
    assert network_drive(Path("/mnt/share/office"), mounts) == "a shared drive"
