"""Operators in a whole release: scopes, sealed mappings, shifted dates, rare values, as they stand in the draft's table."""

from __future__ import annotations

import shutil
from datetime import date

import pandas as pd
import pytest

import anonshare as an
from anonshare import errors
from anonshare.transforms.tokens import check_token
from tests.pipeline.people_story import NAMES, POLICY, phone

COUNT = len(NAMES)
FRAME = pd.DataFrame(
    {
        "name": [name for name in NAMES for _ in range(2)],
        "passport": [f"AB{700000 + n // 4}" for n in range(2 * COUNT)],
        "phone": [phone(n // 4) for n in range(2 * COUNT)],
        "trip": ["t1", "t2"] * COUNT,
        "seen": ["2024-03-05", "2024-03-15"] * COUNT,
        "city": ["Cluj"] * (2 * COUNT - 2) + ["Aiud"] * 2,
    }
)
COLUMNS = {
    "name": "{role: direct_identifier, do: drop}",
    "passport": "{role: direct_identifier, do: drop}",
    "phone": "{role: direct_identifier, do: drop}",
    "trip": "{role: internal, do: drop}",
    "seen": "{role: internal, do: drop}",
    "city": "{role: quasi_identifier, do: keep}",
}


def policy(**columns: str) -> str:
    """The story's policy over one table, with other rules for some columns."""
    head, tail = POLICY[: POLICY.index("    clients:")], POLICY[POLICY.index("disclosure:") :]
    rules = {**COLUMNS, **columns}
    lines = "".join(f"        {name}: {rule}\n" for name, rule in rules.items())
    return f"{head}    rows:\n      columns:\n{lines}{tail}"


def made(world, frame=FRAME, **columns: str) -> pd.DataFrame:
    """The table of a draft as it would leave."""
    name = world.write_policy(policy(**columns), "visits")
    work = an.draft(an.plan(frame, name, world.office), replace=True)
    return pd.read_parquet(work.folder / "files" / "data" / "rows.parquet")


def do(operator: str, role: str = "direct_identifier") -> str:
    return f"{{role: {role}, do: {operator}}}"


@pytest.mark.parametrize(
    ("scope", "tokens"),
    [("person", COUNT // 2), ("relationship", COUNT // 2), ("document", COUNT), ("transaction", 2 * COUNT)],
)
def test_a_scope_is_where_equal_values_stay_equal(world, scope, tokens):
    """A phone of two persons has one token, one for each of them, or one a row, as its scope says."""
    found = made(world, phone=do(f"{{pseudonymize: {{entity: ph, scope: {scope}}}}}"))["phone"]
    assert found.nunique() == tokens
    assert all(map(check_token, found))


def test_a_token_of_a_cell_is_another_one_in_the_next_release(world):
    """Scope transaction links nothing: other records give other tokens everywhere, the same draft the same ones."""
    rule = do("{pseudonymize: {entity: ph, scope: transaction}}")
    first, again = made(world, phone=rule), made(world, phone=rule)
    other = made(world, FRAME.assign(trip="t3"), phone=rule)
    assert set(first["phone"]) == set(again["phone"])
    assert not set(first["phone"]) & set(other["phone"])


def test_a_sealed_mapping_lasts_and_belongs_to_its_recipient(world):
    """A vault's tokens come back in the next draft; moved to another recipient's place the file is refused, unread."""
    rule = do("{tokenize_vault: {entity: doc}}")
    first = set(made(world, passport=rule)["passport"])
    assert len(first) == COUNT // 2
    (vault,) = (world.office.root / "keys").glob("vault-*.sealed")
    assert vault.stat().st_mode & 0o077 == 0
    assert b"AB700000" not in vault.read_bytes()
    assert set(made(world, FRAME.assign(trip="t3"), passport=rule)["passport"]) == first
    text = policy(passport=rule).replace("id: visits", "id: others")
    an.draft(an.plan(FRAME, world.write_policy(text, "others"), world.office))
    (second,) = set((world.office.root / "keys").glob("vault-*.sealed")) - {vault}
    shutil.copy(second, vault)
    with pytest.raises(errors.KeyFileError, match="another recipient"):
        made(world, FRAME.assign(trip="t4"), passport=rule)


def test_a_damaged_mapping_is_refused_and_nothing_is_drawn(world):
    """A vault that does not open stops the plan; its file is as it was, and no second one is begun."""
    rule = do("{tokenize_vault: {entity: doc}}")
    made(world, passport=rule)
    (vault,) = (world.office.root / "keys").glob("vault-*.sealed")
    broken = vault.read_bytes()[:-3]
    vault.write_bytes(broken)
    with pytest.raises(errors.KeyFileError):
        made(world, FRAME.assign(trip="t3"), passport=rule)
    assert [p.read_bytes() for p in (world.office.root / "keys").glob("vault-*")] == [broken]


def test_dates_keep_their_distance_and_are_judged(world):
    """A person's dates move together and not in step with the next person's; k is judged over them as they leave."""
    found = made(world, seen=do("{shift_dates: {days: 7, resolution: year}}", "quasi_identifier"))
    assert set(found["seen"]) == {"2024"}
    text = policy(seen=do("{shift_dates: {days: 300, resolution: day}}", "quasi_identifier"))
    plan = an.plan(FRAME, world.write_policy(text, "visits"), world.office)
    (column,) = [c for c in plan.recoded.rows.columns if c.name == "seen"]
    assert {len(label) for label in column.labels[0] if label is not None} == {10}
    assert plan.recoded.recipe.levels.max() > 0


def test_two_shifted_days_of_one_person_close_the_gate(world):
    """Where two dates of persons would leave to the day, the days between them are a fingerprint, and G8 says so."""
    dates = ["2024-03-05", "2024-03-15"] * COUNT
    # one date a person and an offset for all of them, so that k alone has nothing against it
    text = policy(seen=do("{shift_dates: {days: 7, resolution: day, event: city}}", "quasi_identifier"))
    plan = an.plan(FRAME.assign(seen=dates, city="Cluj"), world.write_policy(text, "visits"), world.office)
    (gate,) = [o for o in plan.outcomes if o.gate.code == "G8"]
    assert not gate.open
    assert any("two or more dates" in fault.problem for fault in gate.faults)
    assert not any("2024" in str(fault) for fault in gate.faults)


def test_events_share_an_offset(world):
    """With an event all its dates move by one offset, whosever they are; never by none."""
    frame = FRAME.assign(trip="t1", city="Cluj", seen="2024-03-05")
    found = made(world, frame, seen=do("{shift_dates: {days: 30, event: trip}}", "quasi_identifier"))
    (day,) = set(found["seen"])
    assert day != "2024-03-05"
    assert abs((date.fromisoformat(day) - date(2024, 3, 5)).days) <= 30


def test_rare_values_become_one(world):
    """A value of fewer persons than the policy says leaves as the label, a common one as itself."""
    found = made(world, city=do("{rare_to_other: {below: 2}}", "insensitive"))
    assert set(found["city"]) == {"Cluj", "other"}
    assert (found["city"] == "other").sum() == 2


def test_marks_masks_and_numbers(world):
    """redact, mask, round, top_bottom and suppress stand in a released table as the policy says, none with its value."""
    frame = FRAME.assign(
        amount=[f"{n * 7}" for n in range(2 * COUNT)],
        word=["a", "b"] * COUNT,
        code=[f"X{n:05}" for n in range(2 * COUNT)],
    )
    found = made(
        world,
        frame,
        phone=do("redact"),
        code=do("{mask: {keep_first: 1}}", "quasi_identifier"),
        amount=do("{round: {to: 1000}}", "insensitive"),
        word=do("{suppress: {values: [a]}}", "insensitive"),
    )
    assert set(found["phone"]) == {"<PHONE_NUMBER>"}
    assert set(found["code"]) == {"X" + 8 * "*"}
    assert set(found["amount"]) == {"0"}
    assert set(found["word"].dropna()) == {"b"}


def test_invented_values_never_go_to_the_police_unmarked(world):
    """A surrogate for a law enforcement recipient is refused unless each of its values says that it is invented."""
    text = policy(phone=do("{surrogate: {kind: phone, marked: false}}"))
    plan = an.plan(FRAME, world.write_policy(text, "visits"), world.office)
    assert not plan.met
    found = made(world, phone=do("{surrogate: {kind: phone}}"))
    assert all("invented" in text for text in found["phone"])


def test_no_value_of_a_masked_column_is_left_in_the_bytes(world):
    """What a mask, a mark or a token stands for is looked for in the final bytes: kept in another column it closes G12."""
    frame = FRAME.assign(remark=FRAME["passport"])
    with pytest.raises(errors.ReleaseRefused, match=r"G6|G12"):
        made(world, frame, passport=do("redact"), remark=do("keep", "insensitive"))
