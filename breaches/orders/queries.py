"""The orders of an incident, and what each still asks of whom."""

from django.db.models import QuerySet

from breaches.incidents.models import Incident
from breaches.orders.models import CourtOrder, ItemStatus, OrderEntry, OrderItem
from breaches.recipients.models import Recipient


def orders_of(incident: Incident) -> QuerySet[CourtOrder]:
    """Return the orders, the latest first."""
    orders = CourtOrder.objects.filter(incident=incident).select_related("incident")
    return orders.order_by("-entered_on", "-status_at")


def items_of(order: CourtOrder) -> QuerySet[OrderItem]:
    """Return the clauses of an order, the nearest date first."""
    rows = OrderItem.objects.filter(order=order).select_related("recipient__case", "evidence")
    return rows.order_by("due_on", "pk")


def entries_of(order: CourtOrder) -> QuerySet[OrderEntry]:
    """Return what the docket says of an order, oldest first."""
    return OrderEntry.objects.filter(order=order).select_related("evidence", "by").order_by("at")


def open_items(order: CourtOrder, recipient: Recipient | None = None) -> QuerySet[OrderItem]:
    """Return the clauses that are not obeyed yet, of one party or of all."""
    rows = items_of(order).filter(status=ItemStatus.OPEN)
    return rows.filter(recipient=recipient) if recipient else rows
