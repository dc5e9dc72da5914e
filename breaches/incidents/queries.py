"""Which incidents somebody may see, and what is known of one."""

from django.contrib.auth.models import User
from django.db.models import Count, QuerySet

from breaches.incidents.models import Incident


def incidents_of(user: User) -> QuerySet[Incident]:
    """Return the incidents on whose team `user` is, the newest first."""
    rows = Incident.objects.filter(team__user=user)
    return rows.annotate(members=Count("team", distinct=True)).order_by("-pk")
