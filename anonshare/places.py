"""Folders that a workspace must not stand in: network drives, and folders that a program copies to a cloud.

The one file that knows platforms' mount tables and the marks of synchronising programs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from anonshare.errors import WorkspaceError

__all__ = ["MOUNTS", "must_be_local", "network_drive", "synced_by"]

MOUNTS = Path("/proc/self/mountinfo")

NETWORK = {
    "nfs": "an NFS drive", "nfs4": "an NFS drive", "cifs": "a Windows network drive", "smb3": "a Windows network drive",
    "smbfs": "a Windows network drive", "fuse.sshfs": "an SSH drive", "fuse.davfs": "a WebDAV drive",
    "davfs": "a WebDAV drive", "afs": "an AFS drive", "ceph": "a Ceph drive", "fuse.glusterfs": "a Gluster drive",
    "ncpfs": "a network drive", "9p": "a shared drive", "fuse.rclone": "a drive in a cloud",
    "fuse.gcsfuse": "a drive in a cloud", "fuse.s3fs": "a drive in a cloud",
}  # fmt: skip
"""Kind of file system -> words. SQLite's locks are not reliable there (sqlite.org/faq.html, question 5)."""

FOLDERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "pclouddrive": "pCloud",
    "iclouddrive": "iCloud",
    "box-box": "Box",
    "box sync": "Box",
    "megasync": "MEGA",
    "syncthing": "Syncthing",
}
EXACT = {"Box": "Box", "MEGA": "MEGA"}
"""Words of everyday: only the programs' own way of writing counts."""

PREFIXES = {"onedrive -": "OneDrive", "onedrive-": "OneDrive", "dropbox (": "Dropbox", "googledrive-": "Google Drive"}
"""How the clients of Windows and macOS begin the names of folders of one account among several."""

SETTINGS = {".dropbox"}
"""A file of this name marks a folder that is copied; in a home the settings of the program are a folder of that name."""

MARKS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    ".tmp.drivedownload": "Google Drive",
}


def network_drive(path: Path, mounts: Path = MOUNTS) -> str | None:
    """What kind of network drive a folder is on, in words; None where it is on none, or the platform does not tell.

    Linux tells by ``mounts``; on Windows a path that begins with two slashes is one.
    """
    whole = path.resolve()
    if whole.as_posix().startswith("//"):
        return "a Windows network drive"
    best: tuple[int, str] = (0, "")
    for point, kind in _mounted(mounts):
        if (whole == point or point in whole.parents) and len(point.parts) >= best[0]:
            best = (len(point.parts), kind)
    if best == (1, "9p"):
        # sandboxes mount their root so; it is this machine's
        return None
    return NETWORK.get(best[1])


def _mounted(mounts: Path) -> Iterator[tuple[Path, str]]:
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        before, dash, after = line.partition(" - ")
        fields = before.split()
        if dash and len(fields) > 4 and after.split():
            # the kernel writes a space in a path as \\040 (proc(5))
            yield Path(fields[4].replace("\\040", " ")), after.split()[0]


def synced_by(path: Path) -> str | None:
    """Which program copies a folder to a cloud, None where no sign of one is found."""
    whole = path.resolve()
    for folder in (whole, *whole.parents):
        found = _by_name(folder.name) or _by_mark(folder)
        if found is not None:
            return found
    return None


def _by_name(name: str) -> str | None:
    plain = name.casefold()
    begun = next((program for start, program in PREFIXES.items() if plain.startswith(start)), None)
    return EXACT.get(name) or FOLDERS.get(plain) or begun


def _by_mark(folder: Path) -> str | None:
    for mark, program in MARKS.items():
        place = folder / mark
        if place.is_file() or (mark not in SETTINGS and place.is_dir()):
            return program
    return None


def must_be_local(path: Path, mounts: Path = MOUNTS) -> None:
    """Raise WorkspaceError where a folder is on a network drive or is copied to a cloud."""
    drive = network_drive(path, mounts)
    if drive is not None:
        raise WorkspaceError(
            f"The workspace stands on {drive}, where neither locks nor its database can be relied on.",
            hint="Move it to a disk of this machine; back it up with anonshare backup.",
        )
    program = synced_by(path)
    if program is not None:
        raise WorkspaceError(
            f"The workspace stands in a folder that {program} copies elsewhere, and its keys with it.",
            hint="Move it out of that folder; back it up with anonshare backup.",
        )
