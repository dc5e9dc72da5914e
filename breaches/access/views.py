"""Staff, their roles, and the door of one-time links."""

from typing import cast

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.access import actions, queries, trail
from breaches.access.forms import RoleForm, StaffForm
from breaches.access.gate import staff_may
from breaches.access.permissions import table
from breaches.access.rules import ROLES
from breaches.audit import log
from breaches.errors import Refused
from breaches.web import StaffRequest, answer_refusal, attempt, page_of


@staff_may("staff.manage")
def staff(request: StaffRequest) -> HttpResponse:
    """List everybody with an account, and add somebody."""
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.add_staff(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            _show_link(request, user)
            return redirect("access:staff")
    page = page_of(request, queries.staff())
    context = {"form": form, "page": page, "roles": ROLES, "permissions": table()}
    return render(request, "breaches/access/staff.html", context)


@require_POST
@staff_may("staff.manage")
def set_role(request: StaffRequest, pk: int) -> HttpResponse:
    """Give or take one role."""
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        act = actions.give_role if form.cleaned_data["give"] else actions.take_role
        try:
            act(user, form.cleaned_data["role"], by=request.user, at=timezone.now())
        except Refused as refusal:
            answer_refusal(request, refusal)
    return redirect("access:staff")


@require_POST
@staff_may("staff.manage")
def new_link(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a one-time link for somebody who cannot come in."""
    user = get_object_or_404(User, pk=pk)
    try:
        _show_link(request, user)
    except Refused as refusal:
        answer_refusal(request, refusal)
    return redirect("access:staff")


@require_POST
@staff_may("staff.manage")
def forget_factors(request: StaffRequest, pk: int) -> HttpResponse:
    """Help somebody who has lost their second factor to set up another."""
    user = get_object_or_404(User, pk=pk)
    who = queries.who_else(user, request.user)
    attempt(
        request,
        lambda: actions.forget_second_factors(user, by=request.user, at=timezone.now()),
        f"{user.email} is signed out and must set up a new second factor. Their password is gone, "
        f"too; the one-time link by which they come in is made by: {who}.",
    )
    return redirect("access:staff")


@require_GET
@staff_may("audit.view")
def audit(request: StaffRequest) -> HttpResponse:
    """Read what happened outside every incident: sign-in, staff, the register."""
    context = trail.of_chain(request, log.SYSTEM, at=timezone.now())
    return render(request, "breaches/access/audit.html", context)


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a one-time link: a look shows a button, only the button spends the link."""
    if request.method == "POST":
        if refused := ratelimit.consume_or_429(request, action="login"):
            return cast("HttpResponse", refused)  # each try is written down
        try:
            user = actions.enter(token, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("account_login")
        # The link stands for a password: whoever has set up a second factor must still show it,
        # so that nobody who can make links can come in as somebody else.
        record_authentication(request, user, method="link", reauthenticated=True)
        return cast("HttpResponse", perform_login(request, user, redirect_url="/"))
    return render(request, "breaches/access/enter.html")


def _show_link(request: StaffRequest, user: User) -> None:
    token = actions.make_entry_link(user, by=request.user, at=timezone.now())
    link = request.build_absolute_uri(f"/enter/{token}/")
    messages.success(request, f"Hand this link over; it works once, for 24 hours: {link}")
