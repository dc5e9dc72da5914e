"""Who could see, and who did see."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain, islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, QuerySet

from breaches.audit import leases
from breaches.incidents.models import Exposure, Incident
from breaches.insiders import reach
from breaches.insiders.models import (
    AccessFile,
    AccessGrant,
    FileStatus,
    RecordView,
    SeenDecision,
)
from breaches.people.models import ImportStatus, Person, RegisterImport
from breaches.people.queries import everybody, the_register


class Figures(NamedTuple):
    """What the files of an incident say together."""

    accounts: int
    looked: int
    views: int
    people: int
    unknown_records: int
    without_record: int
    uncovered: int
    problems: int


class Account(NamedTuple):
    """One account, opened: what it was given, and what it did."""

    account: str
    name: str
    role: str
    since: datetime | None
    until: datetime | None
    key: str
    views: int
    people: int
    uncovered: int
    first: datetime | None
    last: datetime | None
    reach: str = ""  # why it could open the record that is asked about


class Look(NamedTuple):
    """One thing that was done, opened."""

    view: RecordView
    account: str
    words: str
    record: str
    task: str
    page: str
    query: str
    results: str


def to_read(*, at: datetime) -> QuerySet[AccessFile]:
    """Return the files that wait for a worker."""
    return leases.waiting(AccessFile, FileStatus.MAPPED, FileStatus.READING, at=at)


def to_link() -> QuerySet[Incident]:
    """Return the incidents whose records were looked up before the register last changed."""
    imported = RegisterImport.objects.filter(status=ImportStatus.IMPORTED)
    latest = imported.aggregate(at=Max("status_at"))["at"]
    merged = RecordView.objects.exclude(person__merged_into=None)
    wanted = Q(pk__in=merged.values("incident"))
    if latest:
        stale = AccessFile.objects.filter(status=FileStatus.READ, linked_at__lt=latest)
        wanted |= Q(pk__in=stale.values("incident"))
    return Incident.objects.filter(wanted)


def files_of(incident: Incident) -> QuerySet[AccessFile]:
    """Return the rosters and audit logs of an incident, oldest first."""
    return AccessFile.objects.filter(incident=incident).select_related("evidence").order_by("pk")


def figures(incident: Incident) -> Figures:
    """Return the figures of an incident."""
    views = RecordView.objects.filter(incident=incident)
    grants = AccessGrant.objects.filter(incident=incident)
    return Figures(
        accounts=_in_force(incident).values("account").distinct().count(),
        looked=views.values("account").distinct().count(),
        views=views.count(),
        people=views.exclude(person=None).values("person").distinct().count(),
        unknown_records=views.exclude(record="").filter(person=None).values("record").distinct()
        .count(),
        without_record=views.filter(record="").count(),
        uncovered=views.filter(is_covered=False).count(),
        problems=views.exclude(problem="").count() + grants.exclude(problem="").count(),
    )  # fmt: skip


def accounts(incident: Incident) -> list[Account]:
    """Return every account that was let in or did something, the busiest first."""
    did: dict[str, Mapping[str, Any]] = {
        row["account"]: row
        for row in RecordView.objects.filter(incident=incident)
        .order_by()
        .values("account")
        .annotate(
            views=Count("pk"),
            people=Count("person", distinct=True),
            uncovered=Count("pk", filter=Q(is_covered=False)),
            first=Min("at"),
            last=Max("at"),
        )
    }
    given: dict[str, list[AccessGrant]] = {}
    for grant in _in_force(incident).order_by("row_number"):
        given.setdefault(grant.account, []).append(grant)
    made = [_account(incident, index, given.get(index, []), did.get(index, {}))
            for index in {**did, **given}]  # fmt: skip
    return sorted(made, key=lambda one: (-one.people, -one.views, one.account))


def did_see(incident: Incident, person: Person) -> QuerySet[RecordView]:
    """Return what was done with the record of a person, in order of time."""
    return _in_order(RecordView.objects.filter(incident=incident, person=person))


def looks_of(incident: Incident, account: str) -> QuerySet[RecordView]:
    """Return what an account (its blind index) did, in order of time."""
    return _in_order(RecordView.objects.filter(incident=incident, account=account))


def could_see(incident: Incident, person: Person) -> list[Account]:
    """Return the accounts that could have opened the record of a person and did not, with why."""
    looked = set(did_see(incident, person).values_list("account", flat=True))
    where = reach.stays([person.pk])[person.pk]
    whys: dict[str, str] = {}
    for grant in reach.grants(_in_force(incident)):
        whys[grant.account] = whys.get(grant.account) or reach.why(grant, where)
    return [
        one._replace(reach=whys[one.key])
        for one in accounts(incident)
        if one.key not in looked and whys.get(one.key)
    ]


def reached(incident: Incident) -> Iterator[UUID]:
    """Yield everybody in the register whose record some account could open."""
    grants = reach.grants(_in_force(incident))
    register = the_register()
    if not grants or register is None:
        return
    ids = everybody(register).filter(merged_into=None).values_list("pk", flat=True)
    rows = ids.iterator(chunk_size=reach.PIECE)
    while piece := list(islice(rows, reach.PIECE)):
        where = reach.stays(piece)
        yield from (pk for pk in piece if any(reach.why(one, where[pk]) for one in grants))


def affected_by(decision: SeenDecision) -> Iterator[UUID]:
    """Yield whoever is affected by a decision, some of them twice."""
    seen = seen_people(decision.incident).values_list("pk", flat=True)
    could = reached(decision.incident) if decision.with_could else ()
    return chain(seen.iterator(chunk_size=reach.PIECE), could)


def to_settle() -> QuerySet[SeenDecision]:
    """Return the decisions made, or whose files were read, after they were last carried out."""
    rows = SeenDecision.objects.annotate(read_at=Max("incident__access_files__linked_at"))
    rows = rows.filter(Q(settled_at=None) | Q(settled_at__lt=F("read_at")))
    return rows.select_related("incident").order_by("pk")


def seen_people(incident: Incident) -> QuerySet[Person]:
    """Return whose records were opened, the most often opened first."""
    rows = Person.objects.filter(record_views__incident=incident)
    opened = Count("record_views", filter=Q(record_views__incident=incident))
    by = Count("record_views__account", filter=Q(record_views__incident=incident), distinct=True)
    return rows.annotate(times=opened, by=by).order_by("-times", "pk")


def people_of(incident: Incident) -> QuerySet[Person]:
    """Return the people this incident is about: affected, or with a record that was opened."""
    about = Q(record_views__incident=incident) | Q(affected_by__incident=incident)
    return Person.objects.filter(about).distinct()


def looks(views: Iterable[RecordView]) -> list[Look]:
    """Open the rows of one page."""
    return [_look(view) for view in views]


def _in_force(incident: Incident) -> QuerySet[AccessGrant]:
    """Return the grants that held at some time while a system of the incident stood open."""
    rows = AccessGrant.objects.filter(incident=incident)
    systems = list(Exposure.objects.filter(incident=incident, kind="system"))
    if not systems:
        return rows
    held = Q()
    for one in systems:
        ends = Q(revoked_at=None) | Q(revoked_at__gt=one.opened_at) if one.opened_at else Q()
        starts = Q(granted_at=None) | Q(granted_at__lt=one.closed_at) if one.closed_at else Q()
        held |= (ends & starts) if ends or starts else Q(pk__isnull=False)
    return rows.filter(held)


def _in_order(rows: QuerySet[RecordView]) -> QuerySet[RecordView]:
    rows = rows.select_related("file", "incident")
    return rows.order_by(F("at").asc(nulls_first=True), "file_id", "row_number")


def _account(
    incident: Incident, index: str, grants: list[AccessGrant], did: Mapping[str, Any]
) -> Account:
    documents = [grant.document for grant in grants]
    views = RecordView.objects.filter(incident=incident, account=index)
    named = documents[0] if documents else views[:1].get().document
    starts, ends = [row.granted_at for row in grants], [row.revoked_at for row in grants]
    return Account(
        account=named.get("account", ""),
        name=named.get("name", "") if documents else "",
        role=", ".join(dict.fromkeys(row["role"] for row in documents if row.get("role"))),
        since=min((at for at in starts if at), default=None) if None not in starts else None,
        until=max((at for at in ends if at), default=None) if None not in ends else None,
        key=index,
        views=did.get("views", 0),
        people=did.get("people", 0),
        uncovered=did.get("uncovered", 0),
        first=did.get("first"),
        last=did.get("last"),
    )


def _look(view: RecordView) -> Look:
    said = view.document
    parts = {name: said.get(name, "") for name in ("record", "task", "page", "query", "results")}
    words = said.get("action") or view.get_action_display()
    return Look(view=view, account=said.get("account", ""), words=words, **parts)
