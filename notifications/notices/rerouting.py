"""A decided notice as a row, and decided anew when the register moved on."""

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

OVERTAKEN = "The register changed since; it is routed anew."


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
    """Decide ready notices anew on the register as it stands; return how many moved."""
    rows = [(one, one.affected) for one in notices]
    moved = 0
    for purpose in {notice.purpose for notice, _ in rows}:
        mine = [(notice, who) for notice, who in rows if notice.purpose == purpose and who]
        facts = gather(incident, purpose, [who for _, who in mine], today=at.date())
        for notice, who in mine:
            moved += _moved(notice, draft(who, facts, choice_in(notice.document)), at)
    return moved


def _moved(notice: Notice, found: Draft, at: datetime) -> bool:
    was = notice.document
    if not found.hold and all(found.document.get(x) == was.get(x) for x in ("addressee", "lines")):
        return False
    with suppress(MovedMeanwhile), transaction.atomic():  # a caseworker was faster
        why, note = found.hold or "no_address", found.note or OVERTAKEN
        held = found._replace(status=NoticeStatus.HELD, hold=why, note=note)
        keep(notice, held, by=None, at=at)
        if not found.hold:
            keep(notice, found, by=None, at=at)
        return True
    return False
