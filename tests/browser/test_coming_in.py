"""Coming in with a second factor, where it is compulsory: a code, and a passkey."""

import base64
import hmac
import re
import struct
import time

import pytest
from django.utils import timezone

from breaches.access.actions import make_entry_link
from tests.browser.looking import faults_here
from tests.factories import make_user

STEP = 30  # seconds that a code lives (RFC 6238)
PASSWORD = "seven herons over the lake"
IN_THE_MACHINE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _compulsory(settings):
    settings.MFA_REQUIRED = True


@pytest.fixture
def newcomer(page, live_server):
    """Somebody who has just pressed the button of their one-time link."""
    user = make_user("matcher")
    page.set_default_timeout(15_000)
    page.goto(f"/enter/{make_entry_link(user, by=None, at=timezone.now())}/")
    press(page, "Sign in")
    return user


@pytest.fixture
def authenticator(page):
    """The fingerprint reader of the machine, which always agrees."""
    machine = page.context.new_cdp_session(page)
    machine.send("WebAuthn.enable")
    return machine.send("WebAuthn.addVirtualAuthenticator", {"options": IN_THE_MACHINE})


def press(page, words):
    with page.expect_navigation():
        page.get_by_role("button", name=words).first.click()


def code_of(secret):
    """Return what an authenticator app shows now (RFC 6238 on RFC 4226)."""
    if STEP - time.time() % STEP < 3:  # it would be old before it is read
        time.sleep(3)
    moment = struct.pack(">Q", int(time.time()) // STEP)
    digest = hmac.digest(base64.b32decode(secret), moment, "sha1")
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def set_up_codes(page):
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("[name=code]").fill(code_of(secret))
    press(page, "Activate")
    return secret


def set_password(page):
    page.goto("/account/2fa/")
    page.get_by_text("Set a password").click()
    page.locator("[name=password2]").wait_for()
    found = faults_here(page)
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    press(page, "Set")
    return found


def test_a_newcomer_sets_up_a_code_first_and_comes_in_with_it(page, newcomer):
    page.goto("/incidents/1/")
    found = faults_here(page)
    page.get_by_text("Set it up").click()
    page.locator("[name=code]").wait_for()
    found += faults_here(page)

    secret = set_up_codes(page)
    assert page.url.endswith("/account/2fa/recovery-codes/")
    found += faults_here(page)
    found += set_password(page)
    page.goto("/account/login/")
    page.locator("[name=login]").fill(newcomer.email)
    page.locator("[name=password]").fill(PASSWORD)
    press(page, "Sign in")
    found += faults_here(page)
    page.goto("/")
    assert page.url.endswith("/account/2fa/authenticate/")
    page.locator("[name=code]").fill(code_of(secret))
    press(page, "Sign in")

    assert page.get_by_role("heading", name="Incidents").is_visible()
    assert not found, "\n".join(found)


def test_a_passkey_opens_the_door_alone(page, newcomer, authenticator):
    page.get_by_text("Add a passkey", exact=True).click()
    page.locator("[name=name]").wait_for()
    found = faults_here(page)
    page.locator("[name=name]").fill("Laptop")
    press(page, "Add")
    assert page.url.endswith("/account/2fa/recovery-codes/")
    page.goto("/account/2fa/")
    found += faults_here(page)
    page.goto("/account/logout/")
    press(page, "Sign out")
    page.goto("/account/login/")

    press(page, "Sign in with a passkey")

    page.wait_for_url(re.compile(r"//[^/]+/$"))
    assert page.get_by_role("heading", name="Incidents").is_visible()
    assert not found, "\n".join(found)
