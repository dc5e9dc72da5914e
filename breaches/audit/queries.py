"""Questions to the audit log: is it whole, and what happened to one row."""

import hmac
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from django.db.models import Model, QuerySet

from breaches.audit import anchors
from breaches.audit.models import AuditEvent, ChainHead
from breaches.audit.rules import FIRST, link
from breaches.vault import keys

ANCHORS = "anchor file"


class Fault(NamedTuple):
    """Where a chain is broken, and how; or which line of the anchor file, and then how."""

    chain: str
    seq: int
    what: str

    @property
    def is_line(self) -> bool:
        """Say whether `seq` is the number of a line of the anchor file."""
        return self.chain == ANCHORS


Held = TypeVar("Held")


def history(subject: Model) -> QuerySet[AuditEvent]:
    """Return every event about `subject`, oldest first."""
    about = AuditEvent.objects.filter(subject=subject._meta.label, subject_id=str(subject.pk))
    return about.order_by("chain", "seq")


def events_of(chain: str) -> QuerySet[AuditEvent]:
    """Return the events of one chain, newest first."""
    return AuditEvent.objects.filter(chain=chain).order_by("-seq")


def standing(
    given: Collection[str], taken: str, what: Callable[[AuditEvent], Iterable[Held]]
) -> set[Held]:
    """Return what the log says was given and not taken since, such as the roles of staff."""
    found: set[Held] = set()
    events = AuditEvent.objects.filter(event__in=[*given, taken])
    for event in events.order_by("chain", "seq").iterator():
        change = found.difference_update if event.event == taken else found.update
        change(what(event))
    return found


def faults() -> Iterator[Fault]:
    """Yield every fault of every chain: an edit, a gap, a cut tail, a forged head."""
    anchored = anchors.latest()
    yield from _of_lines(anchored.broken)
    chains = set(ChainHead.objects.values_list("chain", flat=True)) | set(anchored.macs)
    chains |= set(AuditEvent.objects.values_list("chain", flat=True).distinct())
    for chain in sorted(chains):
        yield from _of_chain(chain, anchored.macs.get(chain, {}))


def faults_of(chain: str) -> Iterator[Fault]:
    """Yield the faults of one chain, and the lines of the anchor file that may be about it."""
    anchored = anchors.latest()
    yield from _of_lines(anchored.broken)
    yield from _of_chain(chain, anchored.macs.get(chain, {}))


def _of_lines(broken: Iterable[int]) -> Iterator[Fault]:
    for number in broken:
        yield Fault(ANCHORS, number, "cannot be read: cut off as the machine stopped, or changed")


def _of_chain(chain: str, anchored: Mapping[int, str]) -> Iterator[Fault]:
    key, previous, seq = keys.audit_key(), FIRST, 0
    for event in AuditEvent.objects.filter(chain=chain).order_by("seq").iterator():
        if event.seq != seq + 1:
            yield Fault(chain, seq + 1, "missing")
        if not hmac.compare_digest(link(key, previous, event.seq, event.body), event.mac):
            yield Fault(chain, event.seq, "changed")
        if anchored.get(event.seq, event.mac) != event.mac:
            yield Fault(chain, event.seq, "differs from its anchor")
        previous, seq = event.mac, event.seq
    head = ChainHead.objects.filter(chain=chain).first()
    if head is None or (head.seq, head.mac) != (seq, previous):
        yield Fault(chain, seq + 1, "cut off: the head says there is more, or other")
    if max(anchored, default=0) > seq:
        yield Fault(chain, seq + 1, "cut off: an anchor says there was more")
