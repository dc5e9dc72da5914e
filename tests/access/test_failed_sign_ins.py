"""Wrong passwords shut out the address they come from, and nobody else."""

import pytest
from django.conf import settings as configured

from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "seven herons over the lake"
TRIES = 10  # a minute and address


@pytest.fixture
def user():
    user = make_user()
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def sign_in(client):
    """Give a function that tries a name and password through a proxy; it says whether in."""

    def attempt(login, password, hops):
        data = {"login": login, "password": password}
        client.post("/account/login/", data, headers={"X-Forwarded-For": hops})
        return "_auth_user_id" in client.session

    return attempt


def fail_from(sign_in, hops):
    for number in range(TRIES):
        assert not sign_in(f"nobody{number}@example.org", "wrong", hops)


def test_behind_a_proxy_others_still_come_in(settings, sign_in, user):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    fail_from(sign_in, "203.0.113.9")

    assert not sign_in(user.email, PASSWORD, "203.0.113.9")
    assert sign_in(user.email, PASSWORD, "203.0.113.10")


def test_what_a_client_says_of_itself_does_not_make_it_another(settings, sign_in, user):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    fail_from(sign_in, "198.51.100.1, 203.0.113.9")

    assert not sign_in(user.email, PASSWORD, "198.51.100.2, 203.0.113.9")


def test_without_a_proxy_the_header_counts_for_nothing(sign_in, user):
    assert configured.ALLAUTH_TRUSTED_PROXY_COUNT == 0

    fail_from(sign_in, "203.0.113.9")

    assert not sign_in(user.email, PASSWORD, "203.0.113.10")
