"""The door of every page that is not about one incident."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from breaches.access.models import RoleHolder
from breaches.access.rules import PERMISSIONS, grants
from breaches.web import View


def roles_of(user: User | AnonymousUser) -> frozenset[str]:
    """Return the roles that an active person holds; asked once of the user of a request."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "_roles"):  # as Django keeps its permissions: a page asks twenty times
        held = RoleHolder.objects.filter(user=user).values_list("role", flat=True)
        user._roles = frozenset(held)  # type: ignore[attr-defined]
    found: frozenset[str] = user._roles  # type: ignore[attr-defined]
    return found


def may(user: User | AnonymousUser, permission: str) -> bool:
    """Say whether `user` holds a role that carries `permission`."""
    return grants(roles_of(user), permission)


def staff_may(permission: str) -> Callable[[View], View]:
    """Let signed-in staff with `permission` in; send strangers to sign in, answer 403 to others."""
    if permission not in PERMISSIONS:
        raise KeyError(permission)

    def guard(view: View) -> View:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]  # read by the guard test
        return guarded

    return guard
