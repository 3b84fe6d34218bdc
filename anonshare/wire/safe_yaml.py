"""YAML as people mean it: the scalars of YAML 1.2, no duplicate keys, no aliases, no tags.

``NO`` stays text (Norway), ``010`` and ``12:30`` and dates stay text, and no error repeats a piece of the file.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from anonshare.errors import PolicyError

__all__ = ["dump", "load"]

SIZE = 1 << 20


class _Loader(yaml.SafeLoader):
    """SafeLoader with our own scalars and checks."""


class _Dumper(yaml.SafeDumper):
    """SafeDumper whose scalars are read back alike."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


RESOLVERS = (
    ("bool", re.compile(r"^(?:true|false)$"), "tf"),
    ("int", re.compile(r"^(?:0|-?[1-9][0-9]*)$"), "-0123456789"),
    ("float", re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$"), "-0123456789"),
    ("null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""]),
)
for _kind in (_Loader, _Dumper):
    _kind.yaml_implicit_resolvers = {}
    for _tag, _pattern, _first in RESOLVERS:
        _kind.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", _pattern, list(_first))


class _Refused(yaml.YAMLError):
    """A construct that is not allowed, and the line in which it stands."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why)
        self.why = why
        self.line = line


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, (str, int)) or isinstance(key, bool):
            raise _Refused("a key that is no text", key_node.start_mark.line)
        if key in keys:
            raise _Refused("a key that stands there twice", key_node.start_mark.line)
        keys.add(key)
    return {
        str(loader.construct_object(key, deep=True)): loader.construct_object(value, deep=True)
        for key, value in node.value
    }


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def load(text: str | bytes, what: str) -> Any:
    """The document in ``text``; raises PolicyError with line and column alone."""
    try:
        whole = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        _check(whole)
        return yaml.load(whole, Loader=_Loader)  # noqa: S506  a SafeLoader with fewer constructs
    except _Refused as refused:
        why, place = refused.why, _place(refused.line, None)
    except UnicodeDecodeError:
        why, place = "bytes that are not UTF-8", ""
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why, place = "something that is not YAML", _place(mark.line, mark.column) if mark else ""
    except (ValueError, RecursionError):
        why, place = "something that is not YAML", ""
    raise PolicyError(f"In {what} there is {why}{place}.", hint="Mend it and run it again.")


def _check(text: str) -> None:
    if len(text) > SIZE:
        raise _Refused(f"more than {SIZE:,} characters", 0)
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused("an anchor or alias", line)
        if getattr(event, "tag", None) not in {None, "!"}:
            raise _Refused("a tag", line)


def _place(line: int, column: int | None) -> str:
    return f" in line {line + 1}" + (f", column {column + 1}" if column is not None else "")


def dump(value: Any) -> str:
    """``value`` as YAML in the order given; ``load`` gives the same back."""
    return str(yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110))
