"""A decided notice as a row, and decided anew when what it was decided on moved on."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from breaches.audit.lifecycle import MovedMeanwhile, move
from breaches.demands.models import Demand
from breaches.incidents.models import Incident
from breaches.matching.models import AffectedPerson
from notifications.notices.drafting import Draft, choice_in, draft, gather
from notifications.notices.models import Notice, NoticeOrder, NoticeStatus

OVERTAKEN = "What is known changed since; it is routed anew."


def new_notice(
    about: NoticeOrder | Demand, found: Draft, at: datetime, **to: AffectedPerson | Demand
) -> Notice:
    """Return the unsaved notice of an order or a demand, `to` one affected person or a demand."""
    return Notice(
        incident=about.incident,
        purpose=about.purpose,
        key_name=about.incident.key_name,
        **to,
        status=found.status,
        status_at=at,
        hold=found.hold,
        hold_note=found.note,
        version=found.version,
        language=found.language,
    ).with_document(found.document)


def keep(notice: Notice, found: Draft, *, by: User | None, at: datetime) -> None:
    """Write what was decided about a notice. Raises IllegalMove, MovedMeanwhile."""
    notice.seal(found.document)
    facts = {"sealed": notice.sealed, "version": found.version, "language": found.language}
    move(notice, found.status, by=by, at=at, hold=found.hold, hold_note=found.note, **facts)


def reroute(incident: Incident, notices: Iterable[Notice], *, at: datetime) -> int:
    """Decide ready notices anew on what is known by now; return how many moved."""
    rows = [(one, one.affected) for one in notices]
    moved = 0
    for purpose in {notice.purpose for notice, _ in rows}:
        mine = [(notice, who) for notice, who in rows if notice.purpose == purpose and who]
        facts = gather(incident, purpose, [who for _, who in mine], today=at.date())
        for notice, who in mine:
            found = draft(who, facts, choice_in(notice.document))
            if found.hold or not _still_holds(notice, who, found):
                moved += _moved(notice, found, at)
    return moved


def _still_holds(notice: Notice, who: AffectedPerson, found: Draft) -> bool:
    was, same = notice.document, ("addressee", "lines")
    has_other_rows = who.changed_at is not None and who.changed_at >= notice.status_at
    goes_there = all(found.document.get(name) == was.get(name) for name in same)
    return goes_there and found.language == notice.language and not has_other_rows


def _moved(notice: Notice, found: Draft, at: datetime) -> bool:
    with suppress(MovedMeanwhile), transaction.atomic():  # a caseworker was faster
        why, note = found.hold or "no_address", found.note or OVERTAKEN
        held = found._replace(status=NoticeStatus.HELD, hold=why, note=note)
        keep(notice, held, by=None, at=at)
        if not found.hold:
            keep(notice, found, by=None, at=at)
        return True
    return False
