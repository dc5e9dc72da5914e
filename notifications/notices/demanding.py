"""A letter to a recipient, decided: where it goes, in which wording, or why it is held."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.timezone import localdate, localtime

from breaches.clawback import machine
from breaches.clawback.working_days import Unit, due
from breaches.demands import actions as demands
from breaches.demands.actions import NotToBeWritten, check_may_be_written_to
from breaches.demands.models import Demand
from breaches.demands.rules import BASIS_SENTENCES, SENDING
from breaches.matching.models import AffectedPerson
from notifications.notices.drafting import Draft
from notifications.notices.facts import incident_values
from notifications.notices.models import NoticeStatus
from notifications.notices.routing import Held, Route, to_address
from notifications.notices.secrecy import given_away
from notifications.wording import fields
from notifications.wording.fields import Value
from notifications.wording.models import TemplateVersion
from notifications.wording.queries import active_version

LANGUAGE = "en"
ON_PAPER = {"post", "counsel"}
ANSWER_DAYS = 14
SECRET = ("name", "elements", "recipients", "demands")


def draft_letter(demand: Demand, people: Callable[[], Iterable[str]]) -> Draft:
    """Decide the letter of an approved demand; `people` gives the names on the list."""
    version = active_version(demand.purpose, LANGUAGE)
    lines, addressee = _place(demand)
    found = to_address(addressee, lines, "contact that was checked")
    held = found if isinstance(found, Held) else _hold(demand, version, people)
    document: dict[str, Any] = {
        "spoken": LANGUAGE,
        "name": addressee,
        "inputs": _inputs(addressee, lines),
    }
    if isinstance(found, Route):
        document |= {"addressee": found.addressee, "lines": list(found.lines), "rule": found.rule}
    if held:
        return Draft(NoticeStatus.HELD, held.code, held.note, version, LANGUAGE, document)
    return Draft(NoticeStatus.READY, "", "", version, LANGUAGE, document)


def read(demand: Demand) -> tuple[str, list[fields.Block]] | None:
    """Return subject and text of a letter as it would be printed today, if a wording is in use."""
    version = active_version(demand.purpose, LANGUAGE)
    if version is None:
        return None
    values = letter_values(demand) | {"reference": "…", "letter_date": "…"}
    return fields.fill(version.subject, values), fields.to_blocks(version.body, values)


def letter_values(demand: Demand) -> dict[str, Value]:
    """Return what a letter to a recipient says: the records, the basis, who asks.

    Nothing about any person in the file.
    """
    shared = incident_values(demand.incident, LANGUAGE)
    values: dict[str, Value] = {
        **{field: value for field, value in shared.items() if field not in SECRET},
        "records": demand.document["records"],
        "basis": BASIS_SENTENCES[demand.basis],
    }
    return values


def names_on_the_list(incident_id: int) -> list[str]:
    """Return the name of everybody in the file; everybody is opened, and nothing kept."""
    rows = AffectedPerson.objects.filter(incident=incident_id, withdrawn_at=None)
    rows = rows.only("key_name", "sealed")
    return [one.document.get("name", "") for one in rows.iterator(chunk_size=2000)]


def may_go(demand: Demand) -> bool:
    """Say whether the recipient may still be written to, by its case and by the danger."""
    try:
        check_may_be_written_to(demand.recipient)
    except NotToBeWritten:
        return False
    return bool(machine.targets_of(SENDING[demand.purpose], demand.recipient.case.status))


def report_posted(demand: Demand, by: User, at: datetime) -> None:
    """Tell the case that its letter is in the post."""
    on = localdate(at)
    due_on = due(localtime(at), ANSWER_DAYS, Unit.DAYS, demand.recipient.jurisdiction).date()
    demands.mark_sent(demand, "registered_mail", sent_on=on, due_on=due_on, by=by, at=at)


def _place(demand: Demand) -> tuple[tuple[str, ...], str]:
    contact = demand.contact
    opened = contact.document if contact else {"addressee": "", "lines": []}
    lines = tuple(opened["lines"])
    if contact and contact.kind not in ON_PAPER:
        lines = (f"By {contact.get_kind_display()}:", *lines)
    return lines, str(opened["addressee"])


def _hold(
    demand: Demand, version: TemplateVersion | None, people: Callable[[], Iterable[str]]
) -> Held | None:
    if not may_go(demand):
        return Held("not_to_go")
    if version is None:
        return Held("no_wording")
    values = letter_values(demand)
    text = f"{version.subject}\n{version.body}"
    given = {"reference": "-", "letter_date": "-"}
    if gaps := fields.missing(text, {**values, **given}):
        return Held("undefined_field", ", ".join(gaps))
    if codes := given_away(fields.fill(text, values), people()):
        return Held("gives_away", ", ".join(codes))
    return None


def _inputs(addressee: str, lines: tuple[str, ...]) -> dict[str, Any]:
    contact = {"lines": list(lines), "is_safe": False, "is_impounded": False,
               "is_do_not_contact": False}  # fmt: skip
    return {"name": addressee, "contacts": [contact], "counsel": None, "reasons": []}
