"""Notices and letters that hang on a match which changed."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from breaches.incidents.models import Incident
from breaches.matching.models import AffectedPerson
from breaches.matching.queries import changed
from notifications.letters.models import Status
from notifications.notices.models import Notice

ON_PAPER = {Status.IN_RUN, Status.MAILED}


class Hanging(NamedTuple):
    """Somebody whose match changed, and the notices and letters that hung on it."""

    affected: AffectedPerson
    name: str
    notices: list[Notice]


def hanging(incident: Incident) -> QuerySet[AffectedPerson]:
    """Return whose match changed after a notice was routed, or after a letter on paper was made."""
    at = OuterRef("changed_at")
    on_paper = Q(letter__status__in=ON_PAPER, letter__routed_at__lt=at)
    routed = Notice.objects.filter(Q(status_at__lt=at) | on_paper, affected=OuterRef("pk"))
    return changed(incident).filter(Exists(routed))


def opened(people: Iterable[AffectedPerson]) -> list[Hanging]:
    """Return changed people with what hung on them."""
    ids = [one.pk for one in people]
    notices = Notice.objects.filter(affected__in=ids).select_related("letter").order_by("pk")
    by_person: dict[UUID | None, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_person[notice.affected_id].append(notice)
    return [Hanging(one, one.document["name"], by_person[one.pk]) for one in people]
