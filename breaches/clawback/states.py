"""Where a clawback case can stand. Pure."""

from enum import StrEnum


class State(StrEnum):
    """A state of the case; the ones that close it say how far the proof goes."""

    DRAFT = "DRAFT"
    NEEDS_IDENTITY = "NEEDS_IDENTITY"
    PRESERVING = "PRESERVING"
    ID_PROCESS = "ID_PROCESS"
    READY = "READY"
    SENT = "SENT"
    DELIVERED = "DELIVERED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    NEGOTIATING = "NEGOTIATING"
    CLAIMED = "CLAIMED"
    EVIDENCE_REVIEW = "EVIDENCE_REVIEW"
    PARTIAL = "PARTIAL"
    REFUSED = "REFUSED"
    SILENT = "SILENT"
    UNDELIVERABLE = "UNDELIVERABLE"
    ESCALATED = "ESCALATED"
    COURT_PENDING = "COURT_PENDING"
    ORDERED = "ORDERED"
    ORDER_STAYED = "ORDER_STAYED"
    NON_COMPLIANT = "NON_COMPLIANT"
    REFERRED = "REFERRED"
    SEQUESTERED = "SEQUESTERED"
    CLOSED_ATTESTED = "CLOSED_ATTESTED"
    CLOSED_VERIFIED = "CLOSED_VERIFIED"
    CLOSED_ORDERED = "CLOSED_ORDERED"
    CLOSED_IMPOSSIBLE = "CLOSED_IMPOSSIBLE"
    CLOSED_NO_COPY = "CLOSED_NO_COPY"
    REOPENED = "REOPENED"


WORDS: dict[str, str] = {
    State.DRAFT: "to be sorted",
    State.NEEDS_IDENTITY: "not known who it is",
    State.PRESERVING: "records are being preserved",
    State.ID_PROCESS: "identity asked for by legal process",
    State.READY: "ready to be written to",
    State.SENT: "written to",
    State.DELIVERED: "demand delivered, no answer yet",
    State.ACKNOWLEDGED: "has answered, without settling it",
    State.NEGOTIATING: "under discussion",
    State.CLAIMED: "says it is deleted",
    State.EVIDENCE_REVIEW: "statement under review",
    State.PARTIAL: "deleted in part",
    State.REFUSED: "refuses",
    State.SILENT: "has not answered",
    State.UNDELIVERABLE: "could not be delivered",
    State.ESCALATED: "with counsel",
    State.COURT_PENDING: "before the court",
    State.ORDERED: "under a court order",
    State.ORDER_STAYED: "order stayed, its clock stands",
    State.NON_COMPLIANT: "has not obeyed the order",
    State.REFERRED: "referred to an authority",
    State.SEQUESTERED: "sealed away under a legal hold",
    State.CLOSED_ATTESTED: "closed: signed statement",
    State.CLOSED_VERIFIED: "closed: checked independently",
    State.CLOSED_ORDERED: "closed: order obeyed, declaration filed",
    State.CLOSED_IMPOSSIBLE: "closed: cannot be got back",
    State.CLOSED_NO_COPY: "closed: had no copy",
    State.REOPENED: "reopened: it has appeared again",
}
CLOSED = frozenset(state for state in State if state.startswith("CLOSED_"))
OPEN = frozenset(State) - CLOSED
PROOF = {
    0: "nothing",
    1: "a claim, spoken or by e-mail",
    2: "a signed statement",
    3: "a signed statement and an independent check",
    4: "a court's order and a filed declaration",
}
PROVEN = {State.CLOSED_ATTESTED: 2, State.CLOSED_VERIFIED: 3, State.CLOSED_ORDERED: 4}
CLAIMS = frozenset({State.CLAIMED, State.EVIDENCE_REVIEW, State.PARTIAL})


def proof_level(state: str) -> int:
    """Return how far a deletion is proven in `state`, 0 to 4 (NIST SP 800-88 for the kinds)."""
    return PROVEN.get(State(state), 1 if state in CLAIMS else 0)
