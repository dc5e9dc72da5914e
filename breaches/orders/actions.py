"""Entering an order and its clauses, following its docket, and seeing it obeyed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import make_aware

from breaches.audit import log
from breaches.audit.lifecycle import move, move_all
from breaches.clawback import machine
from breaches.clawback.journal import Grounds, check_follows, take_step
from breaches.clawback.models import ClawbackCase
from breaches.clawback.states import State
from breaches.errors import Refused
from breaches.evidence.actions import keep_document
from breaches.evidence.models import Evidence
from breaches.incidents.models import Incident
from breaches.orders import queries
from breaches.orders.models import (
    CourtOrder,
    EntryKind,
    ItemStatus,
    OrderEntry,
    OrderItem,
    OrderStatus,
)
from breaches.orders.rules import Docketed, Issued
from breaches.recipients.models import Recipient

LEADS_TO = {
    EntryKind.STAYED: OrderStatus.STAYED,
    EntryKind.STAY_LIFTED: OrderStatus.IN_FORCE,
    EntryKind.VACATED: OrderStatus.VACATED,
    EntryKind.REVERSED: OrderStatus.REVERSED,
}
STEP = {
    EntryKind.MODIFIED: "order_modified",
    EntryKind.STAYED: "stayed",
    EntryKind.STAY_LIFTED: "stay_lifted",
    EntryKind.VACATED: "order_gone",
    EntryKind.REVERSED: "order_gone",
}
OVER = {OrderStatus.VACATED, OrderStatus.REVERSED}


class OrderOver(Refused):
    """The order is vacated or reversed, or its clock stands."""


class NothingCovered(Refused):
    """A declaration must speak of at least one clause."""


@dataclass(frozen=True)
class Clause:
    """What one party must do by when."""

    recipient: Recipient
    obligation: str
    text: str
    due_on: date


def enter_order(
    incident: Incident, issued: Issued, paper: UploadedFile, *, by: User, at: datetime
) -> CourtOrder:
    """Record an order of a court with its document."""
    evidence = _kept(incident, paper, by, at)
    order = CourtOrder(
        incident=incident,
        key_name=incident.key_name,
        status=OrderStatus.IN_FORCE,
        status_at=at,
        entered_on=issued.entered_on,
    ).with_document({"court": issued.court, "docket": issued.docket, "text": issued.text})
    with transaction.atomic():
        order.save(force_insert=True)
        log.record(order, "courtorder.entered", by=by, at=at)
        _enter(order, Docketed(EntryKind.ISSUED, issued.entered_on), evidence, by, at)
    return order


def add_clause(order: CourtOrder, clause: Clause, *, by: User, at: datetime) -> OrderItem:
    """Add one operative clause; the case of the party it obliges stands under the order.

    Raises OrderOver, IllegalMove, MovedMeanwhile.
    """
    if order.status != OrderStatus.IN_FORCE:
        raise OrderOver("This order is not in force; it obliges nobody now.")
    case = clause.recipient.case
    if case.status not in (State.ORDERED, State.ORDER_STAYED):
        check_follows(case, "order_entered")
    item = OrderItem(
        incident=order.incident,
        order=order,
        recipient=clause.recipient,
        key_name=order.key_name,
        status=ItemStatus.OPEN,
        status_at=at,
        obligation=clause.obligation,
        due_on=clause.due_on,
    ).with_document({"clause": clause.text})
    with transaction.atomic():
        item.save(force_insert=True)
        log.record(item, "orderitem.added", by=by, at=at, obligation=clause.obligation)
        event = "order_entered"
        if event not in _possible(case):
            event = "order_modified"
        _step(case, event, order, None, by, at)
    return item


def note_entry(
    order: CourtOrder, said: Docketed, paper: UploadedFile, *, by: User, at: datetime
) -> OrderEntry:
    """Record what the docket says: modified, stayed, stay lifted, vacated, reversed.

    Nothing of the order's history is taken away; the cases and their clocks follow. A clause
    gets as many days more as its order was stayed. Raises OrderOver, IllegalMove,
    MovedMeanwhile.
    """
    kind = EntryKind(said.kind)
    to = LEADS_TO.get(kind)
    if to:
        order.check_move(to)
    elif order.status in OVER:
        raise OrderOver("This order is gone; it cannot be modified.")
    evidence = _kept(order.incident, paper, by, at)
    with transaction.atomic():
        entry = _enter(order, said, evidence, by, at)
        if to:
            move(order, to, by=by, at=at)
        _follow(order, said, by, at)
        for case in _obliged(order):
            if STEP[kind] in _possible(case):
                _step(case, STEP[kind], order, evidence, by, at)
    return entry


def file_declaration(
    order: CourtOrder,
    items: Collection[OrderItem],
    paper: UploadedFile,
    *,
    on: date,
    by: User,
    at: datetime,
) -> list[OrderItem]:
    """Record a declaration of compliance and the clauses it bears out; return what is left open.

    With none left the case closes on it. Raises NothingCovered, OrderOver, ChildrenOpen,
    IllegalMove, MovedMeanwhile.
    """
    if order.status != OrderStatus.IN_FORCE:
        raise OrderOver("The order is not in force: its clock stands, or it is gone.")
    parties = {item.recipient for item in items}
    if len(parties) != 1:
        raise NothingCovered("Say which clauses of one party the declaration bears out.")
    (recipient,) = parties
    evidence = _kept(order.incident, paper, by, at)
    with transaction.atomic():
        _enter(order, Docketed(EntryKind.DECLARATION, on), evidence, by, at)
        move_all(list(items), ItemStatus.MET, by=by, at=at, evidence=evidence)
        left = list(queries.open_items(order, recipient))
        event = "clause_met" if left else "declared"
        _step(recipient.case, event, order, evidence, by, at)
    return left


def _possible(case: ClawbackCase) -> set[str]:
    return {event for event, step in machine.BY_RECORD.items() if case.status in step.sources}


def _step(
    case: ClawbackCase, event: str, order: CourtOrder, evidence: Evidence | None, by: User,
    at: datetime,
) -> None:  # fmt: skip
    """Move a case, its clock set to the first date that is not met."""
    dates = queries.open_items(order, case.recipient).values_list("due_on", flat=True)
    first = min(dates, default=None)
    runs = first and event not in ("order_gone", "declared", "stayed")
    due = {"order_due": _end_of(first)} if first and runs else {}
    facts = {"order": str(order.pk)}
    take_step(case, event, by=by, at=at, grounds=Grounds(evidence=evidence, due=due, facts=facts))


def _follow(order: CourtOrder, said: Docketed, by: User, at: datetime) -> None:
    """Bring the open clauses in line: void, with a new date, or with days given back."""
    if order.status in OVER:
        move_all(list(queries.open_items(order)), ItemStatus.VOID, by=by, at=at)
    elif said.kind == EntryKind.STAY_LIFTED:
        _give_days(order, said.on)
    elif said.new_due_on:
        queries.open_items(order).update(due_on=said.new_due_on)


def _end_of(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(23, 59)))


def _obliged(order: CourtOrder) -> list[ClawbackCase]:
    cases = ClawbackCase.objects.filter(recipient__order_items__order=order).distinct()
    return list(cases.select_related("recipient", "incident"))


def _give_days(order: CourtOrder, lifted_on: date) -> None:
    stayed = order.entries.filter(kind=EntryKind.STAYED).order_by("-at").first()
    days = max(lifted_on - stayed.on, timedelta()) if stayed else timedelta()
    for item in queries.open_items(order):
        item.due_on += days
        item.save(update_fields=["due_on"])


def _enter(
    order: CourtOrder, said: Docketed, evidence: Evidence, by: User, at: datetime
) -> OrderEntry:
    entry = OrderEntry(
        incident=order.incident,
        order=order,
        key_name=order.key_name,
        kind=said.kind,
        on=said.on,
        evidence=evidence,
        by=by,
        at=at,
    ).with_document({"text": said.text})
    entry.save(force_insert=True)
    log.record(entry, f"docket.{EntryKind(said.kind).value}", by=by, at=at)
    return entry


def _kept(incident: Incident, paper: UploadedFile, by: User, at: datetime) -> Evidence:
    return keep_document(incident, paper, kind="document", handed_over_by="the court", by=by, at=at)
