"""The field's code lists as versioned data: HTCDS 2.0, CTDC bands, Europol grading and handling, TLP 2.0, DPV."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from anonshare.errors import PolicyError

__all__ = ["CodeList", "code_list", "code_lists", "data_file", "enumeration"]

FILES = {
    "ctdc:age": "ctdc_age",
    "ctdc:duration": "ctdc_duration",
    "dpv:purposes": "dpv_purposes",
    "eu-gdpr:bases": "gdpr_bases",
    "europol:handling": "europol_handling",
    "europol:information": "europol_information",
    "europol:source": "europol_source",
    "htcds:fields": "htcds_fields",
    "tlp": "tlp",
}


def data_file(name: str) -> str:
    """The text of a data file of this room."""
    return (files("anonshare.codes") / "data" / name).read_text("utf-8")


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes with their labels, its version and its source."""

    id: str
    version: str
    source: str
    codes: Mapping[str, str]

    def require(self, code: str) -> str:
        """The label of a code; raises PolicyError with the nearest code where there is none (codes are no cells)."""
        if code in self.codes:
            return self.codes[code]
        near = get_close_matches(code, self.codes, 1)
        hint = (
            f"Did you mean {near[0]!r}?" if near else f"The list {self.id} {self.version} has {len(self.codes)} codes."
        )
        raise PolicyError(f"A code is not in the list {self.id} {self.version}.", hint=hint)


def code_lists() -> list[str]:
    """The ids of all lists."""
    return sorted([*FILES, *(f"htcds:{name}" for name in _enumerations()["lists"])])


@cache
def code_list(id: str) -> CodeList:
    """A list by its id; raises PolicyError with the ids that exist."""
    if id in FILES:
        raw = json.loads(data_file(f"{FILES[id]}.json"))
        return CodeList(raw["id"], raw["version"], raw["source"], raw["codes"])
    name = id.removeprefix("htcds:")
    if name in _enumerations()["lists"] and id.startswith("htcds:"):
        return enumeration(name)
    raise PolicyError("There is no such code list.", hint=f"There is: {', '.join(code_lists())}.")


def enumeration(field: str) -> CodeList:
    """The codes of an HTCDS picklist field, such as ``vic_TypeOfExploitation``."""
    raw = _enumerations()
    return CodeList(f"htcds:{field}", raw["version"], raw["source"], raw["lists"][field])


@cache
def _enumerations() -> dict[str, Any]:
    raw: dict[str, Any] = json.loads(data_file("htcds_enumerations.json"))
    return raw
