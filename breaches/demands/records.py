"""What our records show of a recipient's copies, in the words of a letter."""

from breaches.demands import rules
from breaches.downloads.grades import GRADES
from breaches.downloads.models import Acquisition
from breaches.downloads.queries import events_behind
from breaches.recipients.models import DisclosureCopy, Recipient
from breaches.recipients.queries import counting_copies

MOST_PORTS = 5


def of(recipient: Recipient) -> list[rules.Copy]:
    """Return every copy that counts, the earliest first."""
    return [_copy(row) for row in counting_copies(recipient)]


def _copy(row: DisclosureCopy) -> rules.Copy:
    exposure, got = row.exposure, row.acquisition
    return rules.Copy(
        file_name=rules.file_name(exposure.locator) if exposure else "the file",
        file_size=exposure.file_size if exposure else None,
        file_sha256=exposure.file_sha256 if exposure else "",
        first_at=got.first_at if got else None,
        last_at=got.last_at if got else None,
        wording=GRADES.get(row.current_grade, GRADES["U"]),
        port=_ports(got) if got else "",
    )


def _ports(got: Acquisition) -> str:
    """Return the source ports that the log kept: behind a shared address they name a subscriber."""
    events = events_behind(got)[:MOST_PORTS]
    ports = dict.fromkeys(str(event.document.get("port") or "") for event in events)
    return ", ".join(port for port in ports if port)
