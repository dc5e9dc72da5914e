"""What one administrator cannot do alone: take a role, or come in as a colleague."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from breaches.access import actions
from breaches.access.gate import roles_of
from breaches.access.rules import ADMINISTRATOR, APPROVER, CASEWORKER, MATCHER
from breaches.audit.models import AuditEvent
from tests.conftest import see
from tests.factories import NOON, make_user

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "seven herons over the lake"
LATER = NOON + timedelta(days=3)


@pytest.fixture
def admin():
    return make_user(ADMINISTRATOR)


@pytest.fixture
def other():
    return make_user(ADMINISTRATOR)


@pytest.fixture
def colleague():
    """Somebody who works here: with a password, a second factor and an earlier sign-in."""
    user = make_user(APPROVER)
    user.set_password(PASSWORD)
    user.last_login = NOON - timedelta(days=1)
    user.save()
    TOTP.activate(user, SECRET)
    return user


@pytest.fixture
def unguarded(colleague):
    """Somebody who has been here and has no second factor, though nobody took it away."""
    Authenticator.objects.all().delete()
    return colleague


def test_nobody_gives_themselves_a_role(client, admin):
    client.force_login(admin)

    path = reverse("access:set_role", args=[admin.pk])
    page = client.post(path, {"role": CASEWORKER, "give": "1"}, follow=True).content.decode()

    assert "Nobody gives themselves a role" in page
    assert roles_of(User.objects.get(pk=admin.pk)) == {ADMINISTRATOR}
    assert not AuditEvent.objects.filter(event="role.given").exists()


def test_the_page_offers_nobody_a_role_of_their_own(client, admin, other):
    client.force_login(admin)

    page = see(client, "access:staff")

    assert f"Role for {other.email}" in page
    assert f"Role for {admin.email}" not in page


def test_another_administrator_gives_it(admin, other):
    actions.give_role(admin, CASEWORKER, by=other, at=NOON)

    assert roles_of(admin) == {ADMINISTRATOR, CASEWORKER}


def test_whoever_had_the_factors_forgotten_makes_no_link(client, admin, other, colleague):
    client.force_login(admin)
    told = client.post(
        reverse("access:forget_factors", args=[colleague.pk]), follow=True
    ).content.decode()

    refused = client.post(
        reverse("access:new_link", args=[colleague.pk]), follow=True
    ).content.decode()

    assert f"is made by: {other.email}" in told
    assert f"It is made by: {other.email}" in refused
    assert "/enter/" not in refused


def test_another_administrator_makes_that_link(client, admin, other, colleague):
    actions.forget_second_factors(colleague, by=admin, at=timezone.now())

    token = actions.make_entry_link(colleague, by=other, at=timezone.now())
    client.post(f"/enter/{token}/")

    assert client.session["_auth_user_id"] == str(colleague.pk)


def test_waiting_does_not_help(admin, other, colleague):
    actions.forget_second_factors(colleague, by=admin, at=NOON)

    with pytest.raises(actions.NeedsAnother):
        actions.make_entry_link(colleague, by=admin, at=LATER)


def test_with_a_new_factor_set_up_anybody_makes_a_link_which_asks_for_it(client, admin, colleague):
    actions.forget_second_factors(colleague, by=admin, at=NOON)
    TOTP.activate(colleague, SECRET)

    token = actions.make_entry_link(colleague, by=admin, at=timezone.now())
    client.post(f"/enter/{token}/")

    assert "_auth_user_id" not in client.session


def test_a_link_made_before_does_not_outlive_the_factors(admin, colleague):
    token = actions.make_entry_link(colleague, by=admin, at=NOON)

    actions.forget_second_factors(colleague, by=admin, at=NOON)

    with pytest.raises(actions.LinkSpent):
        actions.enter(token, at=NOON)


def test_nor_does_a_password_that_somebody_may_know(client, admin, colleague):
    actions.forget_second_factors(colleague, by=admin, at=NOON)

    client.post("/account/login/", {"login": colleague.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_the_only_administrator_is_told_the_command(admin, colleague):
    actions.forget_second_factors(colleague, by=admin, at=NOON)

    with pytest.raises(actions.NeedsAnother, match=f"run let-in {colleague.email}"):
        actions.make_entry_link(colleague, by=admin, at=NOON)


def test_one_hand_hires_a_newcomer(admin):
    newcomer = actions.add_staff("new@example.org", [MATCHER], by=admin, at=NOON)
    actions.give_role(newcomer, CASEWORKER, by=admin, at=NOON)

    token = actions.make_entry_link(newcomer, by=admin, at=NOON)

    assert actions.enter(token, at=NOON) == newcomer


def test_whoever_gives_a_role_to_no_newcomer_makes_no_link_for_a_day(admin, other, unguarded):
    actions.give_role(unguarded, CASEWORKER, by=admin, at=NOON)

    with pytest.raises(actions.NeedsAnother):
        actions.make_entry_link(unguarded, by=admin, at=NOON)
    assert actions.make_entry_link(unguarded, by=other, at=NOON)
    assert actions.make_entry_link(unguarded, by=admin, at=LATER)


def test_nor_does_a_link_made_before_carry_the_role(admin, unguarded):
    token = actions.make_entry_link(unguarded, by=admin, at=NOON)

    actions.give_role(unguarded, CASEWORKER, by=admin, at=NOON)

    with pytest.raises(actions.LinkSpent):
        actions.enter(token, at=NOON)
