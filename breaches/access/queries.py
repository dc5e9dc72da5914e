"""Questions about staff."""

from django.contrib.auth.models import User
from django.db.models import QuerySet


def staff() -> QuerySet[User]:
    """Return everybody with an account, with their roles."""
    return User.objects.prefetch_related("held_roles").order_by("email", "pk")
