"""Notices and letters that hang on a match which changed."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from breaches.incidents.models import Incident
from breaches.matching.models import AffectedPerson
from breaches.matching.queries import changed
from notifications.notices.models import Notice


class Hanging(NamedTuple):
    """Somebody whose match changed, and the notices and letters that hung on it."""

    affected: AffectedPerson
    name: str
    notices: list[Notice]


def hanging(incident: Incident) -> QuerySet[AffectedPerson]:
    """Return whose match changed after a notice was routed, the posted ones among them."""
    routed = Notice.objects.filter(affected=OuterRef("pk"), status_at__lt=OuterRef("changed_at"))
    return changed(incident).filter(Exists(routed))


def opened(people: Iterable[AffectedPerson]) -> list[Hanging]:
    """Return changed people with what hung on them."""
    ids = [one.pk for one in people]
    notices = Notice.objects.filter(affected__in=ids).select_related("letter").order_by("pk")
    by_person: dict[UUID | None, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_person[notice.affected_id].append(notice)
    return [Hanging(one, one.document["name"], by_person[one.pk]) for one in people]
