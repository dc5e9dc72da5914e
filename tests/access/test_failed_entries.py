"""Each step of coming in that fails is in the log, with nothing of what was typed."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse
from django.utils import timezone

from breaches.access import actions
from breaches.access.rules import MATCHER
from breaches.audit.models import AuditEvent
from tests.factories import make_user

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TYPED = "typed-by-somebody"
PASSKEYS = [{"id": TYPED}, {"id": TYPED, "rawId": "another"}, {"x": 1}, [TYPED]]


@pytest.fixture
def guarded():
    user = make_user(MATCHER)
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


@pytest.fixture
def at_the_second_step(client, guarded):
    """Give somebody whose link was right, and who is asked for the second factor."""
    client.post(f"/enter/{actions.make_entry_link(guarded, by=None, at=timezone.now())}/")
    return guarded


def failed():
    """Return what the log says of what failed; nothing typed is in it."""
    events = list(AuditEvent.objects.filter(event="login.failed").order_by("seq"))
    assert TYPED not in json.dumps([event.body for event in events])
    assert {event.actor for event in events} <= {"system"}
    return [event.data for event in events]


def test_a_wrong_password(client, guarded):
    client.post(reverse("account_login"), {"login": guarded.email, "password": TYPED})

    assert failed() == [{"step": "password"}]


def test_a_wrong_code_of_an_app_or_for_emergencies(client, at_the_second_step):
    client.post(reverse("mfa_authenticate"), {"code": TYPED})

    assert failed() == [{"step": "code", "user": at_the_second_step.pk}]


@pytest.mark.parametrize("sent", PASSKEYS, ids=str)
def test_a_wrong_passkey_beside_a_password(client, at_the_second_step, sent):
    client.post(reverse("mfa_authenticate"), {"credential": json.dumps(sent)})

    assert failed() == [{"step": "passkey", "user": at_the_second_step.pk}]


@pytest.mark.parametrize("sent", PASSKEYS, ids=str)
def test_a_wrong_passkey_alone(client, sent):
    client.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(sent)})

    assert failed() == [{"step": "passkey"}]


def test_a_wrong_code_or_passkey_before_something_delicate(client, guarded):
    Authenticator.objects.create(user=guarded, type=Authenticator.Type.WEBAUTHN, data={})
    client.force_login(guarded)

    client.post(reverse("mfa_reauthenticate"), {"code": TYPED})
    client.post(reverse("mfa_reauthenticate_webauthn"), {"credential": json.dumps(PASSKEYS[0])})

    assert [said["step"] for said in failed()] == ["code", "passkey"]


def test_a_right_code_is_no_failure(client, at_the_second_step):
    code = RecoveryCodes(
        Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    ).get_unused_codes()[0]

    client.post(reverse("mfa_authenticate"), {"code": code})

    assert client.session["_auth_user_id"] == str(at_the_second_step.pk)
    assert failed() == []


def test_a_spent_link_and_a_guessed_one(client, guarded):
    token = actions.make_entry_link(guarded, by=None, at=timezone.now())
    link = AuditEvent.objects.get(event="entry_link.made")

    for path in (token, token, TYPED):
        client.post(f"/enter/{path}/")

    assert failed() == [
        {"step": "link", "entry_link": int(link.subject_id)},
        {"step": "link", "entry_link": None},
    ]


def test_links_are_not_tried_without_end(client):
    answers = [client.post(f"/enter/{TYPED}/").status_code for _ in range(40)]

    assert answers[0] == 302
    assert answers[-1] == 429
    assert len(failed()) == answers.count(302)
