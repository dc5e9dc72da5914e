"""Notices that are ready for a letter, and letters that are made."""

from notifications.letters import actions, queries
from notifications.letters.models import Letter
from notifications.notices.actions import prepare_notices, route_notices
from notifications.wording.actions import approve_version, install_starters
from notifications.wording.models import TemplateVersion, VersionStatus
from tests.factories import NOON, make_affected, make_exposure, make_incident, make_user

CONTACT = {
    "contact_name": "The Help Desk",
    "contact_phone": "1-800-555-0100",
    "contact_address": "PO Box 1, Springfield",
}


def approved_wording():
    if not TemplateVersion.objects.filter(status=VersionStatus.ACTIVE).exists():
        for version in install_starters(by=make_user(), at=NOON):
            approve_version(version, by=make_user(), at=NOON)


def make_ready(*people, **facts):
    """Make an incident whose `people` have a notice that is ready for a letter."""
    approved_wording()
    incident = make_incident(contact=CONTACT, **facts)
    make_exposure(incident=incident)
    for one in people or ({},):
        make_affected(incident, **one)
    order = prepare_notices(incident, "initial", by=make_user(), at=NOON)
    route_notices(order, at=NOON)
    return incident


def make_letters(*people, **facts):
    """Order letters for `people`; return the incident."""
    incident = make_ready(*people, **facts)
    actions.order_letters(incident, by=make_user(), at=NOON)
    return incident


def render_all(*, at=NOON):
    """Make every ordered letter, here."""
    while tokens := actions.claim_chunks(at=at):
        for token in tokens:
            actions.render_claim(token, at=at)


def make_rendered(*people, **facts):
    """Make letters for `people`; return the incident."""
    incident = make_letters(*people, **facts)
    render_all()
    return incident


def only_letter(incident) -> Letter:
    return queries.letters_of(incident).get()
