"""The audit log shows an edit, a gap, a cut tail and a forged head."""

from datetime import timedelta

import pytest

from breaches.audit import anchors, log, queries
from breaches.audit.models import AuditEvent, ChainHead
from tests.factories import NOON, make_incident

pytestmark = pytest.mark.django_db


def make_chain(length=5):
    incident = make_incident()
    for minute in range(length):
        log.record(incident, "incident.read", by=None, at=NOON + timedelta(minutes=minute))
    return list(AuditEvent.objects.filter(chain=log.chain_of(incident)).order_by("seq"))


def faults():
    return [(fault.seq, fault.what) for fault in queries.faults()]


def test_a_whole_chain_has_no_fault():
    make_chain()

    assert faults() == []


def test_an_edit_is_found():
    event = make_chain()[1]

    AuditEvent.objects.filter(pk=event.pk).update(event="incident.closed")

    assert (event.seq, "changed") in faults()


def test_a_gap_is_found():
    event = make_chain()[1]

    event.delete()

    assert faults()[0] == (event.seq, "missing")


def test_a_cut_tail_is_found():
    last = make_chain()[-1]

    last.delete()

    assert [seq for seq, _ in faults()] == [last.seq]


def test_a_forged_head_is_found_by_its_anchor(settings, tmp_path):
    settings.ANCHOR_FILE = tmp_path / "anchors.jsonl"
    chain = make_chain()
    anchors.drop(at=NOON)
    last, before = chain[-1], chain[-2]

    last.delete()
    ChainHead.objects.filter(chain=before.chain).update(seq=before.seq, mac=before.mac)

    assert faults() == [(last.seq, "cut off: an anchor says there was more")]
