"""What must be done before an incident may be ended."""

from collections.abc import Iterator

from breaches.clawback.models import ClawbackCase
from breaches.incidents.models import Incident, IncidentStatus
from breaches.leaks.models import LegalHold
from breaches.matching.queries import affected
from notifications.endings.models import Ending, EndingStatus
from notifications.letters.models import Letter
from notifications.letters.models import Status as LetterStatus
from notifications.notices.models import Notice, NoticeStatus
from notifications.notices.queries import without_notice
from notifications.wording.models import Purpose

SETTLED_NOTICES = (NoticeStatus.SENT, NoticeStatus.EXCLUDED)
SETTLED_LETTERS = (LetterStatus.MAILED, LetterStatus.CANCELLED)


def asked(incident: Incident) -> Ending | None:
    """Return the request that waits for a second person, or None."""
    return incident.endings.filter(status=EndingStatus.ASKED).select_related("asked_by").first()


def in_the_way(incident: Incident) -> list[str]:
    """Return, in words, what still needs the records of an incident; empty when nothing does."""
    return [words for number, words in _counted(incident) if number]


def _counted(incident: Incident) -> Iterator[tuple[int, str]]:
    is_open = incident.status == IncidentStatus.OPEN
    yield int(is_open), "The incident is open: close it first."
    holds = LegalHold.objects.filter(incident=incident, lifted_at=None).count()
    yield holds, f"{holds} legal holds on its files: only counsel can have them lifted."
    untold = without_notice(incident, Purpose.INITIAL).count()
    yield untold, f"{untold} affected people without a notice."
    people = affected(incident)
    notices = Notice.objects.filter(incident=incident).exclude(status__in=SETTLED_NOTICES)
    waiting = notices.filter(affected__in=people).count()
    yield waiting, f"{waiting} notices neither sent nor excluded."
    letters = Letter.objects.filter(incident=incident).exclude(status__in=SETTLED_LETTERS).count()
    yield letters, f"{letters} letters neither mailed nor cancelled."
    cases = ClawbackCase.objects.filter(incident=incident)
    still = cases.exclude(status__startswith="CLOSED_").count()
    yield still, f"{still} cases of recipients not closed."
