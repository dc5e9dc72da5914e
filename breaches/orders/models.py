"""A court's order: its clauses, whom each obliges, and everything the docket says of it."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from breaches.audit.lifecycle import Lifecycle
from breaches.evidence.models import Evidence
from breaches.incidents.models import Incident
from breaches.recipients.models import Recipient
from breaches.vault.models import Sealed

OBLIGATIONS = {
    "disgorge": "hand the data over",
    "delete": "delete the data",
    "remove_software": "remove software that was installed or changed",
    "declaration": "file a declaration",
    "other": "something else",
}


class OrderStatus(models.TextChoices):
    IN_FORCE = "IN_FORCE", "in force"
    STAYED = "STAYED", "stayed"
    VACATED = "VACATED", "vacated"
    REVERSED = "REVERSED", "reversed"


class CourtOrder(Lifecycle, Sealed):
    """One order of a court; court, docket number and text are sealed."""

    CLEAR: ClassVar = {"status", "key_name"}
    MOVES: ClassVar = {
        OrderStatus.IN_FORCE: {OrderStatus.STAYED, OrderStatus.VACATED, OrderStatus.REVERSED},
        OrderStatus.STAYED: {OrderStatus.IN_FORCE, OrderStatus.VACATED, OrderStatus.REVERSED},
        OrderStatus.VACATED: set(),
        OrderStatus.REVERSED: set(),
    }

    status = models.CharField(max_length=20, choices=OrderStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="orders")
    entered_on = models.DateField()

    def __str__(self) -> str:
        return f"order {self.pk}"


class EntryKind(models.TextChoices):
    ISSUED = "issued", "issued"
    MODIFIED = "modified", "modified"
    STAYED = "stayed", "stayed"
    STAY_LIFTED = "stay_lifted", "stay lifted"
    VACATED = "vacated", "vacated"
    REVERSED = "reversed", "reversed"
    DECLARATION = "declaration", "declaration filed"


class OrderEntry(Sealed):
    """One line of the docket with its document; none is ever changed or taken away."""

    CLEAR: ClassVar = {"key_name", "kind"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(CourtOrder, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    on = models.DateField()
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"entry {self.pk}"


class ItemStatus(models.TextChoices):
    OPEN = "OPEN", "to be obeyed"
    MET = "MET", "obeyed"
    VOID = "VOID", "void with its order"


class OrderItem(Lifecycle, Sealed):
    """One operative clause: what one party must do by when, and what shows that it did."""

    CLEAR: ClassVar = {"status", "key_name", "obligation"}
    MOVES: ClassVar = {
        ItemStatus.OPEN: {ItemStatus.MET, ItemStatus.VOID},
        ItemStatus.MET: {ItemStatus.VOID},
        ItemStatus.VOID: set(),
    }

    status = models.CharField(max_length=20, choices=ItemStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(CourtOrder, on_delete=models.PROTECT, related_name="items")
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, related_name="order_items", help_text="obliged"
    )
    obligation = models.CharField(max_length=16, choices=list(OBLIGATIONS.items()))
    due_on = models.DateField()
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="order_item_met_by_evidence",
                condition=~Q(status=ItemStatus.MET) | Q(evidence__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"clause {self.pk}"
