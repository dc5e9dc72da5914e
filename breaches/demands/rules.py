"""What a demand says, what an answer is worth, when one is late. Pure."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

ANSWERS = {
    "deleted_attested": "deleted, signed statement",
    "deleted_unsigned": "deleted, not signed",
    "partly_deleted": "deleted in part",
    "returned": "returned",
    "refused": "refused",
    "denies_receipt": "denies having received it",
    "asks_for_authority": "asks on what authority",
    "onward_shared": "passed it on",
    "under_hold_sequestered": "sealed away under a legal hold",
    "bounced": "could not be delivered",
    "none": "answered without substance",
}
PURPOSES = {
    "preservation": "preserve and forward",
    "demand": "delete or return",
    "reminder": "reminder",
    "final_notice": "final notice",
}
BASES = {
    "consent": "request, on a voluntary basis",
    "contract": "contract or duty of confidence",
    "statute": "statute",
    "usc_2703f": "18 U.S.C. 2703(f), by a government agency",
    "civil_hold": "civil hold letter",
    "court_order": "court order",
    "gdpr_17": "GDPR art. 17 and 19",
    "cfr_208_6": "8 CFR 208.6, confidentiality of asylum",
    "terms": "terms of use",
}
BASIS_SENTENCES = {
    "consent": "We ask this of you; the people concerned have a right to it.",
    "contract": "You owe this under your contract and your duty of confidence.",
    "statute": "The law obliges you to this.",
    "usc_2703f": "A government agency asks this under 18 U.S.C. 2703(f); it binds for 90 days.",
    "civil_hold": "Litigation is to be expected; take this letter as notice to preserve evidence.",
    "court_order": "A court has ordered this.",
    "gdpr_17": "We ask this under articles 17 and 19 of the General Data Protection Regulation.",
    "cfr_208_6": "Information about asylum is confidential under 8 CFR 208.6.",
    "terms": "Your own terms of use oblige you to this.",
}
BASES_TO_PRESERVE = {"usc_2703f", "civil_hold", "court_order", "statute"}
YES_NO = {"no": "no", "yes": "yes", "unknown": "not known to the signer"}
SIGNATURES = {
    "wet": "by hand",
    "qualified": "qualified electronic signature",
    "portal": "in the portal, with one-time code",
}
METHODS = {
    "delete": "deleted",
    "clear": "overwritten (clear)",
    "purge": "purged",
    "destroy": "medium destroyed",
    "crypto_erase": "key destroyed",
    "returned": "returned",
    "held": "sealed away under a hold",
}
# Where a case goes by what was answered; a claim that leaves questions open is partial.
LEADS_TO = {
    "deleted_attested": "CLAIMED",
    "deleted_unsigned": "CLAIMED",
    "returned": "CLAIMED",
    "partly_deleted": "PARTIAL",
    "refused": "REFUSED",
    "denies_receipt": "ACKNOWLEDGED",
    "asks_for_authority": "NEGOTIATING",
    "onward_shared": "ACKNOWLEDGED",
    "under_hold_sequestered": "SEQUESTERED",
    "bounced": "UNDELIVERABLE",
    "none": "ACKNOWLEDGED",
}
# Which letter a clock that ran out is for.
CLOCKS = {
    "reminder": "reminder",
    "reminder_own_government": "reminder",
    "final_notice": "final_notice",
}
# What each kind of letter does to the case, and from where it may be written.
SENDING = {
    "preservation": "preservation_sent",
    "demand": "demand_sent",
    "reminder": "reminder_sent",
    "final_notice": "reminder_sent",
}
DELETIONS = {"deleted_attested", "deleted_unsigned"}
CHANNELS = {
    "registered_mail": "registered mail",
    "e_mail": "e-mail",
    "portal": "provider's portal",
    "isp_forward": "forwarded by the provider",
    "process_server": "process server",
    "by_hand": "by hand",
}
SHARING = {
    "": "did not say",
    "no": "says it was not shared",
    "yes": "says it was shared",
}
URL = re.compile(r"\b(?!hxxps?:)[a-z][a-z0-9+.-]*://|\bwww\.", re.I)


class Copy(NamedTuple):
    """One acquisition in the words of a demand."""

    file_name: str
    file_size: int | None
    file_sha256: str
    first_at: datetime | None
    last_at: datetime | None
    wording: str
    port: str = ""


class Standing(NamedTuple):
    """Where a recipient stands, in a code for the badge and in words."""

    code: str
    words: str


def first_choice(state: str) -> dict[str, str]:
    """Return the letter that a case in `state` most likely needs, and its basis."""
    if state in {"NEEDS_IDENTITY", "PRESERVING"}:
        return {"purpose": "preservation", "basis": "civil_hold"}
    return {"purpose": "demand" if state == "READY" else "reminder", "basis": "consent"}


def leads_to(kind: str, *, scope: str, sharing: str) -> str:
    """Return the state of the case after an answer."""
    if standing(kind, scope=scope, sharing=sharing).code == "PARTIAL":
        return "PARTIAL"
    return LEADS_TO[kind]


def record_lines(address: str, copies: Iterable[Copy]) -> list[str]:
    """Return what our records show, in lines of a letter.

    They name the file by name, size, SHA-256 and time, and the address. They never hold leaked
    data, a name from the list, or where a copy can still be found.
    """
    lines = [line for copy in copies for line in _copy(copy)]
    return [*lines, f"Client address: {address}"] if address else lines


def text_problem(text: str) -> str:
    """Say why `text` must not leave the house, or nothing."""
    if URL.search(text):
        return "A demand must not hold a web address: it would lead to the data."
    return ""


def standing(kind: str, *, scope: str, sharing: str) -> Standing:
    """Return what an answer is worth: "deleted" without scope and sharing is partial."""
    words = ANSWERS[kind]
    if kind in DELETIONS and not (scope.strip() and sharing):
        missing = [
            text
            for text, given in (("which copies", scope.strip()), ("whether it was shared", sharing))
            if not given
        ]
        return Standing("PARTIAL", f"{words}, but did not say {' nor '.join(missing)}")
    if kind in DELETIONS:
        return Standing("DELETED", f"{words}; {SHARING[sharing]}")
    return Standing(kind.upper(), words)


def is_overdue(status: str, due_on: date | None, today: date) -> bool:
    """Say whether a sent demand has waited longer than was given."""
    return status == "SENT" and due_on is not None and due_on < today


def file_name(locator: str) -> str:
    """Return the bare name of the file at `locator`, never the way to it."""
    bare = re.split(r"[?#]", locator, maxsplit=1)[0].rstrip("/")
    return bare.rpartition("/")[2] or "the file"


def _copy(copy: Copy) -> list[str]:
    size = f"{copy.file_size:,} bytes" if copy.file_size else "size not recorded"
    port = f", source port {copy.port}" if copy.port else ""
    return [
        f"File: {copy.file_name} ({size})",
        f"SHA-256 of the file: {copy.file_sha256 or 'not recorded'}",
        f"Requested {_when(copy.first_at)} to {_when(copy.last_at)}, good to a second{port}",
        f"Our records show: the client {copy.wording}",
    ]


def _when(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC" if at else "not known"
