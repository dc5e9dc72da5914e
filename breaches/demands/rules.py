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
URL = re.compile(r"[a-z][a-z0-9+.-]*://|\bwww\.", re.I)


class Copy(NamedTuple):
    """One acquisition in the words of a demand."""

    file_name: str
    file_size: int | None
    file_sha256: str
    first_at: datetime | None
    last_at: datetime | None
    wording: str


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


def demand_text(purpose: str, holder: str, address: str, copies: Iterable[Copy]) -> str:
    """Return the text of a demand.

    It names the file by name, size, SHA-256 and time, and the address. It never holds leaked
    data, a name from the list, or where a copy can still be found.
    """
    asked = FORWARD if purpose == "preservation" else DELETE
    parts = [OPENING.format(holder=holder), *map(_copy, copies), f"Client address: {address}"]
    return "\n\n".join([*parts, *asked, CLOSING])


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


def _copy(copy: Copy) -> str:
    size = f"{copy.file_size:,} bytes" if copy.file_size else "size not recorded"
    lines = [
        f"File: {copy.file_name} ({size})",
        f"SHA-256: {copy.file_sha256 or 'not recorded'}",
        f"Time: {_when(copy.first_at)} to {_when(copy.last_at)}",
        f"What our records show: the client {copy.wording}.",
    ]
    return "\n".join(lines)


def _when(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC" if at else "not known"


OPENING = (
    "A file with confidential information about people was published by mistake by {holder}. "
    "Our server's records show that it was requested as follows."
)
FORWARD = (
    (
        "1. Preserve now, before anything else, the records that show which subscriber used this "
        "address at this time (with source port where you keep it), and confirm that you have."
    ),
    "2. Forward this notice to that subscriber within 24 hours.",
    "3. Tell us how a request for the subscriber's identity is to be served on you.",
)
DELETE = (
    (
        "1. Before you delete anything, preserve the records that show who opened, copied or "
        "received the file."
    ),
    (
        "2. Then delete every copy: devices, mail, cloud, backups, prints, derived data and "
        "models. If you are under a legal hold, seal the file away instead and tell us."
    ),
    (
        "3. State in writing, signed: which copies there were and how each was deleted; "
        "whether the file was opened, copied or shared, and with whom. "
        "Please leave no question unanswered."
    ),
)
CLOSING = (
    "Do not use, publish or pass on what the file holds. It may put lives at risk. "
    "Please do not send us the file or any part of it."
)
