"""One person who must be told one thing, or one demand; where it goes, or why it is held."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from breaches.audit.leases import Leased
from breaches.audit.lifecycle import Lifecycle
from breaches.demands.models import Demand
from breaches.incidents.models import Incident
from breaches.matching.models import AffectedPerson
from breaches.vault.models import Sealed
from notifications.notices.routing import HOLDS
from notifications.wording.models import Purpose, TemplateVersion


class NoticeStatus(models.TextChoices):
    PENDING = "PENDING", "not routed yet"
    READY = "READY", "ready for a letter"
    HELD = "HELD", "needs a person"
    SENT = "SENT", "sent"
    EXCLUDED = "EXCLUDED", "excluded"


class Notice(Lifecycle, Sealed):
    """What one person is to be told; the sealed document holds where it goes and why."""

    CLEAR: ClassVar = {"status", "key_name", "purpose", "language", "hold", "hold_note"}
    MOVES: ClassVar = {
        NoticeStatus.PENDING: {NoticeStatus.READY, NoticeStatus.HELD, NoticeStatus.EXCLUDED},
        NoticeStatus.READY: {NoticeStatus.SENT, NoticeStatus.HELD, NoticeStatus.EXCLUDED},
        # A letter in the post has told its person, whatever was decided after it was printed.
        NoticeStatus.HELD: {
            *(NoticeStatus.READY, NoticeStatus.HELD, NoticeStatus.EXCLUDED, NoticeStatus.SENT),
        },
        NoticeStatus.SENT: set(),
        NoticeStatus.EXCLUDED: {NoticeStatus.HELD, NoticeStatus.SENT},
    }

    status = models.CharField(max_length=20, choices=NoticeStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="notices")
    affected = models.ForeignKey(
        AffectedPerson, null=True, on_delete=models.PROTECT, related_name="notices"
    )
    demand = models.OneToOneField(
        Demand, null=True, on_delete=models.PROTECT, related_name="notice",
        help_text="a letter to a recipient: not to anybody affected",
    )  # fmt: skip
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    version = models.ForeignKey(TemplateVersion, null=True, on_delete=models.PROTECT)
    language = models.CharField(max_length=8, blank=True)
    hold = models.CharField(max_length=24, blank=True, choices=list(HOLDS.items()))
    hold_note = models.CharField(max_length=200, blank=True, help_text="codes and counts only")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "affected", "purpose"], name="notice_once_per_purpose"
            ),
            models.CheckConstraint(
                name="notice_to_one_addressee",
                condition=Q(affected__isnull=False, demand__isnull=True)
                | Q(affected__isnull=True, demand__isnull=False),
            ),
            models.CheckConstraint(
                name="notice_held_for_a_reason",
                condition=~Q(status=NoticeStatus.HELD) | ~Q(hold=""),
            ),
        ]
        indexes = [models.Index(fields=["incident", "status"], name="notice_by_status")]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class OrderStatus(models.TextChoices):
    ORDERED = "ORDERED", "waiting to start"
    PREPARING = "PREPARING", "being prepared"
    PREPARED = "PREPARED", "prepared"


class NoticeOrder(Leased):
    """One pass over the affected people of an incident, to route a notice to each."""

    CLEAR: ClassVar = {"status", "purpose"}
    MOVES: ClassVar = {
        OrderStatus.ORDERED: {OrderStatus.PREPARING},
        OrderStatus.PREPARING: {OrderStatus.PREPARED},
        OrderStatus.PREPARED: set(),
    }

    status = models.CharField(max_length=20, choices=OrderStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="notice_orders")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident"],
                condition=~Q(status=OrderStatus.PREPARED),
                name="notice_order_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"notice order {self.pk}"
