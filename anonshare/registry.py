"""Names of extensions, each loaded only when a policy asks for it.

Built-ins are lazy strings, third parties use the entry point groups ``anonshare.<kind>``, and none shadows a built-in.
Nothing is loaded to list names, and nothing at all while a bundle is verified: what arrives must not choose the code
that runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from anonshare.errors import MissingExtra, PolicyError

__all__ = ["EXPORTERS", "OPERATORS", "PRIVACY_MODELS", "READERS", "RECOGNIZERS", "Registry", "guests"]


@contextmanager
def guests(doing: str, extra: str) -> Iterator[None]:
    """Turn a missing third-party package into MissingExtra: ``doing`` says what for, ``extra`` which part brings it."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] == "anonshare":
            raise
        raise MissingExtra(doing, extra) from None


class Registry:
    """The names of one kind of extension, and what they stand for once asked."""

    def __init__(self, kind: str, builtin: Mapping[str, str], extra: str = "share") -> None:
        self.kind = kind
        self.extra = extra
        self._homes = dict(builtin)
        self._loaded: dict[str, Any] = {}

    def register(self, name: str, extension: Any) -> None:
        """Add an extension for this process, as a notebook does; raises PolicyError where the name is taken."""
        if name in self.names():
            raise PolicyError(f"{self.kind}: the name {name!r} is taken already.", hint="Choose another name.")
        self._loaded[name] = extension

    def names(self) -> list[str]:
        """All names, built-in, registered and installed, without importing any of them."""
        installed = {point.name for point in entry_points(group=f"anonshare.{self.kind}")}
        return sorted(self._homes.keys() | self._loaded.keys() | installed)

    def builtin(self) -> list[str]:
        """The names that ship with anonshare."""
        return sorted(self._homes)

    def __contains__(self, name: object) -> bool:
        return name in self._homes or name in self._loaded or name in self.names()

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def _load(self, name: str) -> Any:
        if name in self._homes:
            module, _, attribute = self._homes[name].partition(":")
            with guests(f"Using {name} of the {self.kind}", self.extra):
                return getattr(import_module(module), attribute)
        return self._one(name, list(entry_points(group=f"anonshare.{self.kind}", name=name))).load()

    def _one(self, name: str, found: list[EntryPoint]) -> EntryPoint:
        if len(found) == 1:
            return found[0]
        if found:
            owners = ", ".join(sorted(point.dist.name if point.dist else "?" for point in found))
            raise PolicyError(f"{self.kind}: {name!r} comes from several packages: {owners}.")
        near = get_close_matches(name, self.names(), 1)
        hint = f"Did you mean {near[0]!r}?" if near else f"There is: {', '.join(self.names())}."
        raise PolicyError(f"{self.kind}: there is no {name!r}.", hint=hint)


OPERATORS = Registry(
    "operators",
    {
        "drop": "anonshare.transforms.drop:OPERATOR",
        "keep": "anonshare.transforms.keep:OPERATOR",
        "generalize": "anonshare.transforms.generalize:OPERATOR",
        "pseudonymize": "anonshare.transforms.pseudonymize:OPERATOR",
        "pseudonymize_reversible": "anonshare.transforms.pseudonymize_reversible:OPERATOR",
        "tokenize_vault": "anonshare.transforms.tokenize_vault:OPERATOR",
        "surrogate": "anonshare.transforms.surrogate:OPERATOR",
        "redact": "anonshare.transforms.redact:OPERATOR",
        "mask": "anonshare.transforms.mask:OPERATOR",
        "suppress": "anonshare.transforms.suppress:OPERATOR",
        "top_bottom": "anonshare.transforms.top_bottom:OPERATOR",
        "round": "anonshare.transforms.round_to:OPERATOR",
        "rare_to_other": "anonshare.transforms.rare_to_other:OPERATOR",
        "shift_dates": "anonshare.transforms.shift_dates:OPERATOR",
        "withhold": "anonshare.transforms.drop:OPERATOR",
        "codes": "anonshare.transforms.extract_codes:OPERATOR",
    },
)
PRIVACY_MODELS = Registry(
    "privacy_models",
    {
        "k_anonymity": "anonshare.disclosure.k_anonymity:judge",
        "l_diversity": "anonshare.disclosure.l_diversity:judge",
    },
)
READERS = Registry(
    "readers",
    {
        "csv": "anonshare.records.csv_reader:open_source",
        "parquet": "anonshare.records.parquet_reader:open_source",
        "dataset": "anonshare.records.dataset_reader:open_source",
        "excel": "anonshare.records.excel_reader:open_source",
        "pandas": "anonshare.records.frame_reader:open_source",
        "arrow": "anonshare.records.frame_reader:open_source",
    },
    extra="agency",
)
RECOGNIZERS = Registry("recognizers", {"presidio": "anonshare.detection.engine:Detector"})
EXPORTERS = Registry(
    "exporters",
    {
        "csv": "anonshare.exporters.csv_files:export",
        "datapackage": "anonshare.exporters.data_package:export",
        "xlsx": "anonshare.exporters.xlsx_file:export",
    },
    extra="agency",
)
