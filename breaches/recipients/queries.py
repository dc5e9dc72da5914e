"""Who has a copy, and which."""

from collections.abc import Iterable

from django.db.models import Exists, F, Min, OuterRef, Prefetch, Q, QuerySet

from breaches.downloads.counting import HOLDERS
from breaches.downloads.grades import best
from breaches.downloads.models import Acquisition, ClientClass
from breaches.incidents.models import Incident
from breaches.recipients.models import DisclosureCopy, Recipient, RecipientContact

# A robot's copy is a disclosure too; our own check is none.
COUNTING = Q(withdrawn_at=None, grade__in=list(HOLDERS)) & ~Q(client_class=ClientClass.OWN)
COUNTS = Q(acquisition=None) | (
    Q(acquisition__withdrawn_at=None, acquisition__grade__in=list(HOLDERS))
    & ~Q(acquisition__client_class=ClientClass.OWN)
)


def unrecognised(incident: Incident) -> QuerySet[Acquisition]:
    """Return what was got by clients that no recipient stands for yet."""
    rows = Acquisition.objects.filter(COUNTING, incident=incident, copy=None)
    return rows.select_related("exposure").order_by("first_at", "pk")


def incidents_to_recognise() -> QuerySet[Incident]:
    """Return the incidents with copies that no recipient stands for yet."""
    waiting = Acquisition.objects.filter(COUNTING, incident=OuterRef("pk"), copy=None)
    return Incident.objects.filter(Exists(waiting))


def known_recipients(incident: Incident) -> QuerySet[Recipient]:
    """Return everybody who has a copy that counts, was added by hand, or was ever written to."""
    holds = DisclosureCopy.objects.filter(COUNTS, recipient=OuterRef("pk"))
    written_to = Recipient.objects.filter(demands__isnull=False).values("pk")
    known = Exists(holds) | Q(network="") | Q(pk__in=written_to)
    rows = Recipient.objects.filter(known, incident=incident)
    rows = rows.annotate(first_copy=Min("copies__acquisition__first_at"))
    return rows.order_by(
        F("first_copy").asc(nulls_last=True), "recognised_at", "pk"
    ).prefetch_related(Prefetch("copies", _with_source(DisclosureCopy.objects.filter(COUNTS))))


def counting_copies(recipient: Recipient) -> QuerySet[DisclosureCopy]:
    """Return the copies of a recipient that count, the earliest first."""
    return _with_source(DisclosureCopy.objects.filter(COUNTS, recipient=recipient))


def grade_of(recipient: Recipient) -> str:
    """Return the gravest grade of what a recipient has or had, or nothing."""
    rows = DisclosureCopy.objects.filter(recipient=recipient).select_related("acquisition")
    return best_of(row for row in rows if row.is_current)


def best_of(copies: Iterable[DisclosureCopy]) -> str:
    """Return the gravest grade of `copies`."""
    return best(grade for copy in copies if (grade := copy.current_grade))


def contacts_of(recipient: Recipient) -> QuerySet[RecipientContact]:
    """Return the ways to reach a recipient, those that were checked first."""
    rows = RecipientContact.objects.filter(recipient=recipient)
    rows = rows.select_related("added_by", "verified_by")
    return rows.order_by(F("verified_at").asc(nulls_last=True), "added_at")


def _with_source(rows: QuerySet[DisclosureCopy]) -> QuerySet[DisclosureCopy]:
    return rows.select_related("acquisition", "exposure").order_by(
        F("acquisition__first_at").asc(nulls_last=True), "found_at", "pk"
    )
