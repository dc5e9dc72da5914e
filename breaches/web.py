"""What every page needs; knows no table but User."""

import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import unquote

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

from breaches.errors import Refused, is_out_of_room

View = Callable[..., HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # "no-referrer" makes browsers send `Origin: null` with our own forms, which CSRF then refuses.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Frame-Options": "DENY",
}


class Sight(Protocol):
    """What one reader may not see."""

    def shut(self, texts: Sequence[str], /) -> Collection[int]:
        """Return the numbers of the texts that are to be withheld, be it all or a part of one."""
        ...


class StaffRequest(HttpRequest):
    """A request that has passed a gate, so that `user` is a signed-in person."""

    user: User
    sight: Sight


class SecurityHeaders:
    """Put the same strict headers on every answer, errors included (ASVS 5.0, 3.4)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        return response


class NoNulInAddresses:
    """Answer 400 to an address with a NUL in it: no text column of PostgreSQL can hold one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in unquote(request.META["QUERY_STRING"]) or "\x00" in request.path:
            raise BadRequest("NUL in an address")
        return self.get_response(request)


class NoRoomLeft(BadRequest):
    """What was sent finds no room on this machine; its reader can do nothing about that."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a request was put together wrongly, or that there is no room for it."""
    if isinstance(exception, NoRoomLeft):
        return _no_room()
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something is wrong here, or that the disk is full."""
    if is_out_of_room(sys.exc_info()[1]):
        return _no_room()
    return defaults.server_error(request)


def _no_room() -> HttpResponse:
    return HttpResponse(render_to_string("507.html"), status=HTTPStatus.INSUFFICIENT_STORAGE)


def page_of(request: HttpRequest, items: Any, per_page: int = 50) -> Page[Any]:
    """Return the page of `items` that `?page=` asks for, or the nearest there is."""
    return Paginator(items, per_page).get_page(request.GET.get("page"))


def answer_refusal(request: HttpRequest, refusal: Refused) -> None:
    """Show the text of a refusal on the next page."""
    messages.error(request, str(refusal))


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do what was asked and say `done`, or why not; return whether it was done."""
    try:
        act()
    except Refused as refusal:
        answer_refusal(request, refusal)
        return False
    messages.success(request, done)
    return True


def attempt_form(
    request: HttpRequest, form: forms.Form, act: Callable[[], object], done: str
) -> bool:
    """Attempt what a form asks for; of a form with faults say the first."""
    if form.is_valid():
        return attempt(request, act, done)
    messages.error(request, "Not saved: " + first_fault(form))
    return False


def in_place_of(fresh: Iterable[forms.Form], typed: forms.Form | None) -> list[forms.Form]:
    """Return the forms of a page, the one that was `typed` and not taken in place of its like."""
    return [typed if typed is not None and type(typed) is type(form) else form for form in fresh]


class Day(forms.DateInput):
    """A date in the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def first_fault(form: forms.Form) -> str:
    """Return the first fault of a form that answers with a message, with the field's name."""
    field, faults = next(iter(form.errors.items()))
    if field not in form.fields:
        return str(faults[0])
    label = form.fields[field].label or field.replace("_", " ").capitalize()
    return f"{label}: {faults[0]}"
