"""Who holds which role, and the one-time links by which people come in."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models

from breaches.access.rules import ROLES


class RoleHolder(models.Model):
    """One role of one person."""

    CLEAR: ClassVar = {"role"}

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="held_roles")
    role = models.CharField(max_length=20, choices=[(role, role) for role in ROLES])
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="role_held_once")]

    def __str__(self) -> str:
        return f"user {self.user_id}: {self.role}"


class EntryLink(models.Model):
    """A link that signs one person in once; only the hash of its token is kept."""

    CLEAR: ClassVar = {"token_sha256"}

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"entry link {self.pk}"
