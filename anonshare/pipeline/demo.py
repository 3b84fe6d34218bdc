"""The whole story on generated cases in a new folder: an office, two officers, an agency's desk, and three refusals.

Office, officers and desk are separate folders that exchange files only, as separate machines would. Everything is an
exercise: no real workspace accepts what it makes, and no date in it expires.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from anonshare.errors import AnonshareError, WorkspaceError
from anonshare.files import make_private_dir, write_private, write_whole
from anonshare.pipeline.approve import approve
from anonshare.pipeline.cards import add_card, card_words
from anonshare.pipeline.desk import audit, ingest, verify, verify_with
from anonshare.pipeline.draft import draft
from anonshare.pipeline.export import export
from anonshare.pipeline.officers import add_person, new_officer
from anonshare.pipeline.pages import plan_words
from anonshare.pipeline.plan import plan
from anonshare.pipeline.receive import receive
from anonshare.pipeline.seal import seal
from anonshare.pipeline.setup import setup
from anonshare.pipeline.status import status, status_lines
from anonshare.pipeline.verdict import verdict_lines
from anonshare.policy.shelf import fill, template
from anonshare.samples.cases import cases
from anonshare.workspace import Workspace

__all__ = ["PEOPLE", "Step", "demo"]

PEOPLE = 600
PASSPHRASE = b"an exercise, nothing secret\n"
FILLED = {
    "what the agency may use the data for": "Finding routes and groups in human trafficking (exercise)",
    "id of your organisation": "ngo-lumina",
    "who answers questions, with an address": "Data office, exercise only",
    "id on the agency's contact card": "agency-x",
    "country code of the agency": "RO",
    "article that your counsel names, e.g. GDPR 6(1)(f)": "GDPR 6(1)(f)",
    "article for special categories, e.g. GDPR 9(2)(g)": "GDPR 9(2)(g)",
    "reference of the agreement": "EXERCISE-1",
    "first day": "2020-01-01",
    "last day": "9999-12-31",
}
POLICY = "ngo-cases-to-police"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the story: where it happens, what it does, what it said, which file it left."""

    place: str
    title: str
    said: tuple[str, ...] = ()
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class _Places:
    office: Workspace
    desk: Workspace
    officers: tuple[Path, Path]
    mail: Path


def demo(folder: Path | str = "demo", *, people: int = PEOPLE, seed: int = 7) -> Iterator[Step]:
    """Run the story step by step in a new folder; an earlier demo there is replaced.

    ``people`` is the number of generated persons. Raises WorkspaceError where the folder holds anything but a demo.
    """
    root = _fresh(Path(folder))
    places = yield from _set_up(root)
    records = root / "office-records" / "cases.csv"
    yield _records(records, people, seed)
    sealed = yield from _release(places, records)
    opened = yield from _receive(root, places, sealed)
    yield from _refusals(root, places, opened, records)


def _fresh(root: Path) -> Path:
    marker = root / ".anonshare-demo"
    if root.exists() and any(root.iterdir()):
        if not marker.is_file():
            raise WorkspaceError("The folder holds something else.", hint="Give the demo a new folder.")
        shutil.rmtree(root)
    make_private_dir(root)
    write_whole(marker, b"made by anonshare demo\n", "demo")
    return root


def _set_up(root: Path) -> Generator[Step, None, _Places]:
    secret = root / "passphrase"
    write_private(secret, PASSPHRASE, "passphrase")
    office = setup(
        root / "office", id="ngo-lumina", title="NGO Lumina (exercise)", exercise=True, passphrase_file=secret
    )
    officers = []
    for name, role in (("A. Ionescu", "data-officer"), ("M. Weiss", "legal-officer")):
        place = make_private_dir(root / role)
        person = new_officer(place, name=name, roles=(role,), passphrase=PASSPHRASE.strip())
        add_person(office, person)
        officers.append(place)
    yield Step(
        "office", "An NGO makes its workspace; two officers make a key each, in folders of their own.", (), office.root
    )
    desk = setup(
        root / "desk",
        id="agency-x",
        title="Anti-trafficking unit X (exercise)",
        kind="agency",
        exercise=True,
        passphrase_file=secret,
    )
    mail = make_private_dir(root / "mail")
    _exchange(office, desk, mail)
    _exchange(desk, office, mail)
    words = " ".join(card_words((desk.root / "card.dsse.json").read_bytes()))
    yield Step(
        "both", "They exchange contact cards and compare the words over the phone.", (f"the agency's words: {words}",)
    )
    text = fill(template(POLICY), FILLED)
    path = office.folder("policies") / f"{POLICY}.yaml"
    write_whole(path, text.encode(), "policy")
    yield Step("office", "The office fills in a policy from the shelf.", (), path)
    return _Places(office, desk, (officers[0], officers[1]), mail)


def _exchange(giver: Workspace, taker: Workspace, mail: Path) -> None:
    card = mail / f"{giver.id}.card.json"
    shutil.copyfile(giver.root / "card.dsse.json", card)
    add_card(taker, card, words=" ".join(card_words(card.read_bytes())))


def _records(path: Path, people: int, seed: int) -> Step:
    make_private_dir(path.parent)
    made = cases(people, seed)
    made.write_csv(path)
    return Step(
        "office",
        f"Generated case records: {made.rows} interviews of {people} persons, notes in several languages.",
        (),
        path,
    )


def _release(places: _Places, records: Path) -> Generator[Step, None, Path]:
    planned = plan(records, POLICY, places.office)
    yield Step("office", "plan: the dry run. Nothing is written.", tuple(plan_words(planned).splitlines()))
    work = draft(planned)
    request = Path(shutil.copy(work.request, places.mail))
    yield Step(
        "office",
        "draft: every byte that will leave is fixed; the approvers get a file without any record.",
        (),
        request,
    )
    approvals = []
    for officer in places.officers:
        approval = approve(request, key=officer / "officer.key", passphrase=PASSPHRASE.strip(), to=places.mail)
        approvals.append(approval)
        yield Step(officer.name, "approve: reads plan and report on a machine of their own, and signs.", (), approval)
    release = seal(work, approvals, places.mail)
    yield Step(
        "office",
        f"seal: packed, padded, encrypted to the agency, checked with its code; number {release.seq}.",
        (),
        release.path,
    )
    return release.path


def _receive(root: Path, places: _Places, sealed: Path) -> Generator[Step, None, Path]:
    with verify(sealed, places.desk) as verified:
        yield Step(
            "desk",
            "verify: opened with the agency's key, checked against its trust store.",
            tuple(verdict_lines(verified)),
        )
        report = audit(verified, places.desk)
        yield Step("desk", "audit: promises recomputed from the data instead of believed.", tuple(report.lines()))
        receipt = ingest(verified, places.desk)
        yield Step("desk", "ingest: into the agency's database, all or nothing; a signed receipt.", (), receipt.path)
        made = export(verified, "xlsx", root / "desk-exports")
        opened = places.desk.folder("opened") / f"{verified.digest[:16]}.anonshare.zip"
        yield Step("desk", "export: a workbook for the analysts, with the sender's conditions.", (), made)
    got = receive(receipt.path, places.office)
    yield Step("office", "receive: the agency's receipt, checked against the ledger and kept.", (), got.path)
    yield Step("office", "status: where the office stands.", tuple(status_lines(status(places.office))))
    return opened


def _refusals(root: Path, places: _Places, opened: Path, records: Path) -> Iterator[Step]:
    bad = make_private_dir(root / "refused")
    touched = bad / "touched.anonshare.zip"
    data = bytearray(opened.read_bytes())
    data[len(data) // 2] ^= 1
    touched.write_bytes(data)
    yield _refused("desk", "A bundle in which one bit was touched", lambda: verify(touched, places.desk), touched)
    stranger = setup(
        bad / "stranger",
        id="agency-x",
        title="A stranger",
        kind="agency",
        exercise=True,
        passphrase_file=root / "passphrase",
    )
    yield _refused(
        "stranger",
        "A bundle signed by people whose keys are not trusted here",
        lambda: verify_with(opened, stranger.root / "trust.dsse.json"),
        opened,
    )
    wider = bad / "cases-with-a-new-column.csv"
    head, *rest = records.read_text("utf-8").splitlines()
    added = "\n".join([f"new_column,{head}", *(f"x,{line}" for line in rest)])
    write_private(wider, added.encode(), "sample records")
    yield _refused(
        "office",
        "Records with a column that no rule covers",
        lambda: plan(wider, POLICY, places.office).refuse(),
        wider,
    )


def _refused(place: str, title: str, attempt: Callable[[], object], file: Path) -> Step:
    try:
        attempt()
    except AnonshareError as error:
        said = (f"refused (exit {error.exit_code}): {error.message}", *([error.hint] if error.hint else []))
        return Step(place, f"{title}:", said, file)
    raise WorkspaceError(f"{title}: this was not refused. That is a fault of the program; please report it.")
