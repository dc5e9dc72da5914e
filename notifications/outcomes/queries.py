"""Where an incident stands, and what needs a person next."""

from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse

from breaches.incidents.models import Incident
from breaches.leaks.models import FileStatus, SourceFile
from breaches.matching.queries import affected, figures, latest_run, ready_files
from breaches.recipients.models import Demand, DemandStatus
from notifications.letters.models import Letter
from notifications.notices.models import Notice, NoticeStatus
from notifications.outcomes.coverage import Coverage
from notifications.printing.models import PrintRun
from notifications.wording.models import TemplateVersion, VersionStatus


class Todo(NamedTuple):
    """Something that waits for a person, and where to do it."""

    words: str
    href: str


def coverage(incident: Incident) -> Coverage:
    """Return the ledger of the first notice: affected = sent + excluded + held + pending."""
    people = affected(incident)
    told = Notice.objects.filter(
        incident=incident, purpose="initial", affected__withdrawn_at=None
    ).aggregate(
        sent=Count("pk", Q(status=NoticeStatus.SENT)),
        excluded=Count("pk", Q(status=NoticeStatus.EXCLUDED)),
        held=Count("pk", Q(status=NoticeStatus.HELD)),
    )
    return Coverage(people.count(), **told)


def todos(incident: Incident) -> list[Todo]:
    """Return what needs a person next, in the order of the job."""
    found = figures(incident)
    mapping = SourceFile.objects.filter(incident=incident, status=FileStatus.MAPPING).count()
    drafts = Demand.objects.filter(incident=incident, status=DemandStatus.DRAFT).count()
    counted = _letters(incident)
    asked = [
        (not incident.exposures.exists(), "Say where the data stood open", "incidents:detail"),
        (not incident.files.exists(), "Hand in the leaked file", "leaks:list"),
        (mapping, f"{mapping} leaked file: say what its columns hold", "leaks:list"),
        (_unmatched(incident), "Find out who is in the file", "matching:list"),
        (found.in_review, f"{found.in_review} pairs wait for a reviewer", "matching:list"),
        (not incident.logs.exists(), "Import the server's log", "downloads:list"),
        (drafts, f"{drafts} demands wait for a second person", "recipients:list"),
        (counted["held"], f"{counted['held']} notices are held", "notices:held"),
        (counted["unrouted"], f"{counted['unrouted']} people have no notice yet", "notices:held"),
        (counted["unordered"], f"{counted['unordered']} letters can be ordered", "letters:list"),
        (counted["built"], f"{counted['built']} print runs wait to be released", "printing:list"),
    ]
    return [
        Todo(words, reverse(name, args=[incident.pk])) for is_open, words, name in asked if is_open
    ]


def wordings_to_approve() -> int:
    """Return how many texts wait for a second person."""
    return TemplateVersion.objects.filter(status=VersionStatus.IN_REVIEW).count()


def _unmatched(incident: Incident) -> bool:
    return ready_files(incident).exists() and latest_run(incident) is None


def _letters(incident: Incident) -> dict[str, int]:
    notices = Notice.objects.filter(incident=incident, affected__withdrawn_at=None)
    ready = notices.filter(status=NoticeStatus.READY)
    made = Letter.objects.filter(incident=incident).values("notice")
    return {
        "held": notices.filter(status=NoticeStatus.HELD).count(),
        "unrouted": affected(incident).exclude(notices__purpose="initial").count(),
        "unordered": ready.exclude(pk__in=made).count(),
        "built": PrintRun.objects.filter(incident=incident, status="BUILT").count(),
    }
