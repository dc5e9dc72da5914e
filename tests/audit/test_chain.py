"""The audit log shows an edit, a gap, a cut tail and a forged head."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

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


@pytest.fixture
def torn(settings, tmp_path):
    """Give an anchor file whose last line a power cut has torn off."""
    settings.ANCHOR_FILE = tmp_path / "anchors.jsonl"
    make_chain()
    anchors.drop(at=NOON)
    whole = settings.ANCHOR_FILE.read_bytes()
    settings.ANCHOR_FILE.write_bytes(whole + b'{"at": "2026-03-02T13:00:00+00:00", "cha')
    return whole.count(b"\n") + 1


def test_a_torn_anchor_is_named_by_its_line_and_the_rest_is_checked(torn):
    assert [(fault.chain, fault.seq) for fault in queries.faults()] == [("anchor file", torn)]

    AuditEvent.objects.filter(event="incident.read").earliest("seq").delete()

    assert "missing" in [fault.what for fault in queries.faults()]


def test_the_command_says_what_a_torn_line_is_and_what_it_is_not(torn):
    out = StringIO()

    with pytest.raises(CommandError, match="Every chain is whole"):
        call_command("audit_verify", stdout=out)

    assert f"anchor file #{torn}: cannot be read" in out.getvalue()


def test_the_next_anchors_begin_on_a_line_of_their_own(torn, settings):
    anchored = anchors.latest().macs
    chain = make_chain(2)

    anchors.drop(at=NOON)

    assert anchors.latest().broken == [torn]
    assert anchors.latest().macs[chain[-1].chain] == {chain[-1].seq: chain[-1].mac}
    assert all(
        anchors.latest().macs[name].items() >= macs.items() for name, macs in anchored.items()
    )
    assert b"\n\n" not in settings.ANCHOR_FILE.read_bytes()


@pytest.mark.parametrize("line", [b"null", b"[1]", b'{"chain": "system"}', b"\xff\x00", b"\x00"])
def test_a_line_that_is_no_anchor_is_a_fault_and_no_crash(torn, settings, line):
    settings.ANCHOR_FILE.write_bytes(b"\n" + line + b"\n")

    assert [(fault.chain, fault.seq) for fault in queries.faults()] == [("anchor file", 2)]
