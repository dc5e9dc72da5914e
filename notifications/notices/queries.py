"""Who is to be told, who is held and why, and what a letter says to one person."""

from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from breaches.audit import leases
from breaches.demands.models import Demand, DemandStatus
from breaches.incidents.models import Incident
from breaches.matching.models import AffectedPerson
from breaches.matching.queries import affected
from breaches.people.queries import who_holds_impounded
from notifications.notices.demanding import letter_values
from notifications.notices.facts import incident_values, personal_values
from notifications.notices.models import Notice, NoticeOrder, NoticeStatus, OrderStatus
from notifications.notices.routing import HOLDS, MAY_PASS
from notifications.wording.fields import Value
from notifications.wording.models import Language, TemplateVersion, VersionStatus


def to_prepare(*, at: datetime) -> QuerySet[NoticeOrder]:
    """Return the orders that wait for a worker."""
    return leases.waiting(NoticeOrder, OrderStatus.ORDERED, OrderStatus.PREPARING, at=at)


def without_notice(incident: Incident, purpose: str) -> QuerySet[AffectedPerson]:
    """Return the affected people that nobody has routed a notice for."""
    done = Notice.objects.filter(incident=incident, purpose=purpose).values("affected")
    return affected(incident).exclude(pk__in=done)


def to_look_at_again(incident: Incident, purpose: str) -> QuerySet[Notice]:
    """Return the held notices that a new text or a better register may set free."""
    rows = Notice.objects.filter(incident=incident, purpose=purpose, status=NoticeStatus.HELD)
    rows = rows.filter(Q(hold__in=MAY_PASS) | changed_since(), affected__withdrawn_at=None)
    return rows.select_related("affected__person", "incident").order_by("pk").distinct()


def changed_since() -> Q:
    """Return whose person changed in the register since their notice was routed.

    Also the person that a record was merged into.
    """
    mine = Q(affected__person__changes__at__gte=F("status_at"))
    return mine | Q(affected__person__merged_into__changes__at__gte=F("status_at"))


def overtaken(incident: Incident) -> QuerySet[Notice]:
    """Return the ready notices of which something else may hold than when they were routed.

    Their person changed in the register or holds an impounded address, other leaked rows or none
    speak of them, or their text went out of use and none in its language took its place.
    """
    impounded = Q(affected__person__in=who_holds_impounded())
    other_rows = Q(affected__changed_at__gte=F("status_at"))
    in_use = TemplateVersion.objects.filter(
        template=OuterRef("version__template"),
        language=OuterRef("language"),
        status=VersionStatus.ACTIVE,
    )
    rows = Notice.objects.filter(incident=incident, status=NoticeStatus.READY)
    rows = rows.filter(
        changed_since() | impounded | other_rows | ~Exists(in_use), affected__isnull=False
    )
    return rows.select_related("affected__person", "incident").order_by("pk").distinct()


def ready(incident: Incident) -> QuerySet[Notice]:
    """Return the notices that may become letters, in a fixed order."""
    rows = Notice.objects.filter(incident=incident, status=NoticeStatus.READY)
    return (
        rows.filter(affected__withdrawn_at=None)
        .select_related("affected", "version")
        .order_by("pk")
    )


def held(incident: Incident, reason: str = "") -> QuerySet[Notice]:
    """Return the notices that need a person, by reason, or those of one reason."""
    rows = Notice.objects.filter(
        incident=incident, status=NoticeStatus.HELD, affected__withdrawn_at=None
    )
    rows = rows.filter(hold=reason) if reason in HOLDS else rows
    return rows.select_related("affected__person").order_by("hold", "pk")


def excluded(incident: Incident) -> QuerySet[Notice]:
    """Return the notices that a person took out, the latest first."""
    rows = Notice.objects.filter(incident=incident, status=NoticeStatus.EXCLUDED)
    return rows.filter(affected__withdrawn_at=None).order_by("-status_at", "pk")


def latest_order(incident: Incident) -> NoticeOrder | None:
    """Return the last pass over the affected people, or None."""
    return NoticeOrder.objects.filter(incident=incident).order_by("-pk").first()


def held_by_reason(incident: Incident) -> list[tuple[str, str, int]]:
    """Return code, words and number of each reason for holding, the most frequent first."""
    counted = held(incident).order_by().values_list("hold").annotate(number=Count("pk"))
    return sorted(
        ((code, HOLDS[code], number) for code, number in counted), key=lambda row: -row[2]
    )


def common_values(incident: Incident) -> dict[str, dict[str, Value]]:
    """Return what every letter of an incident says alike, by language; read once for many."""
    return {code: incident_values(incident, code) for code in Language.values}


def demands_without_letter() -> QuerySet[Demand]:
    """Return the approved letters to recipients that nobody has routed, sorted by incident."""
    rows = Demand.objects.filter(status=DemandStatus.APPROVED, notice=None)
    return _with_case(rows).order_by("incident", "pk")


def demands_to_look_at() -> QuerySet[Notice]:
    """Return the letters to recipients that have not gone out: ready, or held for a while."""
    passing = [*MAY_PASS, "not_to_go"]
    waiting = Q(status=NoticeStatus.READY) | Q(status=NoticeStatus.HELD, hold__in=passing)
    waiting |= Q(status=NoticeStatus.HELD, demand__status=DemandStatus.WITHDRAWN)
    rows = Notice.objects.filter(waiting, demand__isnull=False)
    return rows.select_related(
        "incident", "demand__recipient__case", "demand__contact", "demand__incident"
    ).order_by("incident", "pk")


def merge_values(
    notice: Notice, version: TemplateVersion, common: dict[str, dict[str, Value]] | None = None
) -> dict[str, Value]:
    """Return a new dict of what the wording's fields are for one person.

    Without the reference and the date, which the letter brings. A field with no value is left
    out, so that the letter is held rather than printed with a gap.
    """
    if notice.affected is None:
        return letter_values(notice.demand) if notice.demand else {}
    shared = common or {version.language: incident_values(notice.incident, version.language)}
    return shared[version.language] | personal_values(notice.affected, version.language)


def _with_case(rows: QuerySet[Demand]) -> QuerySet[Demand]:
    return rows.select_related("incident", "recipient__case", "contact")
