"""The audit log as an auditor reads it: one chain, newest first, sifted as they ask."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import User

from breaches.audit import log, queries
from breaches.audit.models import AuditEvent
from breaches.web import StaffRequest, page_of

SIEVES = ("event", "actor", "subject", "subject_id")


class Line(NamedTuple):
    """One event in words: who is an address of staff, or the system."""

    event: AuditEvent
    who: str
    subject: str
    details: list[tuple[str, str]]


def of_chain(request: StaffRequest, chain: str, *, at: datetime) -> dict[str, Any]:
    """Return what a page about `chain` shows; the look is an event of that chain itself."""
    asked = {name: request.GET.get(name, "") for name in SIEVES}
    every = queries.events_of(chain)
    page = page_of(request, every.filter(**{name: said for name, said in asked.items() if said}))
    actors = sorted(set(every.order_by("actor").values_list("actor", flat=True).distinct()))
    names = _names(actors)
    context = {
        "page": page,
        "lines": _lines(page, names),
        "asked": asked,
        "is_sifted": any(asked.values()),
        "actors": [(actor, names.get(actor, actor)) for actor in actors],
        "events": every.order_by("event").values_list("event", flat=True).distinct(),
        "is_checked": "check" in request.GET,
    }
    if context["is_checked"]:
        context["faults"] = faults = list(queries.faults_of(chain))
        context["is_tampered"] = not all(fault.is_line for fault in faults)
    log.note("audit.opened", by=request.user, at=at, chain=chain, page=page.number)
    return context


def _lines(events: Iterable[AuditEvent], names: dict[str, str]) -> list[Line]:
    return [
        Line(
            event,
            names.get(event.actor, event.actor),
            event.subject.rpartition(".")[2],
            [
                (name.replace("_", " "), _said(value))
                for name, value in sorted(event.data.items())
                if value != []
            ],
        )
        for event in events
    ]


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one).replace("_", " ") for one in value)
    return "none" if value in (None, "") else str(value)


def _names(actors: Iterable[str]) -> dict[str, str]:
    users = User.objects.in_bulk([int(actor) for actor in actors if actor.isdecimal()])
    return {str(pk): user.email for pk, user in users.items()}
