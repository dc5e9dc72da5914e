"""The clocks of a case: how long, in which states they run, and what happens at the end. Pure."""

from typing import NamedTuple

from breaches.clawback.states import CLOSED, State
from breaches.clawback.working_days import Unit

S = State
GONE = frozenset({S.CLOSED_ATTESTED, S.CLOSED_VERIFIED})


class Clock(NamedTuple):
    """One kind of clock. What `fires` is a step of the case; "ran_out" only calls a person."""

    words: str
    amount: int
    unit: str
    runs_in: frozenset[State]
    fires: str = "ran_out"


def _clock(words: str, amount: int, unit: str, *states: State, fires: str = "ran_out") -> Clock:
    return Clock(words, amount, unit, frozenset(states), fires)


HOURS, DAYS, WORKING = Unit.HOURS, Unit.DAYS, Unit.WORKING_DAYS
CLOCKS: dict[str, Clock] = {
    "preserve": _clock("Have the records preserved", 24, HOURS, S.NEEDS_IDENTITY, S.READY),
    # 18 U.S.C. 2703(f)(2): a government's request holds 90 days, and can be renewed once.
    "hold_ends_soon": _clock("Preservation ends in 15 days: renew it", 75, DAYS, S.PRESERVING),
    "hold_ends": _clock("Preservation has ended", 90, DAYS, S.PRESERVING),
    "preserve_reply": _clock("The provider should have confirmed", 14, DAYS, S.PRESERVING),
    "forward_reply": _clock(
        "No answer to the forwarded notice", 14, DAYS, S.SENT, fires="fell_silent"
    ),
    "process_reply": _clock("The provider should have named them", 30, DAYS, S.ID_PROCESS),
    "delivery": _clock("There should be proof of delivery", 2, WORKING, S.SENT),
    "reminder": _clock("Send a reminder", 7, DAYS, S.DELIVERED, fires="reminded"),
    "reminder_own_government": _clock(
        "Send a reminder", 2, DAYS, S.DELIVERED, fires="reminded"
    ),
    "final_notice": _clock("Send the final notice", 14, DAYS, S.DELIVERED, fires="final_notice"),
    "silence": _clock("Too long without an answer", 21, DAYS, S.DELIVERED, fires="fell_silent"),
    "attestation": _clock("The signed statement should have come", 7, DAYS, S.CLAIMED, S.PARTIAL),
    "talks": _clock("The talks should have moved", 7, DAYS, S.NEGOTIATING),
    "denial": _clock("Settle whether they had a copy", 5, WORKING, S.ACKNOWLEDGED),
    "review": _clock("Review the statement", 5, WORKING, S.EVIDENCE_REVIEW),
    "hold_review": _clock("Review the legal hold", 30, DAYS, S.SEQUESTERED),
    "order_due": _clock("The order is due", 0, DAYS, S.ORDERED, S.ORDER_STAYED,
                        fires="due_passed"),
    "contempt": _clock("Move for contempt", 3, WORKING, S.NON_COMPLIANT),
    "reverify_30": _clock("Check again after 30 days", 30, DAYS, *GONE),
    "reverify_90": _clock("Check again after 90 days", 90, DAYS, *GONE, S.CLOSED_ORDERED),
    "reverify_180": _clock("Check again after 180 days", 180, DAYS, *GONE),
    "reverify_365": _clock("Check again after a year", 365, DAYS, *CLOSED),
    "removal_expires": _clock("The removal ends in 30 days", 0, DAYS, S.CLOSED_VERIFIED),
    "take_up": _clock("Take the case up again", 0, HOURS, S.REOPENED, fires="taken_up"),
}  # fmt: skip
LADDER = ("reminder", "final_notice", "silence")
OWN_GOVERNMENT = ("reminder_own_government", "final_notice", "silence")
REVERIFY = ("reverify_30", "reverify_90", "reverify_180", "reverify_365")

AFTER: dict[str, tuple[str, ...]] = {
    "classified": ("preserve",),
    "preservation_sent": ("preserve_reply",),
    "renewed": ("hold_ends_soon", "hold_ends"),
    "isp_forwarded": ("forward_reply",),
    "process_started": ("process_reply",),
    "demand_sent": ("delivery",),
    "delivered": LADDER,
    "denial_disputed": ("talks",),
    "rejected": ("talks",),
    "attested": ("review",),
    "found_wanting": ("attestation",),
    "accepted": REVERIFY,
    "checked": REVERIFY,
    "hold_noticed": ("hold_review",),
    "hold_reviewed": ("hold_review",),
    "declared": ("reverify_90",),
    "not_identifiable": ("reverify_365",),
    "irrevocable": ("reverify_365",),
    "due_passed": ("contempt",),
    "reappeared": ("take_up",),
    "onward_found": ("take_up",),
    "taken_up": ("preserve",),
}
AFTER_ANSWER: dict[str, tuple[str, ...]] = {
    S.CLAIMED: ("attestation",),
    S.PARTIAL: ("attestation",),
    S.NEGOTIATING: ("talks",),
    S.ACKNOWLEDGED: ("denial",),
    S.SEQUESTERED: ("hold_review",),
}
# What somebody did about a clock that had run out, where the case stays in its state.
HANDLED_BY: dict[str, frozenset[str]] = {
    "rechecked": frozenset({*REVERIFY, "removal_expires"}),
    "renewed": frozenset({"preserve_reply"}),
    "reminder_sent": frozenset({"reminder", "reminder_own_government", "final_notice"}),
}


def set_by(event: str, to: str, *, kind: str, by_government: bool) -> tuple[str, ...]:
    """Return the clocks that `event` starts, for a recipient of `kind`.

    `by_government`: the one who asks is an agency, whose request to preserve binds 90 days.
    """
    if event == "answered":
        return AFTER_ANSWER.get(State(to), ())
    if event == "delivered" and kind == "government_own":
        return OWN_GOVERNMENT
    if event == "preservation_sent" and by_government:
        return ("hold_ends_soon", "hold_ends")
    return AFTER.get(event, ())
