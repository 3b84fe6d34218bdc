"""The attack corpus through our two verifiers, a textbook verifier on ``zipfile``, and two archivers.

The textbook verifier checks the signatures over the manifest, that the names are those that are signed, and the SHA-256
of each entry: what most programs do. An archiver "accepts" where it tests the archive without complaint.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import tempfile
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

from anonshare.trust.keys import keyid, verify_signature
from anonshare.wire.dsse import pae
from tests.bundle.forge import Case, maker
from tests.bundle.test_corpus import by_page, job, read, told_by_python

ARCHIVERS = {"unzip": ["unzip", "-tqq"], "7zz": ["7zz", "t"]}


def textbook(data: bytes) -> bool:
    """Whether a verifier of the common kind takes the file."""
    officers = {keyid(one.spki()): one.spki() for one in maker().officers}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            envelope = json.loads(archive.read("manifest.dsse.json"))
            payload = b64decode(envelope["payload"])
            message = pae(envelope["payloadType"], payload)
            signed = {s["keyid"] for s in envelope["signatures"] if s["keyid"] in officers
                      and verify_signature("ed25519", officers[s["keyid"]], message, b64decode(s["sig"]))}  # fmt: skip
            files = {f["path"]: f["sha256"] for f in json.loads(payload)["predicate"]["files"]}
            names = set(archive.namelist()) - {"manifest.dsse.json"}
            whole = names == files.keys() and all(
                hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in files.items()
            )
            return whole and len(signed) == len(officers)
    except Exception:  # noqa: BLE001  whatever it raises, it does not accept
        return False


def run() -> Iterator[str]:
    """One line a case, then how many each accepts that it must not."""
    found, wrong = by_page([job(case) for case in read()]), dict.fromkeys(("ours", "page", "textbook", *ARCHIVERS), 0)
    own = [case for case in read() if case.store == "default" and case.state is None]
    with tempfile.TemporaryDirectory() as folder:
        for case, (page, _, _) in zip(read(), found, strict=True):
            told = _told(case, page, Path(folder) / "b.zip")
            yield f"{case.name:38} {case.expect:12} " + " ".join(f"{who}:{verdict:11}" for who, verdict in told.items())
            for who, verdict in told.items():
                wrong[who] += case.expect != "accepted" and verdict == "accepted" and case in own
    bad = sum(case.expect != "accepted" for case in own)
    yield f"accepted of the {bad} files that must not be: " + ", ".join(f"{who} {n}" for who, n in wrong.items())


def _told(case: Case, page: str, path: Path) -> dict[str, str]:
    told = {"ours": told_by_python(case, case.data, path)[0], "page": page}
    told["textbook"] = "accepted" if textbook(case.data) else "refused"
    for name, command in ARCHIVERS.items():
        if shutil.which(name):
            done = subprocess.run([*command, path], capture_output=True, check=False, stdin=subprocess.DEVNULL)
            told[name] = "accepted" if done.returncode == 0 else "refused"
    return told
