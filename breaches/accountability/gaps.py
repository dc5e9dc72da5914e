"""What our own records cannot say: gaps of the logs, and recipients nobody has named."""

from collections.abc import Iterator
from typing import NamedTuple

from breaches.accountability.models import Unknown
from breaches.accountability.rows import called
from breaches.downloads.queries import logs_of, web_exposures
from breaches.downloads.reporting import gaps_of
from breaches.incidents.models import Incident
from breaches.recipients.models import Recipient
from breaches.recipients.queries import known_recipients
from breaches.recipients.rules import is_known
from breaches.vault import blind


class Gap(NamedTuple):
    """One thing that our records do not say, and what would settle it."""

    kind: str
    way: str
    what: str
    how: str
    recipient: Recipient | None = None

    def origin(self, incident: Incident) -> str:
        """Return by what a gap is known again."""
        return blind.index(incident.key_name, "unknown", f"{self.kind}|{self.what}")


def found(incident: Incident) -> list[Gap]:
    """Return what the records do not say and nobody has noted."""
    noted = set(Unknown.objects.filter(incident=incident).values_list("origin", flat=True))
    gaps = [*_of_logs(incident), *_of_recipients(incident)]
    return [gap for gap in gaps if gap.origin(incident) not in noted]


def _of_logs(incident: Incident) -> Iterator[Gap]:
    for exposure in web_exposures(incident):
        for caution in gaps_of(exposure, logs_of(exposure)):
            if caution.is_gap:
                how = "The missing log, or a sworn statement that it is gone and why."
                yield Gap("log", "log_request", caution.text, how)


def _of_recipients(incident: Incident) -> Iterator[Gap]:
    for recipient in known_recipients(incident).select_related("incident"):
        document = recipient.document
        if not document["address"] or is_known(recipient.kind, recipient.identity_level):
            continue
        shown = called(recipient)
        if document["network"]:
            what = f"Who used {shown}, an address of {document['network']}"
            how = "The provider's record of its subscriber at that second: preserve, then subpoena."
            yield Gap("subscriber", "subpoena", what, how, recipient)
        else:
            what = f"Which provider {shown} belongs to"
            how = "The registry of addresses (RDAP), or the holder's own answer."
            yield Gap("provider", "question", what, how, recipient)
