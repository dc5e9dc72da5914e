"""Letters follow what leaked about a person, and the texts in use, until they are posted."""

from datetime import timedelta

import pytest
from django.urls import reverse

from breaches.incidents.actions import add_to_team
from breaches.matching.affecting import withdraw
from breaches.matching.models import AffectedPerson
from notifications.letters.actions import NothingToOrder, order_letters
from notifications.letters.models import Letter, Status
from notifications.notices.actions import prepare_notices, route_notices
from notifications.notices.models import Notice, NoticeStatus
from notifications.outcomes import hanging
from notifications.printing.actions import (
    NothingToPrint,
    Overtaken,
    build_run,
    freeze_run,
    release_run,
)
from notifications.wording.actions import Draft, approve_version, write_version
from notifications.wording.queries import active_version
from tests.factories import NOON, make_user
from tests.letters.makers import make_ready, make_rendered

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def undone():
    """Take every match back, as a reviewer's undo does."""
    withdraw(AffectedPerson.objects.all(), at=LATER)


def test_whom_no_row_speaks_of_any_more_is_put_in_no_run():
    incident = make_rendered()
    undone()

    with pytest.raises(NothingToPrint):
        freeze_run(incident, by=make_user(), at=LATER)

    notice = Notice.objects.get()
    assert (notice.status, notice.hold) == (NoticeStatus.HELD, "unmatched")


def test_who_is_matched_again_is_looked_at_again():
    incident = make_rendered()
    undone()
    with pytest.raises(NothingToOrder):
        order_letters(incident, by=make_user(), at=LATER)
    AffectedPerson.objects.update(withdrawn_at=None)

    order = prepare_notices(incident, "initial", by=make_user(), at=LATER)
    route_notices(order, at=LATER)

    assert Notice.objects.get().status == NoticeStatus.READY
    assert order_letters(incident, by=make_user(), at=LATER) == 1


def test_a_run_with_a_letter_on_a_taken_back_match_is_not_released():
    incident = make_rendered()
    run = freeze_run(incident, by=make_user(), at=NOON)
    build_run(run, at=NOON)
    run.refresh_from_db()
    undone()

    with pytest.raises(Overtaken, match="1 of its people"):
        release_run(run, by=make_user(), at=LATER)

    assert hanging.hanging(incident).exists()


def test_a_letter_on_other_rows_is_made_anew_also_after_somebody_looked(client):
    incident = make_rendered({"elements": ["full_name", "birth_date"]})
    user = make_user()
    add_to_team(incident, user, by=user, at=NOON)
    client.force_login(user)
    one = AffectedPerson.objects.get()
    one.elements, one.changed_at = ["birth_date"], LATER
    one.save()

    client.post(reverse("outcomes:look_at", args=[incident.pk, one.pk]))
    with pytest.raises(NothingToPrint):
        freeze_run(incident, by=user, at=LATER)

    assert order_letters(incident, by=user, at=LATER) == 1
    letter = Letter.objects.get()
    assert letter.status == Status.ORDERED
    assert len(letter.document["values"]["elements"]) == 1


def new_english_text():
    """Approve another English text, so that its translations are stale."""
    former = active_version("initial", "en")
    text = Draft("en", former.subject, f"{former.body}\nMore.")
    version = write_version(former.template, text, by=make_user(), at=LATER)
    approve_version(version, by=make_user(), at=LATER)
    return version


def test_a_stale_translation_stops_nobody_else_and_english_takes_its_place():
    incident = make_ready({"language": "en"}, {"language": "es"})
    version = new_english_text()

    assert order_letters(incident, by=make_user(), at=LATER) == 2

    assert set(Letter.objects.values_list("language", "version")) == {("en", version.pk)}


def test_where_english_will_not_do_only_readers_of_the_stale_text_wait():
    incident = make_ready({"language": "en"}, {"language": "es"}, english_will_do=False)
    new_english_text()

    assert order_letters(incident, by=make_user(), at=LATER) == 1

    held = Notice.objects.get(status=NoticeStatus.HELD)
    assert held.hold == "no_wording"


def test_a_letter_made_from_a_text_that_went_stale_is_put_in_no_run():
    incident = make_rendered({"language": "es"})
    new_english_text()

    with pytest.raises(NothingToPrint):
        freeze_run(incident, by=make_user(), at=LATER)

    assert order_letters(incident, by=make_user(), at=LATER) == 1
    assert Letter.objects.get().language == "en"
