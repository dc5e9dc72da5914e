"""A session ends when nobody is there, and does nothing before its second factor is set up."""

from collections.abc import Callable
from time import time

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

# So old may be what a session remembers: a page that is read need not wait for what is written.
FRESH_SECONDS = 30
ALWAYS_OPEN = ("/account/", "/static/", "/enter/")


class SignedInSafely:
    """End idle sessions (ASVS 5.0, 7.3.1) and demand a second factor (6.3.3)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if self._is_idle(request):
                logout(request)
                return redirect(settings.LOGIN_URL)
            self._remember(request)
            if self._lacks_second_factor(request):
                return redirect("mfa_index")
        return self.get_response(request)

    @staticmethod
    def _is_idle(request: HttpRequest) -> bool:
        seen = request.session.get("seen")
        return seen is not None and time() - seen > settings.SESSION_IDLE.total_seconds()

    @staticmethod
    def _remember(request: HttpRequest) -> None:
        now = int(time())
        if now - request.session.get("seen", 0) >= FRESH_SECONDS:
            request.session["seen"] = now

    @staticmethod
    def _lacks_second_factor(request: HttpRequest) -> bool:
        if not settings.MFA_REQUIRED or request.path.startswith(ALWAYS_OPEN):
            return False
        return not is_mfa_enabled(request.user)
