"""Questions about letters."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count, F, Q, QuerySet

from breaches.incidents.models import Incident
from breaches.people.queries import sight_for
from notifications.letters.models import Hold, Letter, Status
from notifications.notices.models import Notice, NoticeStatus
from notifications.notices.queries import ready

# A worker renews its claim with every batch, some half second of work; a claim that grows old in
# the queue is given anew, and the old message then finds nothing to do.
LEASE_SECONDS = 15


def letters_of(incident: Incident) -> QuerySet[Letter]:
    """Return the letters of an incident in the order of their references."""
    letters = Letter.objects.filter(incident=incident).select_related("version", "pdf")
    return letters.order_by("reference")


def chosen(incident: Incident, *, status: str, hold: str) -> QuerySet[Letter]:
    """Return the letters of one status or one reason for holding; of all where none is named."""
    wanted = {"status": status, "hold": hold}
    return letters_of(incident).filter(**{name: value for name, value in wanted.items() if value})


def with_reference(incident: Incident, reference: str) -> Letter | None:
    """Return the letter of `incident` with that reference, or None."""
    return letters_of(incident).filter(reference=reference).first()


def troubles(incident: Incident) -> list[str]:
    """Return the codes of what puts letters off."""
    ordered = Letter.objects.filter(incident=incident, status=Status.ORDERED).exclude(trouble="")
    return sorted(set(ordered.values_list("trouble", flat=True)))


def withheld(letters: QuerySet[Letter], user: User) -> list[UUID]:
    """Return which of `letters` go to an address that was impounded and `user` may not see."""
    sight = sight_for(user)
    if not sight.hidden:
        return []
    # Where nothing was found to lead, and before that was kept, the lines themselves decide.
    unsure = letters.filter(leads_to="").select_related(None).only("key_name", "sealed")
    found = [one.pk for one in unsure if sight.withholds(one.document.get("lines", ()))]
    return [*found, *letters.filter(leads_to__in=sight.hidden).values_list("pk", flat=True)]


def to_order(incident: Incident) -> QuerySet[Notice]:
    """Return the notices that may go out and have no letter, or one that was held or overtaken."""
    held, made = Q(letter__status=Status.HELD), Q(letter__status=Status.RENDERED)
    overtaken = made & ~Q(letter__routed_at=F("status_at"))
    waiting = ready(incident).filter(Q(letter__isnull=True) | held | overtaken)
    return waiting.select_related("affected", "version", "letter", "incident", "demand__incident")


def demands_to_order(incident: Incident) -> QuerySet[Notice]:
    """Return the letters to recipients that may go out and have none yet, or a former one."""
    return to_order(incident).filter(demand__isnull=False)


def incidents_with_demands() -> QuerySet[Incident]:
    """Return the incidents with a letter to a recipient that may go out."""
    waiting = Notice.objects.filter(demand__isnull=False, status=NoticeStatus.READY)
    return Incident.objects.filter(pk__in=waiting.values("incident"))


def carried() -> QuerySet[Letter]:
    """Return the letters to recipients that went out by another way than our post."""
    rows = Letter.objects.filter(status=Status.RENDERED, notice__status=NoticeStatus.SENT)
    return rows.filter(notice__demand__isnull=False).order_by("pk")


def letter_of(incident: Incident, demand_id: UUID) -> Letter | None:
    """Return the letter of a demand, once it is ordered."""
    return letters_of(incident).filter(notice__demand_id=demand_id).first()


def unclaimed(*, at: datetime) -> QuerySet[Letter]:
    """Return the letters nobody is making: new ones, and those whose worker fell silent."""
    idle = Q(claimed_at__isnull=True) | Q(claimed_at__lt=_silent_since(at))
    return Letter.objects.filter(idle, status=Status.ORDERED)


def under_way(*, at: datetime) -> int:
    """Return how many letters a worker has, or has waiting in its queue."""
    claimed_at = _silent_since(at)
    return Letter.objects.filter(status=Status.ORDERED, claimed_at__gte=claimed_at).count()


def _silent_since(at: datetime) -> datetime:
    return at - timedelta(seconds=min(LEASE_SECONDS, settings.LEASE_SECONDS))


def claimed(token: UUID) -> QuerySet[Letter]:
    """Return the letters of one claim that are still to be made."""
    waiting = Letter.objects.filter(claim=token, status=Status.ORDERED)
    return waiting.select_related("version", "notice").order_by("pk")


def counts(incident: Incident) -> dict[str, int]:
    """Return how many letters of `incident` stand where."""
    letters = Letter.objects.filter(incident=incident)
    found = Counter(dict(letters.values_list("status").annotate(Count("pk")).order_by()))
    return {status: found[status] for status in Status.values}


def made(incident: Incident) -> int:
    """Return how many letters of `incident` are set, wherever they are now."""
    return Letter.objects.filter(incident=incident, pages__gt=0).count()


def held_by_reason(incident: Incident) -> list[tuple[str, str, int]]:
    """Return (code, reason in words, how many) for the letters that wait for a person."""
    held = Letter.objects.filter(incident=incident, status=Status.HELD)
    found = held.values_list("hold").annotate(number=Count("pk")).order_by("-number", "hold")
    return [(code, Hold(code).label, number) for code, number in found]
