"""How a person can be reached, and who stands up for them."""

from typing import Any, ClassVar

from django.db import models

from breaches.people.models.person import Person
from breaches.vault.models import Sealed
from breaches.vault.sealing import Sealer, Tampered

BOUND = "bound to"


class ContactKind(models.TextChoices):
    POST = "post", "post"
    PHONE = "phone", "telephone"
    EMAIL = "email", "e-mail"
    NO_FIXED_ADDRESS = "no_fixed_address", "no fixed address"


class Source(models.TextChoices):
    REGISTER = "register", "the register"
    STAFF = "staff", "staff"
    PERSON = "person", "the person"
    COUNSEL = "counsel", "counsel"
    MOVE_UPDATE = "move_update", "a move update"
    RETURNED_MAIL = "returned_mail", "returned mail"


class ContactPoint(Sealed):
    """Where a person can be reached; a safe address outranks every other.

    `index` is the blind index of where the address leads, so that an impounded address is
    known again however, and of whomever, it is written.
    """

    CLEAR: ClassVar = {"key_name", "kind", "source", "channels", "index"}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=20, default=ContactKind.POST, choices=ContactKind.choices)
    index = models.CharField(max_length=32, blank=True, db_index=True)
    is_safe = models.BooleanField(default=False)
    is_impounded = models.BooleanField(default=False)
    is_do_not_contact = models.BooleanField(default=False)
    channels = models.JSONField(default=list, help_text="ways that are safe: post, phone, …")
    source = models.CharField(max_length=20, default=Source.REGISTER, choices=Source.choices)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return f"contact point {self.pk}"

    @property
    def document(self) -> dict[str, Any]:
        """Return the opened document.

        Raises Tampered, also where the row was given to somebody else or its marks were changed.
        """
        document = super().document
        # What an earlier state sealed is not bound; it is from the first time it is changed.
        if document.pop(BOUND, self._bound) != self._bound:
            raise Tampered("given to another person, or marked otherwise")
        return document

    def seal(self, document: dict[str, Any], sealer: Sealer | None = None) -> None:
        """Put `document` under the row's key, bound to whose it is and how it is marked."""
        super().seal({**document, BOUND: self._bound}, sealer)

    @property
    def _bound(self) -> list[Any]:
        marks = [self.is_safe, self.is_impounded, self.is_do_not_contact]
        return [str(self.person_id), self.kind, *marks, sorted(self.channels)]


class Form(models.TextChoices):
    """The form a representative enters an appearance with (8 CFR 292.4, 1003.17)."""

    G28 = "g28", "G-28, before DHS"
    EOIR28 = "eoir28", "EOIR-28, before the immigration court"
    EOIR27 = "eoir27", "EOIR-27, before the Board of Immigration Appeals"
    OTHER = "other", "another form, or none seen"


class Scope(models.TextChoices):
    """What the appearance covers; the three boxes of form EOIR-28."""

    ALL = "all", "all proceedings"
    CUSTODY = "custody_bond_only", "custody and bond only"
    OTHER = "other_only", "all but custody and bond"


class Representation(Sealed):
    """Who represents a person, and in what."""

    CLEAR: ClassVar = {"key_name", "form", "scope", "source"}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="representations")
    form = models.CharField(max_length=10, default=Form.OTHER, choices=Form.choices)
    scope = models.CharField(max_length=20, default=Scope.ALL, choices=Scope.choices)
    source = models.CharField(max_length=20, default=Source.REGISTER, choices=Source.choices)
    effective_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"representation {self.pk}"


class GuardianKind(models.TextChoices):
    PARENT = "parent", "parent"
    LEGAL = "legal_guardian", "legal guardian"
    SPONSOR = "sponsor", "sponsor"
    AGENCY = "agency", "agency that has custody"
    OTHER = "other", "somebody else"


class Guardianship(Sealed):
    """Who acts for a child or an adult who cannot, by which paper; perhaps an unsafe person."""

    CLEAR: ClassVar = {"key_name", "kind", "source"}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guardianships")
    kind = models.CharField(max_length=20, default=GuardianKind.OTHER, choices=GuardianKind.choices)
    source = models.CharField(max_length=20, default=Source.REGISTER, choices=Source.choices)
    is_unsafe = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"guardianship {self.pk}"


class Death(Sealed):
    """That somebody died, who says so, and whom one may write to instead."""

    CLEAR: ClassVar = {"key_name", "source"}

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="death")
    source = models.CharField(max_length=20, default=Source.REGISTER, choices=Source.choices)

    def __str__(self) -> str:
        return f"death {self.pk}"
