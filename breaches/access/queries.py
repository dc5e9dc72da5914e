"""Questions about staff."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet

from breaches.access.rules import ADMINISTRATOR
from breaches.audit.queries import history


def staff() -> QuerySet[User]:
    """Return everybody with an account, with their roles and whether a second factor is set up."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    everybody = User.objects.prefetch_related("held_roles").annotate(has_factor=Exists(factors))
    return everybody.order_by("email", "pk")


def has_factor(user: User) -> bool:
    """Say whether a one-time link alone does not let `user` in."""
    return bool(Authenticator.objects.filter(user=user).exists())


def is_newcomer(user: User) -> bool:
    """Say whether nobody has come in as `user` yet."""
    return user.last_login is None


def openers_of(user: User, *, since: datetime) -> set[str]:
    """Return who, by their ids in the audit log, could make themselves `user` by one more link."""
    if has_factor(user):
        return set()
    happened = history(user).values_list("actor", flat=True)
    # However long ago: it is the lack of a factor that opens the account, and it lasts.
    forgot = happened.filter(event="second_factors.forgotten").last()
    gave = happened.filter(event="role.given", at__gt=since)
    return {forgot or ""} | (set() if is_newcomer(user) else set(gave))


def who_else(user: User, by: User) -> str:
    """Return who makes a link for `user` when `by` may not."""
    held = User.objects.filter(held_roles__role=ADMINISTRATOR, is_active=True)
    others = held.exclude(pk__in=[user.pk, by.pk]).order_by("email")
    names = ", ".join(others.values_list("email", flat=True))
    return names or f"whoever has the server, with ./run let-in {user.email}"
