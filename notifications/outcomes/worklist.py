"""What needs a person next, stage by stage, each with who may do it."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.utils.timezone import localtime

from breaches.accountability.queries import totals
from breaches.clawback.queries import next_date
from breaches.incidents.models import Incident
from breaches.leaks.models import FileStatus
from breaches.leaks.retention import open_hold, soon_due, without_day
from breaches.matching.queries import affected, figures, latest_run, ready_files
from notifications.letters.queries import to_order
from notifications.notices.models import Notice, NoticeStatus
from notifications.notices.queries import without_notice
from notifications.outcomes.hanging import hanging
from notifications.printing.models import PrintRun, Status
from notifications.printing.queries import printable, stopped_on_the_way
from notifications.wording.models import Purpose
from notifications.wording.queries import active_version, stale, waiting_for_approval


class Todo(NamedTuple):
    """Something that waits for a person, the page where it is done, and the permission."""

    words: str
    page: str
    permission: str


def todos(incident: Incident, *, at: datetime) -> list[Todo]:
    """Return what needs a person next, in the order of the job."""
    return [
        *_intake(incident, at),
        *_matching(incident),
        *_recipients(incident, at),
        *_wording(),
        *_notices(incident),
        *_printing(incident),
    ]


def _intake(incident: Incident, at: datetime) -> Iterator[Todo]:
    if not incident.exposures.exists():
        yield Todo("Say where the data stood open", "incidents:detail", "incident.edit")
    if not (incident.contact_name and incident.contact_phone and incident.contact_address):
        words = "Say who answers questions: no letter is made without it"
        yield Todo(words, "incidents:edit", "incident.edit")
    if not incident.files.exists():
        yield Todo("Hand in the leaked file", "leaks:list", "file.import")
    elif number := incident.files.filter(status=FileStatus.MAPPING).count():
        words = f"{_many(number, 'leaked file')}: say what the columns hold"
        yield Todo(words, "leaks:list", "file.map")
    if number := without_day(incident).count():
        words = f"{_many(number, 'leaked file')} without a day of deletion"
        yield Todo(words, "leaks:list", "file.keep")
    for file in soon_due(incident, at=at):
        held = ", but a legal hold stops it" if open_hold(file) else ""
        words = f"The values of file {file.pk} are destroyed on {file.delete_on:%d %B %Y}{held}"
        yield Todo(words, "leaks:list", "file.keep")
    if not incident.logs.exists():
        yield Todo("Import the log of the server", "downloads:list", "log.import")


def _matching(incident: Incident) -> Iterator[Todo]:
    if ready_files(incident).exists() and latest_run(incident) is None:
        yield Todo("Find out who is in the file", "matching:list", "match.review")
    if number := figures(incident).rows_in_review:
        words = f"{_many(number, 'leaked row')} to be reviewed: who is meant?"
        yield Todo(words, "matching:list", "match.review")


def _recipients(incident: Incident, at: datetime) -> Iterator[Todo]:
    clawback = totals(incident, at=at)
    if (number := clawback.recipients - clawback.sent - clawback.to_approve - clawback.closed) > 0:
        words = f"{_many(number, 'recipient')} not written to yet"
        yield Todo(words, "accountability:list", "recipient.edit")
    if clawback.to_approve:
        words = f"{_many(clawback.to_approve, 'demand')} for a second person to approve"
        yield Todo(words, "accountability:list", "demand.approve")
    if clawback.to_confirm:
        words = f"{_many(clawback.to_confirm, 'step')} of a case for a second person to confirm"
        yield Todo(words, "accountability:list", "demand.approve")
    if clawback.overdue:
        words = f"{_many(clawback.overdue, 'date')} of recipients' cases passed"
        yield Todo(words, "accountability:dates", "recipient.edit")
    if clawback.to_look_at:
        words = f"{_many(clawback.to_look_at, 'copy', 'copies')} on the net to be looked at"
        yield Todo(words, "takedowns:list", "recipient.edit")
    if coming := next_date(incident, at=at):
        words = f"{coming.get_code_display()} by {localtime(coming.due_at):%-d %B, %H:%M}"
        yield Todo(words, "accountability:dates", "recipient.edit")


def _wording() -> Iterator[Todo]:
    if number := waiting_for_approval().count():
        words = f"{_many(number, 'text')} for a second person to approve"
        yield Todo(words, "wording:list", "wording.approve")
    elif active_version(Purpose.INITIAL, "en") is None:
        yield Todo("Write the first notice", "wording:list", "wording.edit")
    if number := stale().count():
        words = f"{_many(number, 'translation')} of an older text to be redone"
        yield Todo(words, "wording:list", "wording.edit")


def _notices(incident: Incident) -> Iterator[Todo]:
    if number := without_notice(incident, Purpose.INITIAL).count():
        words = f"{_many(number, 'affected person', 'affected people')} to be given a notice"
        yield Todo(words, "notices:list", "letter.order")
    held = Notice.objects.filter(affected__in=affected(incident), status=NoticeStatus.HELD)
    if number := held.count():
        yield Todo(f"{_many(number, 'notice')} held", "notices:list", "letter.resolve")
    if number := hanging(incident).count():
        words = f"{_many(number, 'person', 'people')} matched otherwise since their notice"
        yield Todo(words, "outcomes:changed", "letter.resolve")
    if number := to_order(incident).count():
        yield Todo(f"{_many(number, 'letter')} to be ordered", "letters:list", "letter.order")


def _printing(incident: Incident) -> Iterator[Todo]:
    if number := printable(incident).count():
        words = f"{_many(number, 'letter')} made and in no print run"
        yield Todo(words, "printing:list", "run.build")
    if number := stopped_on_the_way(incident).count():
        words = f"{_many(number, 'letter')} of a print run to people who were stopped since"
        yield Todo(words, "printing:list", "run.print")
    words_of = {
        Status.BUILT: ("waiting for a second person's release", "run.release"),
        Status.RELEASED: ("to be printed", "run.print"),
        Status.PRINTED: ("printed, to be posted", "run.print"),
    }
    for status, (words, permission) in words_of.items():
        if number := PrintRun.objects.filter(incident=incident, status=status).count():
            yield Todo(f"{_many(number, 'print run')} {words}", "printing:list", permission)


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"
