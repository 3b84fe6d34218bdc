"""``data/readme.txt``: what a bundle is, and how to check it with tools that everybody has."""

from __future__ import annotations

__all__ = ["COMMANDS", "readme"]

COMMANDS = (
    "unzip -q BUNDLE -d opened && cd opened",
    "jq -r .payload manifest.dsse.json | base64 -d > payload",
    "T=$(jq -r .payloadType manifest.dsse.json)",
    "{ printf 'DSSEv1 %d %s %d ' ${#T} \"$T\" $(wc -c < payload); cat payload; } > signed",
    "jq -r '.signatures[0].sig' manifest.dsse.json | base64 -d > signature",
    "openssl pkeyutl -verify -pubin -inkey OFFICER.pub -rawin -in signed -sigfile signature",
    "jq -r '.predicate.files[] | .sha256 + \"  \" + .path' payload | sha256sum -c",
)

TEXT = """\
This folder is a bundle of anonshare.

manifest.dsse.json   who signed, for whom, and the digest of every file; the only authority
data/                tables (Parquet, CSV), their description, the public policy, the report, what is promised
bagit.txt, manifest-sha256.txt   make the folder a BagIt bag (RFC 8493)
padding              zeros, so that the size tells little

Check it with anonshare verify. Without anonshare, with common tools (the officer's public key comes from the contact
card whose words you compared over the phone, never from this folder):

{commands}

The last two lines must say that the signature verifies and that every file is OK. They do not check that enough persons
signed, whose keys these are, that the bundle is for you, or that it is the next of its stream: anonshare verify does.

An empty cell means that there is no value here: suppressed, unknown and missing are not told apart outside. In tables of
counts, (all) is the margin, and a suppressed cell has no count.
"""


def readme() -> str:
    """The text."""
    return TEXT.format(commands="\n".join(f"    {line}" for line in COMMANDS))
