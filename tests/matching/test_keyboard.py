"""The review desk in a real browser, without a mouse."""

import os

import pytest
from django.urls import reverse

from breaches.matching import queries
from tests.factories import make_user
from tests.matching.test_match import leaked, matched, registered

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_queue_is_walked_by_keyboard_alone(page, sign_in):
    user = make_user()
    registered(
        "C1,Ada,Doe,,1990-01-02,es\nC2,Bo,Roe,,1985-05-06,en\nC3,Cy,Poe,,1971-03-04,en\n"
        "C4,Di,Loe,A000000009,1980-03-04,en\n"
    )
    rows = "Doe,Ada,1990-02-01,,Cuba,x\nRoe,Bo,1985-05-06,,,\nPoe,Cy,1971-03-05,,,\n"
    incident = matched(leaked(rows + "Loe,Di,1980-03-04,A9,,\n", team=[user]))
    sign_in(user)

    page.goto(reverse("matching:review", args=[incident.pk]))
    assert queries.review_queue(incident).count() == 4
    shown(page, "list", incident)
    for key in ("m", "j", "k", "n", "u", "z", "u", "m"):
        with page.expect_navigation():
            page.keyboard.press(key)
    shown(page, "review", incident)

    statuses = sorted(row.status for row in incident.candidates.all())
    assert statuses == ["CONFIRMED", "REJECTED", "SECOND", "UNSURE"]
    one = queries.affected(incident).first()
    page.goto(reverse("matching:person", args=[incident.pk, one.pk]))
    assert page.get_by_role("heading", level=1).count() == 1
    shown(page, "person", incident)


def shown(page, name, incident):
    """Keep pictures of the pages, for whoever asks for them."""
    folder = os.environ.get("PICTURES")
    if not folder:
        return
    here = page.url
    if name == "list":
        page.goto(reverse("matching:list", args=[incident.pk]))
    for scheme in ("light", "dark"):
        for width in (1200, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=f"{folder}/{name}-{scheme}-{width}.png", full_page=True)
    page.goto(here)
