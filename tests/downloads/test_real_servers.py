"""What nginx and Apache really log of clients that we know, against the grades we give.

Never "received" from a log alone, never "partial" for a gzip transfer, never a lost line.
"""

import os
import shutil
import socket
import struct
import subprocess
import time
from pathlib import Path

import pytest

from breaches.downloads.answer import answer
from breaches.downloads.counting import Window
from breaches.downloads.file_reading import Question
from breaches.downloads.grades import Posted
from breaches.downloads.locators import locator

ROOT = Path(__file__).parent.parent.parent
DEPS = ROOT / ".deps" / "root"
LARGE, SHEET = 40_000_000, 1_000_000
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/107.0"

NGINX = """
daemon off; master_process off; worker_processes 1; pid {here}/nginx.pid;
error_log {here}/error.log;
events {{ worker_connections 64; }}
http {{
    client_body_temp_path {here}/tmp; proxy_temp_path {here}/tmp; fastcgi_temp_path {here}/tmp;
    uwsgi_temp_path {here}/tmp; scgi_temp_path {here}/tmp;
    types {{ text/csv csv; application/vnd.ms-excel xlsx; }}
    gzip on; gzip_types text/csv;
    log_format rich '{rich}';
    access_log {here}/plain.log combined; access_log {here}/rich.log rich;
    server {{ listen 127.0.0.1:{port}; root {here}/files; }}
}}
"""
NGINX_RICH = (
    '$remote_addr:$remote_port [$time_local] "$request" $status $body_bytes_sent '
    '"$sent_http_content_range" "$http_user_agent" "$request_completion"'
)
APACHE = """
ServerRoot {here}
PidFile {here}/apache.pid
ServerName localhost
Listen 127.0.0.1:{port}
ErrorLog {here}/error.log
DocumentRoot {here}/files
{modules}
TypesConfig {here}/mime.types
AddType text/csv .csv
AddOutputFilterByType DEFLATE text/csv
LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{{Referer}}i\\" \\"%{{User-Agent}}i\\"" combined
LogFormat "{rich}" rich
CustomLog {here}/plain.log combined
CustomLog {here}/rich.log rich
<Directory {here}/files>
    Require all granted
</Directory>
"""
APACHE_RICH = r"%h:%{remote}p %t \"%r\" %>s %O %X \"%{Content-Range}o\" \"%{User-Agent}i\""
MODULES = "mpm_event authz_core mime filter deflate"


def find(name):
    """Return the path of a server, of the system or unpacked under .deps/."""
    places = [shutil.which(name), f"/usr/sbin/{name}", str(DEPS / "usr" / "sbin" / name)]
    return next((place for place in places if place and Path(place).exists()), None)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def nginx_command(here, port):
    (here / "nginx.conf").write_text(NGINX.format(here=here, port=port, rich=NGINX_RICH))
    return [find("nginx"), "-e", f"{here}/error.log", "-c", f"{here}/nginx.conf"]


def apache_command(here, port):
    modules = Path("/usr/lib/apache2/modules")
    modules = modules if modules.is_dir() else DEPS / "usr" / "lib" / "apache2" / "modules"
    lines = [
        f"LoadModule {name}_module {modules}/mod_{name}.so"
        for name in MODULES.split()
        if (modules / f"mod_{name}.so").exists()
    ]
    text = APACHE.format(here=here, port=port, modules="\n".join(lines),
                         rich=APACHE_RICH)  # fmt: skip
    (here / "apache.conf").write_text(text)
    return [find("apache2"), "-D", "FOREGROUND", "-f", f"{here}/apache.conf"]


def make_files(here):
    """Make the posted files, readable for a server that gives up its rights."""
    (here / "files").mkdir()
    (here / "tmp").mkdir()
    (here / "mime.types").touch()
    (here / "files" / "large.xlsx").write_bytes(os.urandom(LARGE))
    (here / "files" / "roster.xlsx").write_bytes(os.urandom(SHEET))
    (here / "files" / "roster.csv").write_bytes(b"A-Number,Name\n" * (SHEET // 14))
    for path in (here, *here.rglob("*")):
        path.chmod(0o777)
    for above in here.parents:
        if above != Path("/tmp") and str(above).startswith("/tmp"):  # noqa: S108
            above.chmod(0o755)


@pytest.fixture(params=["nginx", "apache2"])
def server(request, tmp_path):
    """Give a running server with three files; its name, port and folder."""
    if not find(request.param):
        missing = pytest.fail if os.environ.get("REQUIRE_SERVICES") else pytest.skip
        missing(f"{request.param} is not installed: ./run test installs it")
    make_files(tmp_path)
    port = free_port()
    make = nginx_command if request.param == "nginx" else apache_command
    library = ":".join(map(str, (DEPS / "usr" / "lib").glob("*-linux-gnu")))
    environment = {**os.environ, "LD_LIBRARY_PATH": library}
    process = subprocess.Popen(make(tmp_path, port), env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    else:
        process.kill()
        pytest.fail((tmp_path / "error.log").read_text())
    yield request.param, port, tmp_path
    process.terminate()
    process.wait(10)


class Client:
    """A client with an address of its own; `got` is how much of bodies it has truly read."""

    def __init__(self, port, number):
        self.port, self.address, self.got = port, f"127.0.0.{number}", 0

    def ask(self, target, *headers, method="GET", stop_after=None):
        """Send one request; with `stop_after`, break off after so many bytes of the body."""
        with socket.socket() as link:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
            link.bind((self.address, 0))
            link.connect(("127.0.0.1", self.port))
            lines = [f"{method} {target} HTTP/1.1", "Host: localhost", f"User-Agent: {AGENT}",
                     "Connection: close", *headers, "", ""]  # fmt: skip
            link.sendall("\r\n".join(lines).encode())
            head, body = b"", 0
            while stop_after is None or body < stop_after:
                piece = link.recv(32 * 1024)
                if not piece:
                    break
                if b"\r\n\r\n" not in head:
                    head += piece
                    body = max(0, len(head) - head.find(b"\r\n\r\n") - 4)
                else:
                    body += len(piece)
            if stop_after is not None:
                # An RST, as of a closed lid or a lost net.
                link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.got += body
        return head.partition(b"\r\n\r\n")[0].decode("latin-1")


def told(here, name, log, size, said=""):
    """Return the clients by address, and the whole answer, once the log stands still."""
    path, before = here / log, -1
    for _ in range(100):
        if path.stat().st_size == before:
            break
        before = path.stat().st_size
        time.sleep(0.1)
    question = Question(
        locator(f"/{name}"), Posted(size, name.endswith("csv")), Window(None, None), (), said
    )
    found = answer([path], question)
    return {row["address"]: row for row in found["clients"]}, found


def test_grades_never_say_more_or_less_than_a_client_got(server):
    kind, port, here = server
    rich = NGINX_RICH if kind == "nginx" else APACHE_RICH
    full, gone, late, parts, mixed, head, prior = (Client(port, n) for n in range(11, 18))

    answered = full.ask("/large.xlsx")
    gone.ask("/large.xlsx", stop_after=200_000)
    late.ask("/large.xlsx", stop_after=LARGE * 3 // 4)
    for first in range(0, LARGE, LARGE // 4):
        parts.ask("/large.xlsx", f"Range: bytes={first}-{first + LARGE // 4 - 1}")
    for first in (LARGE // 2, 0, LARGE // 4):
        mixed.ask("/large.xlsx", f"Range: bytes={first}-{first + LARGE // 4 - 1}")
    head.ask("/large.xlsx", method="HEAD")
    modified = answered.partition("Last-Modified: ")[2].partition("\r\n")[0]
    prior.ask("/large.xlsx", f"If-Modified-Since: {modified}")
    plain, _ = told(here, "large.xlsx", "plain.log", LARGE)
    better, whole = told(here, "large.xlsx", "rich.log", LARGE, rich)

    for client in (full, gone, late, parts, mixed):
        for row in (plain[client.address], better[client.address]):
            assert row["grade"] != "A"
            assert row["bytes_upper_bound"] >= client.got or row["grade"] in "BC"
    assert [plain[row.address]["grade"] for row in (full, parts, mixed, head, prior)] == [
        *("B", "C", "D", "E", "F")
    ]
    assert [better[row.address]["grade"] for row in (full, parts, mixed, head, prior)] == [
        *("B", "B", "D", "E", "F")
    ]
    assert better[gone.address]["grade"] == better[late.address]["grade"] == "D"
    assert better[gone.address]["bytes_upper_bound"] < LARGE // 2
    assert better[mixed.address]["bytes_upper_bound"] == pytest.approx(LARGE * 3 // 4, abs=4096)
    assert whole["counts"]["unknown"] == 0
    assert "no source port" not in str(whole["warnings"])


def test_a_gzip_transfer_is_never_called_partial(server):
    _, port, here = server
    size = (here / "files" / "roster.csv").stat().st_size
    packed = Client(port, 21)

    answered = packed.ask("/roster.csv", "Accept-Encoding: gzip")
    plain, _ = told(here, "roster.csv", "plain.log", size)

    assert "gzip" in answered
    assert packed.got < size
    assert plain[packed.address]["grade"] == "U"


SPELLINGS = [
    *("/roster.xlsx", "/%72oster.xlsx", "//roster.xlsx", "/./x/../roster.xlsx"),
    *("http://localhost/roster.xlsx", "/roster.xlsx?v=2", "/%72%6f%73%74%65%72.xlsx"),
    *("/x/%2e%2e/roster.xlsx", "/Roster.xlsx", "/roster.xlsx%00", "/roster.xls"),
]


def test_no_spelling_that_a_server_serves_is_lost(server):
    _, port, here = server
    clients = {target: Client(port, number) for number, target in enumerate(SPELLINGS, 31)}

    served = {}
    for target, client in clients.items():
        served[target] = client.ask(target).split(" ")[1] == "200"
    found, _ = told(here, "roster.xlsx", "plain.log", SHEET)

    assert sum(served.values()) >= 7
    for target, client in clients.items():
        grade = found.get(client.address, {}).get("grade")
        assert (grade == "B") is served[target], target
        assert client.got >= SHEET or not served[target]
