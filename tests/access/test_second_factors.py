"""A second factor is sealed, is asked for behind a one-time link, and can be forgotten for one."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from breaches.access import actions
from breaches.access.rules import ADMINISTRATOR, MATCHER
from breaches.audit.models import AuditEvent
from tests.factories import NOON, make_user

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def guarded():
    user = make_user(MATCHER)
    TOTP.activate(user, SECRET)
    return user


def test_a_copy_of_the_database_does_not_show_it(guarded):
    assert SECRET not in str(Authenticator.objects.get().data)


def test_a_one_time_link_does_not_go_round_it(client, guarded):
    token = actions.make_entry_link(guarded, by=None, at=timezone.now())

    answer = client.post(f"/enter/{token}/")

    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


def test_an_administrator_lets_somebody_set_up_another(client, guarded):
    client.force_login(make_user(ADMINISTRATOR))
    assert "Lost their second factor" in client.get(reverse("access:staff")).content.decode()

    client.post(reverse("access:forget_factors", args=[guarded.pk]))

    assert not Authenticator.objects.exists()
    assert AuditEvent.objects.filter(event="second_factors.forgotten").count() == 1


def test_nobody_forgets_their_own(guarded):
    with pytest.raises(actions.OwnFactors):
        actions.forget_second_factors(guarded, by=guarded, at=NOON)

    assert Authenticator.objects.exists()


def test_whoever_has_the_machine_lets_the_only_administrator_in(client):
    admin, out = make_user(ADMINISTRATOR), StringIO()
    TOTP.activate(admin, SECRET)

    call_command("let_in", admin.email, site="http://testserver", stdout=out)
    client.post("/" + out.getvalue().split("testserver/")[1].strip())

    assert client.session["_auth_user_id"] == str(admin.pk)
    forgotten = AuditEvent.objects.get(event="second_factors.forgotten")
    assert forgotten.actor == "system"


def test_nobody_unknown_is_let_in():
    with pytest.raises(CommandError, match="Nobody has an account"):
        call_command("let_in", "stranger@example.org")
