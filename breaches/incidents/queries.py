"""Which incidents somebody may see, and what is known of one."""

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet

from breaches.incidents.models import Incident, IncidentStatus, TeamMember
from breaches.vault import keys


def overlapping(incident: Incident, user: User) -> QuerySet[Incident]:
    """Return the other incidents of the same set that `user` may see."""
    if incident.in_set_id is None:
        return Incident.objects.none()
    return incidents_of(user).filter(in_set=incident.in_set_id).exclude(pk=incident.pk)


def incidents_of(user: User) -> QuerySet[Incident]:
    """Return the incidents on whose team `user` is, the newest first."""
    mine = TeamMember.objects.filter(user=user).values("incident")
    return Incident.objects.filter(pk__in=mine).annotate(members=Count("team")).order_by("-pk")


def possible_parents(incident: Incident, user: User) -> QuerySet[Incident]:
    """Return what `incident` may follow from: what `user` may see, and what it follows from now."""
    mine = incidents_of(user).values("pk")
    offered = Incident.objects.filter(Q(pk__in=mine) | Q(pk=incident.parent_id))
    return offered.exclude(pk=incident.pk).order_by("-pk")


def ended_with_key() -> list[Incident]:
    """Return the ended incidents whose key is stored: a worker died, or a backup came back."""
    ended = Incident.objects.filter(status=IncidentStatus.ENDED).order_by("pk")
    return [incident for incident in ended if keys.is_stored(incident.key_name)]
