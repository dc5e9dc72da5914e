"""Where people are held, and what those places ask of an envelope."""

from typing import ClassVar

from django.db import models

from breaches.people.models.person import Person
from breaches.people.models.standing import Source
from breaches.vault.models import Sealed


class OnEnvelope(models.TextChoices):
    """What a place wants on the envelope; a number there is itself a disclosure."""

    NAME = "name", "the name alone"
    A_NUMBER = "a_number", "name and A-number"
    BOOKING = "booking_number", "name and booking number"


class Facility(models.Model):
    """A place of detention as its own papers describe it; nothing here is about a person."""

    CLEAR: ClassVar = {
        *("name", "also_called", "mail_address", "on_envelope", "legal_mail_rule"),
        *("scan_vendor", "limits", "languages", "web_source"),
    }

    name = models.CharField(max_length=120, unique=True)
    also_called = models.TextField(blank=True, help_text="other spellings, a line each")
    mail_address = models.TextField(help_text="the official mailing address, a line each")
    on_envelope = models.CharField(
        max_length=20, default=OnEnvelope.NAME, choices=OnEnvelope.choices
    )
    legal_mail_rule = models.TextField(blank=True)
    scan_vendor = models.TextField(blank=True, help_text="where ordinary mail is scanned")
    limits = models.TextField(blank=True, help_text="pages, paper, staples")
    languages = models.CharField(max_length=120, blank=True)
    web_source = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class CustodyPlacement(Sealed):
    """That a person is or was held somewhere, from when to when."""

    CLEAR: ClassVar = {"key_name", "source"}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="placements")
    facility = models.ForeignKey(
        Facility, null=True, on_delete=models.PROTECT, related_name="placements"
    )
    source = models.CharField(max_length=20, default=Source.STAFF, choices=Source.choices)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"placement {self.pk}"
