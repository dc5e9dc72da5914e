"""A session ends in time, and does nothing before its second factor is set up."""

from collections.abc import Callable
from datetime import datetime
from time import time

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from breaches.access.session_store import opened

# So old may be what a session remembers: a page that is read need not wait for what is written.
FRESH_SECONDS = 30
ALWAYS_OPEN = ("/account/", "/static/", "/enter/")


def end_sessions_of(user: User, *, at: datetime) -> None:
    """Sign `user` out on every machine."""
    ended = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=at).iterator()
        if opened(session.session_data, session.pk).get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=ended).delete()


class SignedInSafely:
    """End idle and old sessions (ASVS 5.0, 7.3.1, 7.3.2); demand a second factor (6.3.3)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self._is_over(request):
            return self._sign_out(request)
        lacks = request.user.is_authenticated and self._lacks_second_factor(request)
        response = redirect("mfa_index") if lacks else self.get_response(request)
        if request.user.is_authenticated:  # asked again, as this may have been the sign-in itself
            self._remember(request)
        return response

    @staticmethod
    def _is_over(request: HttpRequest) -> bool:
        now, session = time(), request.session
        idle: float = now - session.get("seen", now)
        age: float = now - session.get("since", now)
        return idle > settings.SESSION_IDLE.total_seconds() or age > settings.SESSION_COOKIE_AGE

    @staticmethod
    def _sign_out(request: HttpRequest) -> HttpResponse:
        logout(request)
        if HtmxDetails(request):  # a redirect would put the sign-in page inside the page
            return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
        return redirect(settings.LOGIN_URL)

    @staticmethod
    def _remember(request: HttpRequest) -> None:
        now = int(time())
        if "since" not in request.session:
            request.session["since"] = request.session["seen"] = now
        elif not _is_poll(request) and now - request.session.get("seen", 0) >= FRESH_SECONDS:
            request.session["seen"] = now

    @staticmethod
    def _lacks_second_factor(request: HttpRequest) -> bool:
        if not settings.MFA_REQUIRED or request.path.startswith(ALWAYS_OPEN):
            return False
        return not is_mfa_enabled(request.user)


def _is_poll(request: HttpRequest) -> bool:
    """Say whether a page asks by itself how far the work is: that is nobody's presence."""
    return bool(HtmxDetails(request)) and request.path.endswith("/progress/")
