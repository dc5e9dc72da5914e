"""Questions about staff."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet


def staff() -> QuerySet[User]:
    """Return everybody with an account, with their roles and whether a second factor is set up."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    everybody = User.objects.prefetch_related("held_roles").annotate(has_factor=Exists(factors))
    return everybody.order_by("email", "pk")
