"""A registry is asked who holds an address: only where it may be, in the background, for good."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse

from breaches.audit.models import AuditEvent
from breaches.downloads import rdap, registry, tasks
from breaches.downloads.models import Acquisition, RegistryReply
from breaches.recipients.actions import recognise
from breaches.recipients.models import Recipient
from tests.downloads import days
from tests.factories import NOON

ADDRESS = "192.0.2.10"


def card(**texts):
    return ["vcard", [["version", {}, "text", "4.0"],
                      *([name, {}, "text", text] for name, text in texts.items())]]  # fmt: skip


ANSWER = {
    "objectClassName": "ip network",
    "startAddress": "192.0.2.0",
    "endAddress": "192.0.2.255",
    "name": "EXAMPLE-NET",
    "country": "MX",
    "entities": [
        {
            "roles": ["registrant"],
            "vcardArray": card(fn="Example Cable"),
            "entities": [
                {
                    "roles": ["abuse"],
                    "vcardArray": card(fn="Abuse desk", email="abuse@cable.example"),
                }
            ],
        }
    ],
}


@pytest.fixture
def server(settings):
    """Start a registry on this machine, which redirects as the real ones do."""

    class Registry(BaseHTTPRequestHandler):
        body, asked = json.dumps(ANSWER).encode(), []

        def do_GET(self):
            self.asked.append(self.path)
            if self.path.startswith("/ip/"):
                self.send_response(302)
                self.send_header("Location", f"/rir{self.path}")
                self.end_headers()
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.body)

        def log_message(self, *_):
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    settings.RDAP_URL = f"http://127.0.0.1:{running.server_port}"
    yield Registry
    running.shutdown()
    running.server_close()


def waiting(address=ADDRESS):
    log = days.read_log(days.text([days.line(10, address)]))
    registry.note(registry.unasked(), at=NOON)
    return log, RegistryReply.objects.get()


@pytest.mark.django_db
def test_who_holds_an_address_is_asked_once_kept_verbatim_and_shown(server, client):
    log, row = waiting()
    registry.ask(row, at=NOON)
    stale = RegistryReply(pk=row.pk, tries=0)
    registry.ask(stale, at=NOON)

    assert server.asked == [f"/ip/{ADDRESS}", f"/rir/ip/{ADDRESS}"]
    row.refresh_from_db()
    assert row.document["reply"] == json.dumps(ANSWER)
    events = AuditEvent.objects.filter(event__startswith="registry.").values_list(
        "event", flat=True
    )
    assert [*events] == ["registry.asked", "registry.answered"]
    client.force_login(log.evidence.received_by)
    recognise(log.incident, at=NOON)
    shown = [
        reverse("downloads:client", args=[log.incident_id, Acquisition.objects.get().pk]),
        reverse("accountability:detail", args=[log.incident_id, Recipient.objects.get().pk]),
    ]
    said = ("EXAMPLE-NET", "MX", "held by Example Cable", "abuse@cable.example", "RDAP, answ")
    for page in (client.get(url).content.decode() for url in shown):
        assert all(words in page for words in said)


@pytest.mark.django_db
def test_nobody_is_asked_unless_the_operator_says_where(server, settings):
    settings.RDAP_URL = ""
    days.read_log(days.text([days.line(10)]))

    tasks.sweep_registry()

    assert (server.asked, RegistryReply.objects.count()) == ([], 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"<html>", "not RDAP"),
        (b"[1]", "not RDAP"),
        (b"\xff", "not RDAP"),
        (json.dumps({**ANSWER, "endAddress": "192.0.2.3"}).encode(), "other"),
    ],
)
def test_an_answer_that_is_none_is_said_and_asked_again_later(server, body, problem):
    server.body = body
    _, row = waiting()
    registry.ask(row, at=NOON)

    row.refresh_from_db()
    assert (row.problem, row.answered_at) == (problem, None)
    assert not registry.to_ask(at=NOON + timedelta(minutes=59)).exists()
    assert registry.to_ask(at=NOON + timedelta(minutes=60)).exists()
    assert registry.of_network(row.incident_id, row.network).problem == rdap.PROBLEMS[problem]


@pytest.mark.django_db
def test_a_registry_that_is_down_stops_nothing(server, settings):
    settings.RDAP_URL = "http://127.0.0.1:1"
    _, row = waiting()
    for _ in range(registry.TRIES):
        row.refresh_from_db()
        registry.ask(row, at=row.next_at)

    row.refresh_from_db()
    assert (row.problem, row.tries) == ("silent", registry.TRIES)
    assert not registry.to_ask(at=row.next_at + timedelta(days=99)).exists()


@pytest.mark.django_db
def test_addresses_that_no_registry_knows_are_not_asked_about(server):
    days.read_log(days.text([days.line(10, "10.0.0.7"), days.line(11, "host.isp.example")]))

    assert not registry.unasked().exists()
