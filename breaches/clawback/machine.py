"""Which event may follow which state of a case, what it must bring, and where it leads. Pure.

A state is never set by hand: it is what the events, replayed, lead to.
"""

from collections.abc import Iterable
from typing import NamedTuple

from breaches.clawback.states import CLOSED, OPEN, State

S = State


class Step(NamedTuple):
    """One kind of event.

    Without `targets` the case stays where it is. `asks` are what a person must bring:
    "reason", "evidence", "whom", "days". A step of `two_people` is proposed by one and
    confirmed by another.
    """

    words: str
    sources: frozenset[State]
    targets: frozenset[State] = frozenset()
    asks: tuple[str, ...] = ()
    two_people: bool = False


class NotReplayable(Exception):
    """The stored events do not lead where the table allows: somebody wrote past the door."""


def _step(words: str, sources: Iterable[State], *targets: State, **more: object) -> Step:
    return Step(words, frozenset(sources), frozenset(targets), **more)  # type: ignore[arg-type]


WRITTEN_TO = (S.SENT, S.DELIVERED, S.ACKNOWLEDGED, S.NEGOTIATING, S.PARTIAL, S.REFUSED, S.SILENT)
BEFORE_AN_ORDER = (S.READY, *WRITTEN_TO, S.ESCALATED, S.COURT_PENDING, S.REFERRED, S.NON_COMPLIANT)
ANSWERED = (S.ACKNOWLEDGED, S.NEGOTIATING, S.CLAIMED, S.PARTIAL, S.REFUSED, S.SEQUESTERED,
            S.ESCALATED, S.UNDELIVERABLE)  # fmt: skip
PROOF = ("reason", "evidence")

# Steps that a person records on the page of a case.
BY_HAND: dict[str, Step] = {
    "isp_forwarded": _step("The provider forwarded our notice and names nobody",
                           [S.NEEDS_IDENTITY, S.PRESERVING], S.SENT, asks=PROOF),
    "identity_known": _step("It is known who it is, without legal process",
                            [S.NEEDS_IDENTITY, S.PRESERVING], S.READY, asks=PROOF,
                            two_people=True),
    "process_started": _step("Ask for the identity by legal process",
                             [S.PRESERVING], S.ID_PROCESS, asks=PROOF, two_people=True),
    "identified": _step("The provider named the subscriber",
                        [S.ID_PROCESS], S.READY, asks=PROOF, two_people=True),
    "not_identifiable": _step("Nobody can be named: records gone, shared address, VPN",
                              [S.ID_PROCESS], S.CLOSED_IMPOSSIBLE, asks=PROOF, two_people=True),
    "delivered": _step("There is proof of delivery", [S.SENT], S.DELIVERED, asks=("evidence",)),
    "bounced": _step("It came back", [S.SENT], S.UNDELIVERABLE, asks=PROOF),
    "new_contact": _step("There is another way to reach them",
                         [S.UNDELIVERABLE], S.READY, asks=("reason",)),
    "talks_ended": _step("The talks have come to nothing",
                         [S.NEGOTIATING], S.REFUSED, asks=("reason",)),
    "denial_believed": _step("They had no copy after all; the raw lines were read",
                             [S.ACKNOWLEDGED], S.CLOSED_NO_COPY, asks=PROOF, two_people=True),
    "denial_disputed": _step("The records say otherwise", [S.ACKNOWLEDGED], S.NEGOTIATING,
                             asks=("reason",)),
    "accepted": _step("Accept the statement",
                      [S.EVIDENCE_REVIEW], S.CLOSED_ATTESTED, asks=("reason",)),
    "rejected": _step("Send the statement back", [S.EVIDENCE_REVIEW], S.NEGOTIATING,
                      asks=("reason",)),
    "checked": _step("A second method shows that it is gone",
                     [S.CLOSED_ATTESTED], S.CLOSED_VERIFIED, asks=PROOF),
    "rechecked": _step("Looked again: still gone", CLOSED, asks=("reason",)),
    "hold_noticed": _step("A legal hold forbids deletion", OPEN - {S.SEQUESTERED}, S.SEQUESTERED,
                          asks=PROOF),
    "hold_reviewed": _step("The hold was reviewed and stands", [S.SEQUESTERED], asks=("reason",)),
    "hold_lifted": _step("The hold was lifted in writing", [S.SEQUESTERED], S.READY, asks=PROOF,
                         two_people=True),
    "escalated": _step("Counsel decides to go further",
                       [S.SILENT, S.REFUSED, S.PARTIAL], S.ESCALATED, asks=("reason",),
                       two_people=True),
    "filed_in_court": _step("A motion was filed", [S.ESCALATED, S.REFERRED, S.NON_COMPLIANT],
                            S.COURT_PENDING, asks=PROOF),
    "motion_denied": _step("The court denied the motion", [S.COURT_PENDING], S.ESCALATED,
                           asks=PROOF),
    "referred": _step("Referred to an authority", [S.ESCALATED], S.REFERRED, asks=PROOF),
    "referral_returned": _step("The authority has decided", [S.REFERRED], S.ESCALATED, asks=PROOF),
    "irrevocable": _step("It cannot be called back; people are protected instead",
                         [S.NEEDS_IDENTITY, S.READY, S.UNDELIVERABLE, S.SILENT, S.REFUSED,
                          S.ESCALATED], S.CLOSED_IMPOSSIBLE, asks=PROOF, two_people=True),
    "removal_confirmed": _step("Fetched again from outside: it is gone",
                               [S.READY, *WRITTEN_TO], S.CLOSED_VERIFIED, asks=(*PROOF, "days")),
    "renewed": _step("Preservation renewed once", [S.PRESERVING], asks=PROOF),
}  # fmt: skip

# Steps that follow from something else that is recorded: a letter, an answer, an order.
BY_RECORD: dict[str, Step] = {
    "opened": _step("Case opened", [S.DRAFT]),
    "classified": _step("Sorted", [S.DRAFT], S.NEEDS_IDENTITY, S.READY),
    "preservation_sent": _step("Preservation letter sent", [S.NEEDS_IDENTITY], S.PRESERVING),
    "demand_sent": _step("Demand sent", [S.READY], S.SENT),
    "reminder_sent": _step("Reminder sent", [S.DELIVERED, S.SENT, S.SILENT]),
    # A subscriber to whom the provider forwarded our notice may answer before anybody is named.
    "answered": _step("Answer recorded", [S.PRESERVING, S.ID_PROCESS, *WRITTEN_TO], *ANSWERED),
    "attested": _step("Signed statement received", [S.CLAIMED, S.PARTIAL], S.EVIDENCE_REVIEW),
    "found_wanting": _step("Statement leaves questions open", [S.CLAIMED, S.PARTIAL], S.PARTIAL),
    "onward_shared": _step("Passed it on: a case of its own", OPEN - {S.DRAFT}),
    "onward_found": _step("Passed it on, it turns out", CLOSED, S.REOPENED),
    "reappeared": _step("The file has appeared again", CLOSED, S.REOPENED),
    "order_entered": _step("Court order entered", BEFORE_AN_ORDER, S.ORDERED),
    "order_modified": _step("Order modified", [S.ORDERED, S.ORDER_STAYED, S.NON_COMPLIANT]),
    "clause_met": _step("Clauses of the order obeyed", [S.ORDERED, S.NON_COMPLIANT]),
    "stayed": _step("Order stayed: its clock stands", [S.ORDERED, S.NON_COMPLIANT],
                    S.ORDER_STAYED),
    "stay_lifted": _step("Stay lifted: its clock runs on", [S.ORDER_STAYED], S.ORDERED),
    "order_gone": _step("Order vacated or reversed", [S.ORDERED, S.ORDER_STAYED, S.NON_COMPLIANT],
                        S.ESCALATED),
    "declared": _step("Declaration filed, clause by clause", [S.ORDERED, S.NON_COMPLIANT],
                      S.CLOSED_ORDERED),
}  # fmt: skip

# Steps that a clock takes.
BY_CLOCK: dict[str, Step] = {
    "ran_out": _step("A date has passed", State),
    "reminded": _step("First reminder due", [S.DELIVERED]),
    "final_notice": _step("Final notice due", [S.DELIVERED]),
    "fell_silent": _step("No answer", [S.DELIVERED, S.SENT], S.SILENT),
    "due_passed": _step("The order's date has passed", [S.ORDERED], S.NON_COMPLIANT),
    "taken_up": _step("Taken up again", [S.REOPENED], S.READY, S.NEEDS_IDENTITY),
}
STEPS = {**BY_HAND, **BY_RECORD, **BY_CLOCK}


def targets_of(event: str, state: str) -> frozenset[State]:
    """Return where `event` may lead from `state`; empty when it may not happen there."""
    step = STEPS[event]
    if state not in step.sources:
        return frozenset()
    return step.targets or frozenset({State(state)})


def moves() -> dict[str, set[str]]:
    """Return the table of moves that all steps together allow; the first is where a case begins."""
    table: dict[str, set[str]] = {state: set() for state in State}
    for event, step in STEPS.items():
        for state in step.sources:
            table[state] |= targets_of(event, state)
    return table


def possible_by_hand(state: str) -> list[str]:
    """Return the steps that a person can record now."""
    return [event for event, step in BY_HAND.items() if state in step.sources]


def replay(events: Iterable[tuple[str, str, str]]) -> State:
    """Return the state that (event, was, to) in a row lead to. Raises NotReplayable."""
    state = State.DRAFT
    for number, (event, was, to) in enumerate(events, 1):
        if was != state or to not in targets_of(event, state):
            raise NotReplayable(f"event {number}: {event} from {was} to {to}, but it was {state}")
        state = State(to)
    return state
