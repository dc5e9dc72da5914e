"""Pages are looked at in a real browser that sees this machine only."""

from tests.factories import make_user


def test_the_sign_in_page_asks_nobody_else(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/account/login/")

    assert asked
    assert all(url.startswith("http://localhost:") for url in asked), asked


def test_somebody_signed_in_is_not_sent_to_the_sign_in_page(page, sign_in):
    sign_in(make_user())

    page.goto("/")

    assert "/account/login/" not in page.url
