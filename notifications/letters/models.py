"""A letter: one notice on paper, set once and kept as it was posted."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from breaches.audit.lifecycle import Lifecycle
from breaches.incidents.models import Incident
from breaches.vault.models import Sealed, SealedFile
from notifications.notices.models import Notice
from notifications.wording.models import TemplateVersion


class Status(models.TextChoices):
    ORDERED = "ORDERED", "being made"
    HELD = "HELD", "needs a person"
    RENDERED = "RENDERED", "ready to print"
    IN_RUN = "IN_RUN", "in a print run"
    MAILED = "MAILED", "mailed"
    CANCELLED = "CANCELLED", "cancelled"


class Hold(models.TextChoices):
    UNDEFINED_FIELD = "undefined_field", "a field of the wording has no value"
    UNPRINTABLE_ADDRESS = "unprintable_address", "the address does not fit the window"
    MISSING_GLYPH = "missing_glyph", "a character that our fonts do not hold"
    NOT_TYPESET = "not_typeset", "the letter could not be set"


class Letter(Lifecycle, Sealed):
    """What one person is sent: snapshot, never a join.

    The sealed document holds `lines`, `values`, `sender`, `phone` and `date` as they stood when
    the letter was ordered.
    """

    CLEAR: ClassVar = {
        *("status", "key_name", "reference", "language", "hold", "hold_note", "trouble"),
        *("pdf_sha256", "leads_to"),
    }
    MOVES: ClassVar = {
        Status.ORDERED: {Status.RENDERED, Status.HELD, Status.CANCELLED},
        Status.HELD: {Status.ORDERED, Status.CANCELLED},
        # A letter to a recipient may go out by e-mail or by hand, in no run.
        Status.RENDERED: {Status.IN_RUN, Status.ORDERED, Status.CANCELLED, Status.MAILED},
        Status.IN_RUN: {Status.MAILED, Status.RENDERED},
        Status.MAILED: set(),
        Status.CANCELLED: set(),
    }

    status = models.CharField(max_length=20, choices=Status.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="letters")
    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="letter")
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="letters")
    reference = models.CharField(max_length=12, unique=True)
    language = models.CharField(max_length=8)
    routed_at = models.DateTimeField(help_text="Of the notice, as it was copied.")
    is_large_print = models.BooleanField(default=False)
    needs_interpreter = models.BooleanField(default=False)
    leads_to = models.CharField(
        max_length=32, blank=True, help_text="Blind index of the address, in the register's key."
    )
    hold = models.CharField(max_length=24, choices=Hold.choices, blank=True)
    hold_note = models.CharField(
        max_length=200, blank=True, help_text="Field names and character codes, never values."
    )
    trouble = models.CharField(
        max_length=24, blank=True, help_text="Why it was put off, as a code."
    )
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    pages = models.PositiveSmallIntegerField(default=0)
    pdf = models.OneToOneField(SealedFile, null=True, on_delete=models.PROTECT, related_name="+")
    pdf_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="letter_on_paper_keeps_its_pdf",
                condition=~Q(status__in=["RENDERED", "IN_RUN", "MAILED"])
                | Q(pdf__isnull=False, pages__gt=0) & ~Q(pdf_sha256=""),
            ),
            models.CheckConstraint(
                name="letter_held_says_why",
                condition=~Q(status="HELD") | ~Q(hold=""),
            ),
        ]
        indexes = [
            models.Index(fields=["incident", "status"], name="letter_by_status"),
            models.Index(fields=["claim"], name="letter_by_claim"),
        ]

    def __str__(self) -> str:
        return f"letter {self.reference}"
