"""Requests to reverse tokens: who may ask, who must agree, what is answered, and everything that is refused."""

from __future__ import annotations

import io
from base64 import b64encode
from datetime import timedelta

import pytest

import anonshare as an
from anonshare import errors
from anonshare.files import write_whole
from anonshare.pipeline.custodians import custodians, dismiss
from anonshare.pipeline.register import RegisterRow, open_register
from anonshare.pipeline.reversal import open_answer
from anonshare.pipeline.reversal_log import ReversalLog
from anonshare.pipeline.reversal_request import approve_reversal, request_lines, request_reversal
from anonshare.pipeline.rewrap import answer_rewrap, rewrap
from anonshare.pipeline.token_keys import rotate_key
from anonshare.trust.keys import load_key
from anonshare.trust.reversals import REQUEST_TYPE, read_reversal, sign_reversal
from anonshare.wire.dsse import pae
from anonshare.wire.strict_json import canonical, parse
from anonshare.workspace import now_utc
from tests.pipeline.custody_story import NADIA, OMAR, PEOPLE, SECRET, custody

DAY = timedelta(days=1)


@pytest.fixture
def house(world):
    made = custody(world)
    made.release(1)
    return made


def entries(house) -> list[dict]:
    return [e for e in ReversalLog(house.office).entries() if e["entry"] == "answered"]


def refused(house, error, request, approvals=None, **more) -> errors.AnonshareError:
    """The answer is refused, and neither the log nor the folder has anything of it."""
    before = len(entries(house))
    with pytest.raises(error) as caught:
        house.answer(request, approvals, name="refused", **more)
    assert not (house.root / "refused.age").exists()
    assert len(entries(house)) == before
    said = f"{caught.value} {caught.value.hint}"
    assert not any(one in said for one in (*PEOPLE, *map(house.token, PEOPLE), "r1"))
    return caught.value


def test_a_request_is_answered_once(house):
    """The same request again gives the same reference, no second answer, and no second entry in the log."""
    request = house.request(house.token("Ana Pop"), emergency="vital-interest")
    first = house.answer(request)
    second = house.answer(request, name="second")
    assert (second.reference, second.path) == (first.reference, None)
    assert not (house.root / "second.age").exists()
    (entry,) = entries(house)
    assert (entry["who"], entry["emergency"], len(entry["approved"])) == ("agency-x", "vital-interest", 2)
    other = house.answer(house.request(house.token("Ana Pop"), name="other"), name="other")
    assert other.reference != first.reference


def test_two_persons_in_two_roles_agree(house):
    """No approval, one, one person's twice, an officer's beside it: refused; each custodian once: answered."""
    request = house.request(house.token("Ana Pop"))
    nadia, omar = house.approvals(request)
    officer = approve_reversal(request, key=house.root / "data-officer" / "officer.key", passphrase=SECRET)
    for given in ([], [nadia], [omar, omar], [nadia, officer], [nadia, omar, officer]):
        assert refused(house, errors.SignatureError, request, given).exit_code == 4
    assert house.answer(request, [omar, nadia]).path


def test_both_identities_are_needed(house):
    """Two approvals and one custodian's identity open nothing."""
    request = house.request(house.token("Ana Pop"))
    for identities in (house.both[:1], house.both[1:], [], house.office.identities()):
        refused(house, errors.NotForUs, request, identities=identities)


def test_an_approval_is_for_one_request(house):
    """An approval of another request, a changed one, a release's signature and a file that is none do not count."""
    request, other = house.request(house.token("Ana Pop")), house.request(house.token("Ion Rus"), name="other")
    nadia, omar = house.approvals(request)
    refused(house, errors.InputError, request, [nadia, house.approvals(other)[1]])
    payload = read_reversal(request.read_bytes())[1]
    requester_like = load_key(house.omar / "officer.key", OMAR).sign(pae(REQUEST_TYPE, payload))
    forged = {**parse(omar.read_bytes()), "sig": b64encode(requester_like).decode()}
    omar.write_bytes(canonical(forged))
    refused(house, errors.SignatureError, request, [nadia, omar])
    omar.write_bytes(b"{}")
    refused(house, errors.InputError, request, [nadia, omar])


def test_a_dismissed_custodian_approves_nothing(house):
    """Who was taken off the list does not count, also for what he approved before."""
    request = house.request(house.token("Ana Pop"))
    given = house.approvals(request)
    omar = next(one.person for one in custodians(house.office).held if one.name == "Omar")
    dismiss(house.office, omar)
    refused(house, errors.WorkspaceError, request, given)


@pytest.mark.parametrize(("case", "basis"), [("", "x"), (" ", "x"), ("x", ""), ("x", "\n\t")])
def test_a_request_says_why(house, case, basis):
    """A request without a case or a basis is not made, and one that was made without is not read."""
    with pytest.raises(errors.UsageError, match="legal basis"):
        house.request(house.token("Ana Pop"), case=case, basis=basis)
    found, _ = read_reversal(house.request(house.token("Ana Pop")).read_bytes())
    bare = found.model_copy(update={"case": case, "basis": basis})
    path = house.root / "bare.request"
    path.write_bytes(sign_reversal(bare, house.desk.office_key()))
    refused(house, errors.UntrustedSigner, path, [])


def test_a_request_ends_after_fourteen_days(house):
    """On the fourteenth day it is answered, later not, nor one that comes from tomorrow; custodians see that as well."""
    now = now_utc()
    for made, error in ((now - 15 * DAY, errors.ExpiredBundle), (now + DAY, errors.ExpiredBundle)):
        request = house.request(house.token("Ana Pop"), now=made)
        with pytest.raises(error):
            approve_reversal(request, key=house.nadia / "officer.key", passphrase=NADIA)
        assert refused(house, error, request, []).exit_code == 5
    request = house.request(house.token("Ana Pop"), now=now - 13 * DAY)
    assert house.answer(request).path


def test_only_a_pinned_agency_is_answered(house):
    """A request by a stranger, in another's name, for another contributor, or to an address off its card: refused."""
    token = house.token("Ana Pop")
    stranger = an.setup(
        house.root / "stranger", id="agency-y", title="Y", kind="agency", exercise=True,
        passphrase_file=house.root / "passphrase",
    )  # fmt: skip
    found, _ = read_reversal(house.request(token).read_bytes())
    path = house.root / "forged.request"
    elsewhere = found.model_copy(update={"reply_to": tuple(stranger.card.recipients[:1])})
    for asked, office, error in (
        (found.model_copy(update={"requester": "agency-y"}), stranger, errors.UntrustedSigner),
        (found, stranger, errors.UntrustedSigner),
        (found.model_copy(update={"contributor": "ngo-other"}), house.desk, errors.NotForUs),
        (elsewhere, house.desk, errors.UntrustedSigner),
        (found.model_copy(update={"requester": "ngo-lumina"}), house.office, errors.UntrustedSigner),
    ):
        path.write_bytes(sign_reversal(asked, office.office_key()))
        refused(house, error, path)
    with pytest.raises(errors.WorkspaceError, match="agency"):
        request_reversal(house.office, [token], contributor="ngo-lumina", case="x", basis="x", to=path)


def test_the_tokens_of_others_are_not_told(house):
    """A token of a bundle for another agency, and one of no bundle, refuse the whole request."""
    house.release(2, recipient="agency-y")
    others = house.token("Ion Rus", "agency-y")
    assert others != house.token("Ion Rus")
    for token in (others, "ph_" + "0" * 26):
        request = house.request(house.token("Ana Pop"), token)
        assert refused(house, errors.ReleaseRefused, request).reason == "unknown-token"


def test_a_forged_check_is_refused(house):
    """A token whose check characters are wrong is not made into a request, nor answered in one."""
    token = house.token("Ana Pop")
    wrong = token[:-1] + ("0" if token[-1] != "0" else "1")
    with pytest.raises(errors.UsageError, match="Token 2 of 2"):
        house.request(token, wrong)
    with pytest.raises(errors.UsageError, match="at least one"):
        house.request()
    found, _ = read_reversal(house.request(token).read_bytes())
    path = house.root / "typed.request"
    path.write_bytes(sign_reversal(found.model_copy(update={"tokens": (wrong,)}), house.desk.office_key()))
    assert refused(house, errors.ReleaseRefused, path).reason == "token"


def test_caps_hold_over_requests(house):
    """More tokens than a request may name, or than are answered in a day, are refused; the next day goes on."""
    tokens = [house.token(person) for person in PEOPLE]
    request = house.request(*tokens)
    assert refused(house, errors.ReleaseRefused, request, per_request=2).reason == "cap"
    now = now_utc()
    assert house.answer(request, per_day=4, now=now).tokens == 3
    second = house.request(*tokens[:2], name="second")
    assert refused(house, errors.ReleaseRefused, second, per_day=4, now=now + DAY / 2).reason == "cap"
    assert house.answer(second, name="second", per_day=4, now=now + DAY).path


def test_a_changed_register_answers_nothing(house):
    """With one byte of the register changed the request is refused, and can be answered once it is whole again."""
    request = house.request(house.token("Ana Pop"))
    (path,) = house.office.folder("register").iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    refused(house, errors.MalformedBundle, request)
    path.write_bytes(whole)
    assert house.answer(request).path


def test_the_log_is_first(house, monkeypatch):
    """Where the answer cannot be written, the log has it already, and it is not answered a second time."""
    request = house.request(house.token("Ana Pop"))
    with monkeypatch.context() as broken:
        broken.setattr("anonshare.pipeline.reversal.write_private", lambda *_: pytest.fail("power"))
        with pytest.raises(pytest.fail.Exception):
            house.answer(request)
    assert len(entries(house)) == 1
    assert house.answer(request).path is None


def test_an_answer_is_for_its_agency(house):
    """The answer opens at the desk that asked, says whose word it is, and is refused changed or at another place."""
    told = house.answer(house.request(house.token("Ana Pop")))
    answer = open_answer(house.desk, told.path)
    assert (answer.reference, answer.contributor, answer.requester) == (told.reference, "ngo-lumina", "agency-x")
    assert told.path.stat().st_mode & 0o077 == 0
    with pytest.raises(errors.NotForUs):
        open_answer(house.office, told.path)
    data = told.path.read_bytes()
    told.path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(errors.MalformedBundle):
        open_answer(house.desk, told.path)


def test_an_answer_by_nobody_who_may_is_refused(house):
    """Anybody can encrypt to the desk: only what the contributor's office signed is an answer of his."""
    from anonshare.trust.reversals import ReversalAnswer, sign_answer
    from anonshare.wire.age import encrypt

    answer = open_answer(house.desk, house.answer(house.request(house.token("Ana Pop"))).path)
    asked = read_reversal(house.request(house.token("Ana Pop")).read_bytes())[0]
    for value, signer, error in (
        (answer, house.desk, errors.UntrustedSigner),
        (answer.model_copy(update={"requester": "agency-y"}), house.office, errors.NotForUs),
        (answer.model_copy(update={"contributor": "nobody"}), house.office, errors.UntrustedSigner),
    ):
        out = io.BytesIO()
        encrypt(io.BytesIO(sign_answer(ReversalAnswer(**dict(value)), signer.office_key())), out, asked.reply_to)
        write_whole(house.root / "forged.age", out.getvalue(), "answer")
        with pytest.raises(error):
            open_answer(house.desk, house.root / "forged.age")


def test_a_custodian_reads_what_he_signs(house):
    """The words before an approval name who asks, for which case, on which basis and how many, and no token."""
    request = house.request(house.token("Ana Pop"), emergency="vital-interest")
    said = "\n".join(request_lines(request))
    for part in ("agency-x", "ngo-lumina", "1 token(s)", "2026/117", "Art. 36", "vital-interest"):
        assert part in said
    assert house.token("Ana Pop") not in said
    request.write_bytes(request.read_bytes().replace(b"reversal+json", b"reversax+json"))
    with pytest.raises(errors.UntrustedSigner):
        request_lines(request)


def today(house):
    return lambda unit, _column: house.token(unit)


def test_old_tokens_become_those_of_today_under_request(house):
    """After a rotation an approved request gives the new token for the old one, sealed like any answer, and no person."""
    old = [house.token(person) for person in ("Ana Pop", "Ion Rus")]
    rotate_key(house.office)
    house.release(2)
    request = house.request(*old, wish="rewrap")
    told = answer_rewrap(
        house.office, request, house.approvals(request), identities=house.both, retoken=today(house),
        to=house.root / "answer.age",
    )  # fmt: skip
    answer = open_answer(house.desk, told.path)
    assert {one.token: one.now for one in answer.found} == {
        old[0]: house.token("Ana Pop"),
        old[1]: house.token("Ion Rus"),
    }
    assert all(one.unit is None and not one.records and one.bundle_id is None for one in answer.found)
    assert entries(house)[0]["wish"] == "rewrap"


def test_what_was_approved_is_what_is_answered(house):
    """An approval to rewrap tells no identity, and one to reverse makes no mapping."""
    token = house.token("Ana Pop")
    assert refused(house, errors.ReleaseRefused, house.request(token, wish="rewrap")).reason == "wish"
    request = house.request(token)
    with pytest.raises(errors.ReleaseRefused) as caught:
        answer_rewrap(
            house.office, request, house.approvals(request), identities=house.both, retoken=today(house),
            to=house.root / "answer.age",
        )  # fmt: skip
    assert caught.value.reason == "wish"
    assert entries(house) == []


def test_rewrap_maps_only_what_was_asked(house):
    """Of a register only the tokens asked for are mapped; what the source lost is left out; two answers are none."""
    rows = open_register(house.office, f"{1:032x}", house.both)
    ana, ion = house.token("Ana Pop"), house.token("Ion Rus")
    assert rewrap([ana], rows, lambda unit, column: f"{unit} {column}") == {ana: "Ana Pop cases.phone"}
    assert rewrap([ana, ion], rows, lambda unit, _column: None if unit == "Ana Pop" else "new") == {ion: "new"}
    shared = [*rows, RegisterRow("Ana Popescu", ("r7",), {"cases.phone": ana})]
    with pytest.raises(errors.ReleaseRefused, match="two"):
        rewrap([ana], shared, lambda unit, _column: unit)
