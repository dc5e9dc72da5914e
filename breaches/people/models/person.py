"""People, and what they are found by."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from breaches.people.models.register import Register, RegisterImport
from breaches.vault.models import Sealed


class Person(Sealed):
    """Somebody in the register: names, birth date, language and the like are sealed.

    `corrected` in the document keeps what the register said wherever a person of the staff
    knew better, so that the next file overwrites nothing silently.
    """

    CLEAR: ClassVar = {"key_name", "key"}

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="people")
    key = models.CharField(max_length=32, help_text="blind index of what the register calls them")
    added_by = models.ForeignKey(
        RegisterImport, null=True, on_delete=models.PROTECT, related_name="people"
    )
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged_people"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "key"], name="person_once_per_register"),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="person_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class Identifier(Sealed):
    """A number of a person: findable by its blind index, readable by the key."""

    CLEAR: ClassVar = {"key_name", "kind", "index", "source"}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=20)
    index = models.CharField(max_length=32, db_index=True)
    source = models.CharField(max_length=20, default="register")

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
