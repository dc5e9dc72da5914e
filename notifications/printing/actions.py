"""A run from frozen to mailed, or cancelled before it was printed."""

from collections.abc import Collection
from contextlib import ExitStack
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.timezone import localdate

from breaches.audit import leases, log
from breaches.audit.leases import Lease
from breaches.audit.lifecycle import move, move_all
from breaches.errors import Refused, is_out_of_room
from breaches.incidents.models import Incident
from breaches.vault import files
from breaches.vault.models import SealedFile
from notifications.letters.models import Letter
from notifications.letters.models import Status as LetterStatus
from notifications.notices import actions as notices
from notifications.notices.models import NoticeStatus
from notifications.printing import building, queries, rules
from notifications.printing.binding import bind
from notifications.printing.models import WRONG_LETTER, PrintRun, RunEntry, Status

OUT = {Status.RELEASED, Status.PRINTED, Status.MAILED}


class NothingToPrint(Refused):
    """No letter is made that is not in a run already."""


class NotYourOwn(Refused):
    """A second person must release a run."""


class Overtaken(Refused):
    """Somebody in the run is not to get a letter any more."""


class NotReleased(Refused):
    """The file is not to leave the house yet."""


class WrongDay(Refused):
    """The post cannot have had the run on that day."""


class NotInRun(Refused):
    """A number is none of the run's."""


class HoldsImpounded(Refused):
    """An address in the run was impounded after it was frozen."""


def freeze_run(incident: Incident, *, by: User, at: datetime) -> PrintRun:
    """Put every letter that is ready into a new run, in an order that stays.

    Raises NothingToPrint.
    """
    notices.reconsider(incident, at=at)
    letters = list(queries.printable(incident).defer("sealed"))
    if not letters:
        raise NothingToPrint("There is no letter to print that is not in a run already.")
    with transaction.atomic():
        return _freeze(incident, letters, by, at)


def _freeze(incident: Incident, letters: list[Letter], by: User, at: datetime) -> PrintRun:
    if len(move_all(letters, LetterStatus.IN_RUN, by=by, at=at)) < len(letters):
        raise NothingToPrint("Some of these letters have just changed; look again.")
    places = list(rules.places(letter.pages for letter in letters))
    last = incident.runs.aggregate(Max("number"))["number__max"] or 0
    run = PrintRun.objects.create(
        incident=incident,
        number=last + 1,
        status=Status.DRAFT,
        status_at=at,
        frozen_by=by,
        frozen_at=at,
        letters=len(letters),
        total=len(letters),
        pages=places[-1].first_page + places[-1].page_count - 1,
    )
    RunEntry.objects.bulk_create(
        (
            RunEntry(run=run, letter=letter, pdf_sha256=letter.pdf_sha256, **place._asdict())
            for letter, place in zip(letters, places, strict=True)
        ),
        batch_size=500,
    )
    log.record(run, "printrun.frozen", by=by, at=at, letters=run.letters, pages=run.pages)
    return run


def build_run(run: PrintRun, *, at: datetime) -> None:
    """Write the file and the manifest of a frozen run, both sealed.

    Killed on the way, nothing is half there: another worker begins anew. Raises IllegalMove,
    MovedMeanwhile, TakenOver, WrongLetter, OSError.
    """
    lease = leases.take(run, Status.BUILDING, at=at)
    key = run.incident.key_name
    try:
        with ExitStack() as undo:
            stored = files.store(bind(building.documents(run, lease)), key_name=key)
            undo.callback(_drop, stored)
            listed = files.store(rules.manifest(building.lines(run)), key_name=key)
            undo.callback(_drop, listed)
            with transaction.atomic():
                lease.keep(done=run.letters, trouble="")
                move(run, Status.BUILT, by=None, at=lease.now, pdf=stored, manifest=listed)
            undo.pop_all()
    except OSError as full:
        _say(lease, "disk_full" if is_out_of_room(full) else "storage")
        raise
    except building.WrongLetter:
        _say(lease, WRONG_LETTER)
        raise


def release_run(run: PrintRun, *, by: User, at: datetime) -> None:
    """Let a run go to the printer; whoever froze it cannot.

    Raises NotYourOwn, Overtaken, IllegalMove, MovedMeanwhile.
    """
    if run.frozen_by_id == by.pk:
        raise NotYourOwn("You froze this run; a second person must release it.")
    _check_still_true(run, at)
    move(run, Status.RELEASED, by=by, at=at, released_by=by, released_at=at)


def mark_printed(run: PrintRun, *, by: User, at: datetime) -> None:
    """Say that the printer has printed the run; it can no longer be cancelled."""
    notices.reconsider(run.incident, at=at)  # so that the page names what is to be taken out
    move(run, Status.PRINTED, by=by, at=at)


def mark_mailed(
    run: PrintRun, *, on: date, by: User, at: datetime, left_out: Collection[int] = ()
) -> None:
    """Say that a run was handed to the post, but for the numbers taken out of the stack.

    Whoever is in the post is told, also where they were held or excluded after it was printed;
    letters taken out are free again. Raises WrongDay, NotInRun, IllegalMove, MovedMeanwhile.
    """
    run.check_move(Status.MAILED)
    if not localdate(run.frozen_at) <= on <= localdate(at):
        raise WrongDay(f"Give a day from {localdate(run.frozen_at):%d %B %Y} to today.")
    taken_out = run.entries.filter(sequence__in=left_out)
    if unknown := set(left_out) - set(taken_out.values_list("sequence", flat=True)):
        raise NotInRun(f"There is no letter {min(unknown)} in this run; it has {run.letters}.")
    freed, posted = _letters(taken_out), _letters(run.entries.exclude(sequence__in=left_out))
    told = [
        one.notice
        for one in posted
        # A demand that was stopped ends in its case, where somebody says what became of it.
        if one.notice.status == NoticeStatus.READY or one.notice.affected_id
    ]
    with transaction.atomic():
        move(run, Status.MAILED, by=by, at=at, mailed_on=on)
        move_all(posted, LetterStatus.MAILED, by=by, at=at)
        notices.mark_sent(told, by=by, at=at)
        move_all(freed, LetterStatus.RENDERED, by=by, at=at)
        taken_out.update(is_void=True)


def cancel_run(run: PrintRun, *, by: User, at: datetime) -> None:
    """Give the letters of a run free again; only before it is printed.

    Raises IllegalMove, MovedMeanwhile.
    """
    with transaction.atomic():
        move(run, Status.CANCELLED, by=by, at=at)
        move_all(_letters(run.entries.all()), LetterStatus.RENDERED, by=by, at=at)
        run.entries.update(is_void=True)


def open_file(run: PrintRun, *, by: User, at: datetime) -> SealedFile:
    """Return the file for the printer, and write down who took it.

    Raises NotReleased, Overtaken, HoldsImpounded.
    """
    if run.pdf is None or run.status not in OUT:
        raise NotReleased("The file can be taken once a second person has released the run.")
    if run.status == Status.RELEASED:  # what is printed already is stopped by hand
        _check_still_true(run, at)
    check_open_to(run, by)
    log.record(run, "printrun.file_opened", by=by, at=at)
    return run.pdf


def open_manifest(run: PrintRun, *, by: User, at: datetime) -> SealedFile:
    """Return the list of the run, and write down who took it.

    Raises NotReleased, HoldsImpounded.
    """
    if run.manifest is None or run.status == Status.CANCELLED:
        raise NotReleased("The list is there once the run is built, and goes when it is cancelled.")
    check_open_to(run, by)
    log.record(run, "printrun.manifest_opened", by=by, at=at)
    return run.manifest


def check_open_to(run: PrintRun, user: User) -> None:
    """Raise HoldsImpounded when a letter of a run goes to an address that `user` may not see."""
    if shut := queries.withheld_in(run, user):
        raise HoldsImpounded(
            rules.why_withheld(shut, may_cancel=Status.CANCELLED in run.MOVES[run.status])
        )


def _check_still_true(run: PrintRun, at: datetime) -> None:
    notices.reconsider(run.incident, at=at)
    if stopped := queries.stopped_since(run).count():
        raise Overtaken(
            f"{stopped} of its people were held, excluded or moved since; freeze it anew."
        )


def _letters(entries: QuerySet[RunEntry]) -> list[Letter]:
    letters = Letter.objects.filter(pk__in=entries.filter(is_void=False).values("letter"))
    rows = letters.select_related("notice__demand__recipient__case", "notice__demand__incident")
    return list(rows.defer("sealed", "notice__sealed"))


def _say(lease: Lease, trouble: str) -> None:
    PrintRun.objects.filter(pk=lease.row.pk, claim=lease.token).update(trouble=trouble)


def _drop(stored: SealedFile) -> None:
    files.remove(stored)
    stored.delete()
