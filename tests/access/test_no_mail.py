"""No page sends mail; the way back in is a one-time link."""

import pytest
from django.core import mail

from tests.factories import make_user


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/password/reset/", "/account/email/"])
def test_pages_that_would_send_mail_lead_to_sign_in(client, path):
    user = make_user("auditor")

    answers = [client.get(path), client.post(path, {"email": user.email, "action_send": "1"})]

    assert {answer["Location"] for answer in answers} == {"/account/login/"}
    assert not mail.outbox
