"""``disclosure.recode``: a table in, a table that holds the models out, with everything that tells what it cost."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from anonshare.disclosure.arrays import np
from anonshare.disclosure.asked import check_asked, check_order_key
from anonshare.disclosure.coded_table import CodedTable, Missing, code_table, refuse_unknown
from anonshare.disclosure.finding import FoundRules, find_rules
from anonshare.disclosure.item_sets import without_rare_items
from anonshare.disclosure.joint_columns import with_joints
from anonshare.disclosure.judging import verdicts
from anonshare.disclosure.loss import exact_levels
from anonshare.disclosure.measures import CellLoss, Loss, SubgroupLoss, loss_of, loss_of_subgroups, suppressed_cells
from anonshare.disclosure.mixing import mixed, tie_key
from anonshare.disclosure.models import bound_models
from anonshare.disclosure.outward import outward_columns
from anonshare.disclosure.privacy_model import PrivacyModel
from anonshare.disclosure.recipes import Rules, read_rules, rules_json
from anonshare.disclosure.roles import HierarchyRows, roles_of
from anonshare.disclosure.signatures import person_signatures
from anonshare.disclosure.wildcard import with_likely_values
from anonshare.engine.recoded import text_table
from anonshare.errors import DisclosureError
from anonshare.shapes import Progress, Verdict, no_progress

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["Recipe", "Recoding", "recode"]


@dataclass(frozen=True)
class Recoding:
    """What a recoding gives. Only ``table`` may leave; all else is for the contributor.

    ``loss`` in the field's measures; ``classes`` of persons who look alike; ``suppressed_rows`` and, of the rows that are
    left, ``suppressed_cells`` of key columns that lost a value wholly. ``gap`` is how much better any other recoding of
    the method could be at most: 0 where that was proven, None where nobody proves it (local recoding; wildcards; a mean risk
    beside suppression). ``unfit``
    counts the persons that a recipe did not take in, by reason. ``verdicts`` are one a model, in order.
    """

    table: pa.Table = field(repr=False)
    recipe: Recipe = field(repr=False)
    loss: Loss
    classes: int
    suppressed_rows: int
    suppressed_cells: int
    gap: float | None
    verdicts: tuple[Verdict, ...]
    unfit: Mapping[str, int]
    _coded: CodedTable = field(repr=False)
    _cells: CellLoss = field(repr=False)

    @property
    def met(self) -> bool:
        """Whether every model holds."""
        return all(self.verdicts)

    def to_pandas(self) -> pd.DataFrame:
        """The table as a frame of pandas with a plain index."""
        frame: pd.DataFrame = self.table.to_pandas()
        return frame

    def loss_by(self, column: str) -> dict[str | None, SubgroupLoss]:
        """The loss of each subgroup of a column of the source, such as gender or country: suppression must not fall on one.

        The keys are values of the source: they stay with the contributor.
        """
        if column not in self._coded.codes:
            raise DisclosureError(f"The table has no column {column!r} that leaves.", reason="column")
        vocabulary = self._coded.vocabulary[column]
        found = loss_of_subgroups(self._cells, self._coded.codes[column], len(vocabulary))
        return {vocabulary[code]: loss for code, loss in found.items()}


@dataclass(frozen=True)
class Recipe:
    """How a table was recoded. It holds labels of hierarchies and stays with the contributor."""

    _rules: Rules = field(repr=False)

    def to_json(self) -> bytes:
        """The recipe as JSON, UTF-8; raises DisclosureError for hierarchies that are no rows of labels."""
        return rules_json(self._rules)

    @classmethod
    def from_json(cls, data: bytes) -> Recipe:
        """The recipe that ``to_json`` wrote; raises DisclosureError for anything else."""
        return cls(read_rules(data))

    def apply(self, table: Any, *, order_key: bytes | None = None) -> Recoding:
        """The same classes for another table with the same columns.

        Persons who fit no class, or whose class does not hold every model there, go up to a coarser one of a local recoding.
        With whom none holds is not in the result: ``unfit`` says how many and why. On the table that it was made from it
        gives that recoding. Raises DisclosureError, InputError.
        """
        from anonshare.disclosure.applying import fit_to

        check_order_key(order_key)
        coded, _ = without_rare_items(
            with_joints(mixed(code_table(table, self._rules.roles), self._rules.ties), self._rules.models),
            self._rules.models,
            self._rules.suppressed,
        )
        fitted = fit_to(self._rules, coded)
        # values may have become rare with the rows that stay
        coded, _ = without_rare_items(coded, self._rules.models, self._rules.suppressed, fitted.kept)
        made = _recoding(self, coded, fitted.levels, fitted.kept, fitted.unfit, None, order_key)
        if fitted.kept.any():
            _refuse_unmet(made)
        return made


def recode(
    table: Any,
    hierarchies: Mapping[str, HierarchyRows | str],
    models: Sequence[PrivacyModel],
    *,
    method: Literal["local", "global"] = "local",
    suppression_limit: float = 0.0,
    unit: str | Sequence[str] | None = None,
    known_to_adversary: Sequence[str] = (),
    insensitive: Sequence[str] = (),
    missing: Missing = "category",
    output: Literal["labels", "sets"] = "labels",
    as_of: date | None = None,
    time_limit: float | None = None,
    merge: bool = False,
    order_key: bytes | None = None,
    progress: Progress = no_progress,
) -> Recoding:
    """Recode a table until every model holds.

    ``table`` is a frame of pandas, Arrow or Polars. ``hierarchies`` maps a column to rows of labels, one a value, from the
    value to the root, as in ARX's files, or to the name of a hierarchy of the field (``un_region``, ``ctdc_age`` as of the
    day ``as_of``). ``models`` are such as ``KAnonymity(11)`` and ``DistinctLDiversity("outcome",
    2)``. ``unit`` names the columns that tell whose a row is, and does not leave; without it every row is a person.
    Columns ``known_to_adversary`` count as quasi-identifiers; they leave as they are or not at all.

    Local recoding (the default) takes labels class by class and suppresses nobody. Global recoding takes one level a
    column and may suppress rows up to ``suppression_limit`` (a share, 0 to 1); within ``time_limit`` seconds it proves
    that nothing is better, or says by how much at most (``gap``). ``merge`` looks once more at a local recoding, within
    ``time_limit``: who also fits another class moves there where that loses less, and the models still hold. ``missing``: a missing value is a ``category`` of its
    own, a ``wildcard`` that may be any value, or ``forbidden``. ``output="sets"`` writes the values that occur in a class
    beside each other (``a|b``) where they are few. ``order_key`` fixes the order of the rows, and who of persons alike gets which
    label; both are random otherwise, and neither follows the order of the table.

    Raises DisclosureError where no recoding can hold the models, or where a column has no role, a hierarchy lacks a value
    or a parameter is none; InputError for what is no frame. Nothing of a table is returned then.
    """
    check_asked(models, method, suppression_limit, missing, output, time_limit, merge, order_key)
    roles = roles_of(hierarchies, models, unit, known_to_adversary, insensitive, missing, as_of)
    coded = code_table(table, roles)
    if not coded.rows.rows:
        raise DisclosureError("The table has no rows.", reason="too-few-persons")
    refuse_unknown(coded)
    ties = tie_key(order_key)
    coded, gone = without_rare_items(with_joints(mixed(coded, ties), models), models)
    found = find_rules(
        coded,
        roles,
        models,
        method=method,
        limit=suppression_limit,
        time_limit=time_limit,
        sets=output == "sets",
        merge=merge,
        progress=progress,
    )

    def made_of(one: FoundRules) -> Recoding:
        recipe = Recipe(replace(one.rules, suppressed=gone, ties=ties))
        return _recoding(recipe, coded, one.levels, one.kept, {}, one.gap, order_key)

    made = made_of(found)
    if found.before is not None and (before := made_of(found.before)).loss.ncp < made.loss.ncp:
        made = before
    _refuse_unmet(made)
    return made


def _refuse_unmet(made: Recoding) -> None:
    for verdict in made.verdicts:
        if not verdict:
            raise DisclosureError(
                f"No recoding was found that holds {verdict.check}: {'; '.join(verdict.missing)}.",
                hint="Nothing was returned. Lower the promise, or raise the suppression limit.",
                reason="infeasible",
            )


def _recoding(
    recipe: Recipe,
    coded: CodedTable,
    levels: np.ndarray,
    kept: np.ndarray,
    unfit: Mapping[str, int],
    gap: float | None,
    order_key: bytes | None,
) -> Recoding:
    rules = recipe._rules  # noqa: SLF001  the same file
    rows = with_likely_values(coded.rows) if rules.roles.missing == "wildcard" else coded.rows
    # where nothing stood, nothing was lost
    exact = exact_levels(coded.rows, levels)
    signature = person_signatures(rows, levels, kept)
    sensitive = {model.column: coded.codes[model.column] for model in rules.models if model.column is not None}
    models = bound_models(rules.models, coded.vocabulary)
    judged = verdicts(rows, levels, kept, models, sensitive)
    if rules.roles.missing == "wildcard":
        # whoever counts the table sees missing values as they are: that they may be any value is our word alone
        judged = tuple(replace(verdict, evidence="attested") for verdict in judged)
    columns, sizes = outward_columns(coded, exact, kept, signature, sets=set(rules.roles.keys) if rules.sets else ())
    domains = {column.name: domain for column, domain in zip(coded.rows.columns, coded.domains, strict=True)}
    cells = CellLoss(coded.rows, exact, kept, {name: (own, domains[name]) for name, own in sizes.items()})
    return Recoding(
        table=text_table(columns, order_key or secrets.token_bytes(32)),
        recipe=recipe,
        loss=loss_of(cells, signature),
        classes=int(signature.max(initial=-1)) + 1,
        suppressed_rows=int((~kept).sum()),
        suppressed_cells=suppressed_cells(coded.rows, exact, kept),
        gap=gap,
        verdicts=judged,
        unfit=dict(unfit),
        _coded=coded,
        _cells=cells,
    )
