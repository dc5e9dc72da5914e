"""What is done with letters: ordered, made in chunks, tried again, read."""

import secrets
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from breaches.audit import log
from breaches.audit.lifecycle import MovedMeanwhile, move, move_all
from breaches.errors import Refused, is_out_of_room
from breaches.incidents.models import Incident
from breaches.people.queries import address_index
from breaches.vault import files
from notifications.letters import pdf, queries, rules, sheets
from notifications.letters.models import Hold, Letter, Status
from notifications.letters.pdf import Pdf
from notifications.letters.sheets import Fault
from notifications.notices import actions as notices
from notifications.notices.models import Notice
from notifications.notices.queries import common_values, merge_values
from notifications.wording.fields import Value
from notifications.wording.models import VersionStatus
from notifications.wording.queries import active_version

CHUNK = 20  # some second of work: what a killed worker loses of a claim
AHEAD = 8 * CHUNK  # claimed at most, so that a claim never grows old in the queue
BATCH = 10  # letters kept in one transaction
SNAPSHOT = (
    *("version", "language", "routed_at", "leads_to", "is_large_print", "needs_interpreter"),
    "sealed",
)


class NothingToOrder(Refused):
    """Every notice that may go out has its letter already."""


class NoWording(Refused):
    """There is no approved text to print."""


class NothingToMake(Refused):
    """The letters of this claim are made, or somebody else has them."""


class NoPdf(Refused):
    """The letter has not been set yet."""


def order_letters(incident: Incident, *, by: User, at: datetime) -> int:
    """Order a letter for each ready notice without one; return how many. Safe to repeat.

    A notice that was settled after its letter was held or made gets it ordered anew. Raises
    NothingToOrder, NoWording.
    """
    notices.reconsider(incident, at=at)
    return _order(incident, list(queries.to_order(incident)), by, at)


def follow_demands(*, at: datetime) -> None:
    """Order the letters to recipients, which wait for nobody, and end those carried by hand."""
    for incident in queries.incidents_with_demands():
        with suppress(NothingToOrder, NoWording):
            _order(incident, list(queries.demands_to_order(incident)), None, at)
    move_all(list(queries.carried().defer("sealed")), Status.MAILED, by=None, at=at)


def _order(incident: Incident, waiting: list[Notice], by: User | None, at: datetime) -> int:
    if not waiting:
        raise NothingToOrder("Every notice that may go out has its letter.")
    common, leads_to = common_values(incident), address_index()
    letters = [_ordered(notice, common, leads_to, at) for notice in waiting]
    fresh = [letter for letter in letters if letter.status == Status.ORDERED]
    try:
        with transaction.atomic():
            Letter.objects.bulk_create(fresh, batch_size=500)
            for letter in letters:
                if letter.status != Status.ORDERED:
                    _order_again(letter, by, at)
            log.record(incident, "letters.ordered", by=by, at=at, count=len(letters))
    except IntegrityError as clash:  # two clicks at once: the unique notice decides
        raise NothingToOrder("Someone else has just ordered these letters.") from clash
    return len(letters)


def claim_chunks(*, at: datetime) -> list[UUID]:
    """Claim waiting letters, a chunk at a time; return the token of each chunk."""
    tokens: list[UUID] = []
    for _ in range(max(0, AHEAD - queries.under_way(at=at)) // CHUNK):
        token = uuid4()
        if not _claim(token, at):
            break
        tokens.append(token)
    return tokens


@transaction.atomic
def _claim(token: UUID, at: datetime) -> int:
    # Passing over what another sweep or worker has locked, no two can wait for each other.
    free = queries.unclaimed(at=at).order_by("pk").select_for_update(skip_locked=True)
    some = list(free.values_list("pk", flat=True)[:CHUNK])
    return Letter.objects.filter(pk__in=some).update(claim=token, claimed_at=at)


def render_claim(token: UUID, *, at: datetime) -> int:
    """Make the letters of one claim, a few at a time; return how many.

    Raises NothingToMake; OSError where they could not be stored, and then they stay ordered.
    """
    letters, started = list(queries.claimed(token)), monotonic()
    if not letters:
        raise NothingToMake("These letters are made already.")
    for start in range(0, len(letters), BATCH):
        made = [(letter, _make(letter)) for letter in letters[start : start + BATCH]]
        now = at + timedelta(seconds=monotonic() - started)
        try:
            _keep(made, at=now)
        except OSError as full:
            trouble = "disk_full" if is_out_of_room(full) else "storage"
            queries.claimed(token).update(trouble=trouble)
            raise
        queries.claimed(token).update(claimed_at=now)
    return len(letters)


def read_letter(letter: Letter, *, by: User, at: datetime) -> dict[str, Any]:
    """Return what a letter says, and write down who read it."""
    log.record(letter, "letter.read", by=by, at=at)
    return letter.document


def open_pdf(letter: Letter, *, by: User, at: datetime) -> bytes:
    """Return the PDF of a letter, and write down who opened it. Raises NoPdf."""
    if letter.pdf is None:
        raise NoPdf("This letter has not been made yet.")
    log.record(letter, "letter.opened", by=by, at=at)
    return files.read(letter.pdf)


def _ordered(
    notice: Notice,
    common: dict[str, dict[str, Value]],
    leads_to: Callable[[list[str]], str],
    at: datetime,
) -> Letter:
    """Return the letter of a notice with a fresh snapshot: a new one, or the held one."""
    version = notice.version
    if version is None or version.status != VersionStatus.ACTIVE:
        version = active_version(notice.purpose, notice.language)
    if version is None:
        raise NoWording("The wording of these notices is not approved any more.")
    letter = getattr(notice, "letter", None) or Letter(
        incident=notice.incident,
        notice=notice,
        reference=rules.make_reference(secrets.choice),
        key_name=notice.key_name,
        status=Status.ORDERED,
        status_at=at,
    )
    letter.version, letter.language = version, version.language
    letter.routed_at = notice.status_at
    values = merge_values(notice, version, common)
    document = sheets.snapshot(notice, version, letter.reference, values, at=localtime(at))
    letter.leads_to = leads_to(document["lines"])
    letter.is_large_print = document["is_large_print"]
    letter.needs_interpreter = document["needs_interpreter"]
    return letter.with_document(document)


def _order_again(letter: Letter, by: User | None, at: datetime) -> None:
    facts = {name: getattr(letter, name) for name in SNAPSHOT}
    blank = {"hold": "", "hold_note": "", "claimed_at": None, "pdf": None, "pdf_sha256": ""}
    move(letter, Status.ORDERED, by=by, at=at, pages=0, **facts, **blank)


def _make(letter: Letter) -> Pdf | Fault:
    document = letter.document
    if fault := sheets.fault_in(document, letter.version):
        return fault
    try:
        return pdf.make_letter(sheets.sheet_of(letter, document))
    except pdf.NotTypeset as fault:  # left ordered it would be swept up again for ever
        return Fault(Hold.NOT_TYPESET, str(fault)[:200])


def _keep(made: Sequence[tuple[Letter, Pdf | Fault]], *, at: datetime) -> None:
    """Store what was made, each letter once however many workers made it."""
    with ExitStack() as undo:
        with transaction.atomic():
            for letter, result in made:
                if isinstance(result, Fault):
                    _hold(letter, result, at)
                else:
                    _keep_pdf(letter, result, undo, at)
        undo.pop_all()


def _hold(letter: Letter, fault: Fault, at: datetime) -> None:
    with suppress(Refused), transaction.atomic():  # refused: somebody was faster
        move(letter, Status.HELD, by=None, at=at, hold=fault.hold, hold_note=fault.note)
        notices.hold(letter.notice, fault.hold, fault.note, at=at)


def _keep_pdf(letter: Letter, made: Pdf, undo: ExitStack, at: datetime) -> None:
    stored = files.store([made.content], key_name=letter.key_name)
    undo.callback(files.remove, stored)
    facts: dict[str, Any] = {"pdf": stored, "pdf_sha256": made.sha256, "pages": made.pages}
    try:
        move(letter, Status.RENDERED, by=None, at=at, trouble="", **facts)
    except MovedMeanwhile:  # the other worker's letter stays, this one goes
        files.remove(stored)
        stored.delete()
