"""Routing a notice to each affected person, and settling what is held."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from functools import cache, partial
from itertools import groupby

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from breaches.audit import leases, log
from breaches.audit.leases import Lease
from breaches.audit.lifecycle import MovedMeanwhile, move, move_all
from breaches.demands.models import Demand, DemandStatus
from breaches.errors import Refused
from breaches.incidents.models import Incident
from breaches.matching.models import AffectedPerson
from notifications.notices import queries
from notifications.notices.demanding import (
    draft_letter,
    may_go,
    names_on_the_list,
    report_posted,
)
from notifications.notices.drafting import choice_in, draft, gather
from notifications.notices.models import Notice, NoticeOrder, NoticeStatus, OrderStatus
from notifications.notices.queries import to_look_at_again, without_notice
from notifications.notices.rerouting import keep, new_notice, reroute
from notifications.notices.routing import Choice

PIECE = 500


class NobodyToTell(Refused):
    """Every affected person has a notice."""


class OrderUnderWay(Refused):
    """Notices are being prepared already."""


class NoReason(Refused):
    """An exclusion must say why."""


class NotExcluded(Refused):
    """Only people are taken out, and only who was taken out can be taken back in."""


def prepare_notices(incident: Incident, purpose: str, *, by: User, at: datetime) -> NoticeOrder:
    """Order a notice for each affected person who has none, and a fresh look at some held ones.

    Raises NobodyToTell, OrderUnderWay.
    """
    fresh, again = without_notice(incident, purpose), to_look_at_again(incident, purpose)
    if not fresh.exists() and not again.exists():
        raise NobodyToTell("Every affected person has a notice; see who is held.")
    try:
        with transaction.atomic():
            order = NoticeOrder.objects.create(
                incident=incident, purpose=purpose, status=OrderStatus.ORDERED, status_at=at
            )
            log.record(order, "notices.ordered", by=by, at=at)
    except IntegrityError as clash:
        raise OrderUnderWay("Notices are being prepared already.") from clash
    return order


def route_notices(order: NoticeOrder, *, at: datetime) -> None:
    """Route the notices of an order in pieces of 500. Safe to repeat and to kill.

    Raises IllegalMove, MovedMeanwhile, TakenOver.
    """
    lease = leases.take(order, OrderStatus.PREPARING, at=at)
    waiting = without_notice(order.incident, order.purpose)
    again = to_look_at_again(order.incident, order.purpose)
    ids = list(again.values_list("pk", flat=True))  # now, before new ones are held
    lease.keep(total=order.done + waiting.count() + len(ids))
    while people := list(waiting[:PIECE]):
        with transaction.atomic():
            notices = _notices(order, people, lease.now)
            Notice.objects.bulk_create(notices)
            log.record_many(notices, "notice.routed", by=None, at=lease.now)
            lease.keep(done=order.done + len(people))
    for start in range(0, len(ids), PIECE):
        rows = list(again.filter(pk__in=ids[start : start + PIECE]))
        _look_again(order, rows, lease)
    move(order, OrderStatus.PREPARED, by=None, at=lease.now, claim=None)


def resolve(notice: Notice, choice: Choice, *, by: User, at: datetime) -> None:
    """Route a held notice again, with what a caseworker decided.

    Raises IllegalMove, MovedMeanwhile.
    """
    one = notice.affected
    if one is None:
        found = draft_letter(_demand(notice), partial(names_on_the_list, notice.incident_id))
    else:
        facts = gather(notice.incident, notice.purpose, [one], today=at.date())
        found = draft(one, facts, choice)
    with transaction.atomic():
        keep(notice, found, by=by, at=at)


def write_to_recipients(*, at: datetime) -> int:
    """Route a letter for each approved demand that has none; return how many. Safe to repeat."""
    made = 0
    approved = queries.demands_without_letter()
    for incident, rows in groupby(approved, lambda demand: demand.incident):
        people = cache(partial(names_on_the_list, incident.pk))  # once for all of an incident
        for demand in rows:
            found = draft_letter(demand, people)
            with suppress(IntegrityError), transaction.atomic():  # another sweep was faster
                notice = new_notice(demand, found, at, demand=demand)
                notice.save(force_insert=True)
                log.record(notice, "notice.routed", by=None, at=at)
                made += 1
    return made


def follow_demands(*, at: datetime) -> None:
    """Bring the letters to recipients in line with what became of their demands.

    One that must not go out any more is held; one that was carried by hand is sent; one that
    was withdrawn is excluded; one held for want of a wording is looked at again.
    """
    for notice in queries.demands_to_look_at():
        with suppress(MovedMeanwhile), transaction.atomic():
            _follow(notice, _demand(notice), at)


def reconsider(incident: Incident, *, at: datetime) -> int:
    """Route ready notices anew of which something else may hold by now; return how many moved.

    Asked before letters are made, frozen, released and handed out.
    """
    return reroute(incident, queries.overtaken(incident), at=at)


def exclude(notice: Notice, reason: str, *, by: User, at: datetime) -> None:
    """Take a person out of this purpose for a reason. Raises NoReason, NotExcluded, IllegalMove."""
    if notice.demand_id:
        raise NotExcluded("This is a letter to a recipient: withdraw its demand instead.")
    if not reason.strip():
        raise NoReason("Say why this person gets no notice.")
    notice.seal({**notice.document, "excluded_because": reason})
    move(notice, NoticeStatus.EXCLUDED, by=by, at=at, sealed=notice.sealed)


def take_back(notice: Notice, *, by: User, at: datetime) -> None:
    """Undo an exclusion: the notice is held, to be routed again. Raises NotExcluded."""
    if notice.status != NoticeStatus.EXCLUDED:
        raise NotExcluded("This person is not excluded.")
    said = {name: value for name, value in notice.document.items() if name != "excluded_because"}
    notice.seal(said)
    facts = {"hold": "taken_back", "hold_note": "", "sealed": notice.sealed}
    move(notice, NoticeStatus.HELD, by=by, at=at, **facts)


def hold(notice: Notice, code: str, note: str, *, at: datetime) -> None:
    """Hold a notice whose letter could not be made; `note` names fields and codes only."""
    move(notice, NoticeStatus.HELD, by=None, at=at, hold=code, hold_note=note[:200])


def mark_sent(notices: Iterable[Notice], *, by: User, at: datetime) -> int:
    """Mark notices as sent, and their demands with them; return how many were."""
    sent = move_all(list(notices), NoticeStatus.SENT, by=by, at=at)
    for notice in sent:
        if notice.demand_id:
            report_posted(_demand(notice), by, at)
    return len(sent)


def _notices(order: NoticeOrder, people: list[AffectedPerson], at: datetime) -> list[Notice]:
    facts = gather(order.incident, order.purpose, people, today=at.date())
    return [new_notice(order, draft(one, facts, None), at, affected=one) for one in people]


def _look_again(order: NoticeOrder, rows: list[Notice], lease: Lease) -> None:
    at = lease.now
    pairs = [(notice, notice.affected) for notice in rows if notice.affected]
    facts = gather(order.incident, order.purpose, [one for _, one in pairs], today=at.date())
    with transaction.atomic():
        for notice, one in pairs:
            found = draft(one, facts, choice_in(notice.document))
            if (found.hold, found.note) != (notice.hold, notice.hold_note):
                with suppress(MovedMeanwhile), transaction.atomic():  # a caseworker was faster
                    keep(notice, found, by=None, at=at)
        lease.keep(done=order.done + len(rows))


def _demand(notice: Notice) -> Demand:
    if notice.demand is None:
        raise ValueError("a notice to a person has no demand")
    return notice.demand


def _follow(notice: Notice, demand: Demand, at: datetime) -> None:
    if demand.status == DemandStatus.WITHDRAWN:
        notice.seal({**notice.document, "excluded_because": "the demand was withdrawn"})
        move(notice, NoticeStatus.EXCLUDED, by=None, at=at, sealed=notice.sealed)
    elif demand.sent_on and notice.status == NoticeStatus.READY:
        move(notice, NoticeStatus.SENT, by=None, at=at)
    elif demand.sent_on:
        return
    elif not may_go(demand):
        if notice.hold != "not_to_go":
            move(notice, NoticeStatus.HELD, by=None, at=at, hold="not_to_go", hold_note="")
    elif notice.status == NoticeStatus.HELD:
        found = draft_letter(demand, partial(names_on_the_list, notice.incident_id))
        if (found.hold, found.note) != (notice.hold, notice.hold_note):
            keep(notice, found, by=None, at=at)
