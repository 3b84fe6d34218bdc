"""The agency's own database: SQLite, one transaction a bundle, nothing or everything."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from anonshare.errors import MalformedBundle, StorageError
from anonshare.files import POSIX

if TYPE_CHECKING:
    from anonshare.bundle.verified import VerifiedBundle

__all__ = ["Store"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS bundle (
  digest TEXT PRIMARY KEY, bundle_id TEXT NOT NULL UNIQUE, contributor TEXT NOT NULL, stream TEXT NOT NULL,
  seq INTEGER NOT NULL, created TEXT NOT NULL, delete_at TEXT, ingested_at TEXT NOT NULL, policy_digest TEXT NOT NULL,
  facts TEXT NOT NULL
) STRICT;
"""
TYPES = {"integer": "INTEGER", "number": "REAL"}


class Store:
    """The database at a path. Every failure is StorageError without SQLite's own text, which can hold a value."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ingest(self, verified: VerifiedBundle, when: str) -> dict[str, int] | None:
        """Write all tables of a bundle in one transaction; rows per table, or None where the bundle is there already."""
        types = _all_types(verified)
        with self._open() as db:
            if db.execute("SELECT 1 FROM bundle WHERE digest = ?", (verified.digest,)).fetchone():
                return None
            self._bundle(db, verified, when)
            return {name: self._table(db, verified, name, types.get(name, {})) for name in verified.tables}

    def remove(self, digest: str, contributor: str) -> int:
        """Delete a contributor's bundle and all of its rows in one transaction; how many rows went.

        0 where it is not there, or is another contributor's: nobody deletes what somebody else gave.
        """
        with self._open() as db:
            whose = db.execute("SELECT contributor FROM bundle WHERE digest = ?", (digest,)).fetchone()
            if whose != (contributor,):
                return 0
            names = [
                str(row[0])
                for row in db.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'data!_%' ESCAPE '!'"
                )
            ]
            gone = sum(
                db.execute(f"DELETE FROM {_quoted(name)} WHERE bundle_digest = ?", (digest,)).rowcount  # noqa: S608  quoted
                for name in names
            )
            db.execute("DELETE FROM bundle WHERE digest = ?", (digest,))
            return gone

    def counts(self) -> dict[str, int]:
        """Rows per table."""
        with self._open() as db:
            names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
            return {name: int(db.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()[0]) for name in names}  # noqa: S608  quoted

    def due(self) -> tuple[tuple[str, int, str], ...]:
        """Stream, number and day of deletion of every bundle that has one, the earliest first."""
        with self._open() as db:
            found = db.execute(
                "SELECT stream, seq, delete_at FROM bundle WHERE delete_at IS NOT NULL ORDER BY delete_at"
            )
            return tuple((str(stream), int(seq), str(day)) for stream, seq, day in found)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection in one transaction; rolled back on any error."""
        try:
            with closing(sqlite3.connect(self._path, isolation_level=None)) as db:
                if POSIX:
                    self._path.chmod(0o600)
                db.execute("PRAGMA foreign_keys = ON")
                db.executescript(SCHEMA)
                db.execute("BEGIN IMMEDIATE")
                try:
                    yield db
                except BaseException:
                    db.execute("ROLLBACK")
                    raise
                db.execute("COMMIT")
        except (sqlite3.Error, OSError):
            raise StorageError(
                "The agency's database could not be written; nothing of the bundle is in it.",
                hint="Is the disk full, the folder read-only, or the database open elsewhere?",
            ) from None

    @staticmethod
    def _bundle(db: sqlite3.Connection, verified: VerifiedBundle, when: str) -> None:
        s = verified.statement
        facts = json.dumps(verified.facts("release"), sort_keys=True)
        row = (
            verified.digest,
            s.bundle_id,
            s.contributor,
            s.stream,
            s.seq,
            s.created,
            s.delete_at,
            when,
            s.policy_digest,
            facts,
        )
        db.execute(f"INSERT INTO bundle VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608  question marks alone

    @staticmethod
    def _table(db: sqlite3.Connection, verified: VerifiedBundle, name: str, types: Mapping[str, str]) -> int:
        source = verified.tables[name]
        table = _quoted(f"data_{name}")
        _make(db, table, {column: TYPES.get(types.get(column, ""), "TEXT") for column in source.columns})
        columns = ", ".join(map(_quoted, ("bundle_digest", "row_number", *source.columns)))
        insert = f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * (len(source.columns) + 2))})"  # noqa: S608  quoted
        done = 0
        for batch in source.batches():
            rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
            db.executemany(insert, ((verified.digest, done + i, *row) for i, row in enumerate(rows, 1)))
            done += batch.num_rows
        return done


def _all_types(verified: VerifiedBundle) -> Mapping[str, Mapping[str, str]]:
    """Table -> column -> type, by the signed descriptor; raises MalformedBundle where it does not have its form."""
    try:
        return {
            str(resource["path"]).removesuffix(".parquet"): {
                str(f["name"]): str(f["type"]) for f in resource["schema"]["fields"]
            }
            for resource in json.loads(verified.read("data/datapackage.json"))["resources"]
            if str(resource["path"]).endswith(".parquet")
        }
    except (KeyError, TypeError, ValueError, RecursionError):
        raise MalformedBundle("The signed description of the tables does not have its form.") from None


def _quoted(name: str) -> str:
    """A name as SQL takes it whatever it holds."""
    return '"' + name.replace('"', '""').replace("\0", "") + '"'


def _make(db: sqlite3.Connection, table: str, columns: Mapping[str, str]) -> None:
    """The table with all columns; one that a later bundle brings is added."""
    db.execute(
        f"CREATE TABLE IF NOT EXISTS {table} (bundle_digest TEXT NOT NULL REFERENCES bundle (digest) ON DELETE CASCADE,"
        " row_number INTEGER NOT NULL, PRIMARY KEY (bundle_digest, row_number))"
    )
    have = {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
    for column, kind in columns.items():
        if column not in have:
            db.execute(f"ALTER TABLE {table} ADD COLUMN {_quoted(column)} {kind}")
