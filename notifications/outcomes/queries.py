"""Where an incident stands."""

from typing import NamedTuple

from django.db.models import Count, FilteredRelation, Q

from breaches.demands.models import Demand, DemandStatus
from breaches.incidents.models import Incident
from breaches.leaks.queries import row_counts
from breaches.matching.queries import affected, figures
from breaches.recipients.queries import known_recipients
from notifications.letters.models import Status as LetterStatus
from notifications.letters.queries import counts, made
from notifications.notices.models import NoticeStatus
from notifications.outcomes.coverage import Coverage
from notifications.wording.models import Purpose


class Figure(NamedTuple):
    """A number of one stage, and the permission to see its page."""

    value: int
    label: str
    page: str
    permission: str


def coverage(incident: Incident, purpose: str = Purpose.INITIAL) -> Coverage:
    """Return the ledger of one purpose in one query, so that it adds up at any moment."""
    # At most one notice a person and purpose: the join doubles nobody.
    notice = FilteredRelation("notices", condition=Q(notices__purpose=purpose))
    people = affected(incident).select_related(None).order_by().annotate(told=notice)
    on_the_way = Q(told__status__in=[NoticeStatus.PENDING, NoticeStatus.READY])
    return Coverage(
        **people.aggregate(
            affected=Count("pk"),
            sent=Count("pk", Q(told__status=NoticeStatus.SENT)),
            excluded=Count("pk", Q(told__status=NoticeStatus.EXCLUDED)),
            held=Count("pk", Q(told__status=NoticeStatus.HELD)),
            pending=Count("pk", on_the_way | Q(told__status=None)),
        )
    )


def stages(incident: Incident) -> list[Figure]:
    """Return one or two figures of each stage, in the order of the job."""
    matched, letters = figures(incident), counts(incident)
    answered = Demand.objects.filter(incident=incident, status=DemandStatus.ANSWERED)
    return [
        Figure(row_counts(incident).rows, "leaked rows", "leaks:list", "file.view"),
        Figure(matched.affected, "people affected", "matching:list", "match.view"),
        Figure(matched.rows_in_review, "rows in review", "matching:list", "match.view"),
        Figure(
            known_recipients(incident).count(),
            "recipients",
            "accountability:list",
            "recipient.view",
        ),
        Figure(answered.count(), "demands answered", "accountability:list", "recipient.view"),
        Figure(made(incident), "letters made", "letters:list", "letter.view"),
        Figure(letters[LetterStatus.MAILED], "letters mailed", "printing:list", "run.view"),
    ]
