"""What the demonstration came to, in figures."""

from collections.abc import Iterator

from django.db.models import Count

from breaches.downloads import queries as downloads
from breaches.downloads.counting import HOLDERS
from breaches.downloads.grades import GRADES
from breaches.incidents.models import Incident
from breaches.leaks.queries import row_counts
from breaches.matching import queries as matching
from breaches.recipients.queries import known_recipients
from notifications.letters.queries import made
from notifications.notices.models import Notice
from notifications.notices.queries import held_by_reason


def figures(incident: Incident) -> Iterator[tuple[str, str]]:
    """Yield what was counted, in the order of the work: a label and its value."""
    rows, found, run = row_counts(incident), matching.figures(incident), incident.runs.get()
    yield "rows", f"{rows.rows:,}"
    yield "people matched by rule", f"{found.by_rule:,}"
    yield "people matched by a reviewer", f"{found.by_reviewer:,}"
    yield "candidates in review", f"{found.in_review:,} (of {found.rows_in_review:,} rows)"
    yield "recipients", f"{known_recipients(incident).count()}"
    for grade, number in sorted(downloads.counts(incident).by_grade.items()):
        if grade in HOLDERS:
            yield f"  grade {grade}", f"{number} {GRADES[grade]}"
    yield "letters made", f"{made(incident):,}"
    for code, _, number in held_by_reason(incident):
        yield f"  held: {code.replace('_', ' ')}", f"{number:,}"
    yield "pages of the print run", f"{run.pages:,}"
    yield "coverage", _coverage(incident, found.affected)


def _coverage(incident: Incident, affected: int) -> str:
    of_status = Notice.objects.filter(incident=incident).values_list("status")
    notices = dict(of_status.annotate(Count("pk")).order_by())
    held, excluded = notices.get("HELD", 0), notices.get("EXCLUDED", 0)
    sent = notices.get("SENT", 0)
    pending = affected - sent - excluded - held
    parts = {"sent": sent, "excluded": excluded, "held": held, "pending": pending}
    return f"{affected:,} = " + " + ".join(f"{number:,} {name}" for name, number in parts.items())
