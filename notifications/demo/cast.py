"""The invented staff of the demonstration: nobody approves their own work."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User

from breaches.access.actions import AlreadyStaff, add_staff
from breaches.access.rules import ROLES


class Cast(NamedTuple):
    """One person for each thing that is done."""

    lead: User
    intake: User
    analyst: User
    matcher: User
    caseworker: User
    approver: User
    printer: User


def hire(*, at: datetime) -> Cast:
    """Return the staff of the demonstration, made where they are not there yet."""
    return Cast(*(_member(role, at) for role in Cast._fields))


def _member(role: str, at: datetime) -> User:
    email = f"{role}@demo.example.org"
    try:
        return add_staff(email, ROLES if role == "lead" else [role], by=None, at=at)
    except AlreadyStaff:
        return User.objects.get(username=email)
