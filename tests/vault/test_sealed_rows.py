"""A sealed row opens only where it belongs, and only while its key lives."""

import pytest

from breaches.evidence import actions
from breaches.evidence.models import Evidence
from breaches.vault import blind, keys, sealing
from tests.factories import NOON, make_incident, make_upload, make_user

pytestmark = pytest.mark.django_db


def make_evidence(content=b"x", incident=None):
    incident = incident or make_incident()
    return actions.take_in(
        incident, make_upload(content), kind="log", handed_over_by="J. Roe", by=make_user(), at=NOON
    )


def test_a_document_comes_back_as_it_was():
    evidence = make_evidence()

    assert Evidence.objects.get().document == {"handed_over_by": "J. Roe", "file_name": "file.csv"}
    assert b"J. Roe" not in bytes(evidence.sealed)


def test_a_ciphertext_moved_to_another_row_is_refused():
    incident = make_incident()
    one, other = make_evidence(b"1", incident), make_evidence(b"2", incident)

    one.sealed = other.sealed

    with pytest.raises(sealing.Tampered):
        _ = one.document


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_flipped_byte_is_refused(place):
    evidence = make_evidence()
    changed = bytearray(evidence.sealed)
    changed[place] ^= 1

    evidence.sealed = bytes(changed)

    with pytest.raises(sealing.Tampered):
        _ = evidence.document


def test_a_destroyed_key_ends_its_rows_and_indexes():
    evidence = make_evidence()

    keys.destroy(evidence.key_name)

    with pytest.raises(keys.KeyDestroyed):
        _ = evidence.document
    with pytest.raises(keys.KeyDestroyed):
        blind.index(evidence.key_name, "address", "192.0.2.1")


def test_a_new_master_key_opens_everything_after_rotation(settings):
    evidence = make_evidence()
    former = settings.MASTER_KEY
    settings.MASTER_KEY, settings.OLD_MASTER_KEYS = "ab" * 32, [former]

    keys.rotate()

    settings.OLD_MASTER_KEYS = []
    assert evidence.document["handed_over_by"] == "J. Roe"
    settings.MASTER_KEY, settings.OLD_MASTER_KEYS = former, ["ab" * 32]
    keys.rotate()


def test_equal_values_of_two_incidents_have_different_indexes():
    one, other = make_incident(), make_incident()

    indexes = {blind.index(i.key_name, "a_number", "A012345678") for i in (one, other)}

    assert len(indexes) == 2
