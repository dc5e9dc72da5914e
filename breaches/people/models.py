"""The register: people, their identifiers, where they can be reached, who represents them."""

from typing import ClassVar

from django.db import models

from breaches.audit.leases import Leased
from breaches.evidence.models import Evidence
from breaches.vault.models import Sealed


class Register(models.Model):
    """A list of people under one key."""

    CLEAR: ClassVar = {"name", "key_name"}

    name = models.CharField(max_length=100, unique=True)
    key_name = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class ImportStatus(models.TextChoices):
    RECEIVED = "RECEIVED", "waiting to be read"
    IMPORTING = "IMPORTING", "being imported"
    IMPORTED = "IMPORTED", "imported"
    REFUSED = "REFUSED", "not imported"


class RegisterImport(Leased):
    """One register file and how far it was taken in."""

    CLEAR: ClassVar = {"status", "problem"}
    MOVES: ClassVar = {
        ImportStatus.RECEIVED: {ImportStatus.IMPORTING},
        ImportStatus.IMPORTING: {ImportStatus.IMPORTED, ImportStatus.REFUSED},
        ImportStatus.IMPORTED: set(),
        ImportStatus.REFUSED: set(),
    }

    status = models.CharField(max_length=20, choices=ImportStatus.choices)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="imports")
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="+")
    problem = models.CharField(max_length=300, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"register import {self.pk}"


class ImportProblem(models.Model):
    """Something doubtful in one row of a register file; the row itself says the value."""

    CLEAR: ClassVar = {"what"}

    register_import = models.ForeignKey(
        RegisterImport, on_delete=models.CASCADE, related_name="problems"
    )
    row_number = models.PositiveIntegerField()
    what = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"row {self.row_number}"


class Person(Sealed):
    """Somebody in the register: names, birth date, language and the like are sealed."""

    CLEAR: ClassVar = {"key_name", "key"}

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="people")
    key = models.CharField(max_length=32, help_text="blind index of what the register calls them")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "key"], name="person_once_per_register")
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class Identifier(Sealed):
    """A number of a person: findable by its blind index, readable by the key."""

    CLEAR: ClassVar = {"key_name", "kind", "index"}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=20)
    index = models.CharField(max_length=32, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "index"], name="identifier_once")
        ]

    def __str__(self) -> str:
        return f"identifier {self.pk}"


class NameKey(models.Model):
    """The blind index of one part of a name, so that a person can be found by it."""

    CLEAR: ClassVar = {"index"}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_keys")
    index = models.CharField(max_length=32, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "index"], name="name_key_once")]

    def __str__(self) -> str:
        return f"name key {self.pk}"


class ContactPoint(Sealed):
    """Where a person can be reached by post; a safe address outranks every other."""

    CLEAR: ClassVar = {"key_name", "kind", "source"}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=20, default="post")
    is_safe = models.BooleanField(default=False)
    is_impounded = models.BooleanField(default=False)
    is_do_not_contact = models.BooleanField(default=False)
    source = models.CharField(max_length=20, default="register")

    def __str__(self) -> str:
        return f"contact point {self.pk}"


class Representation(Sealed):
    """Who represents a person, and in what."""

    CLEAR: ClassVar = {"key_name", "scope"}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="representations")
    scope = models.CharField(max_length=20, default="all")
    withdrawn_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"representation {self.pk}"
