"""Wordings: versions that never change, translations, and who approved them."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from breaches.audit.lifecycle import Lifecycle


class Purpose(models.TextChoices):
    INITIAL = "initial", "first notice"
    UPDATE = "update", "update"
    CORRECTION = "correction", "correction"
    NOT_AFFECTED = "not_affected", "not affected"
    PRESERVATION = "preservation", "preserve and forward"
    DEMAND = "demand", "delete or return"
    REMINDER = "reminder", "reminder to a recipient"
    FINAL_NOTICE = "final_notice", "final notice to a recipient"


# Letters to whoever has the file, not to the people in it.
TO_RECIPIENTS = (Purpose.PRESERVATION, Purpose.DEMAND, Purpose.REMINDER, Purpose.FINAL_NOTICE)


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    SPANISH = "es", "Spanish"


class Template(models.Model):
    """One kind of notice."""

    CLEAR: ClassVar = {"purpose", "name"}

    purpose = models.CharField(max_length=20, choices=Purpose.choices, unique=True)
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class VersionStatus(models.TextChoices):
    DRAFT = "DRAFT", "draft"
    IN_REVIEW = "IN_REVIEW", "waits for approval"
    ACTIVE = "ACTIVE", "approved, in use"
    STALE = "STALE", "translation of an older text"
    RETIRED = "RETIRED", "retired"


class TemplateVersion(Lifecycle):
    """One text in one language; never edited once it was handed in, only replaced."""

    CLEAR: ClassVar = {"status", "language", "subject", "body", "sha256"}
    MOVES: ClassVar = {
        VersionStatus.DRAFT: {VersionStatus.IN_REVIEW, VersionStatus.RETIRED},
        VersionStatus.IN_REVIEW: {VersionStatus.ACTIVE, VersionStatus.DRAFT},
        VersionStatus.ACTIVE: {VersionStatus.RETIRED, VersionStatus.STALE},
        VersionStatus.STALE: {VersionStatus.RETIRED},
        VersionStatus.RETIRED: set(),
    }

    status = models.CharField(max_length=20, choices=VersionStatus.choices)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=8, choices=Language.choices)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    translation_of = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="translations"
    )
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["template", "language", "number"], name="version_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["template", "language"],
                condition=Q(status=VersionStatus.ACTIVE),
                name="version_one_in_use_per_language",
            ),
            models.CheckConstraint(
                name="version_approved_by_a_second_person",
                condition=~Q(status=VersionStatus.ACTIVE)
                | (Q(approved_by__isnull=False) & ~Q(approved_by=F("author"))),
            ),
        ]

    def __str__(self) -> str:
        return f"wording {self.template_id} {self.language} v{self.number}"
