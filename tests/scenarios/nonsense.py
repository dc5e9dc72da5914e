"""What people send by accident, by haste or on purpose; no page may fall over it."""

from tests.scenarios.pages import kind_of, walk

TEXTS = (
    "",
    "\x00",
    "😀" * 300,
    "\u202eمرحبا שלום",  # noqa: RUF001
    "x" * 100_000,
    "99999999999999999999",
    "0001-01-01",
    "<script>alert(1)</script>",
    "'; DROP TABLE x;--",
    "((" * 60,
    "٣²",
    "1e309",
)
FILES = (
    ("list.xlsx", b""),
    ("list.xlsx", b"PK\x03\x04" + b"\x00" * 60),
    ("list.csv", b"name\n" + "😀,\n".encode() * 9),
    ("log.gz", b"\x1f\x8b\x08" + b"\x00" * 30),
    ("\u202eslx.exe", b'{"a":' * 999),
)
QUERIES = (
    "page=0",
    "page=%00",
    "page=99999999999999999999",
    "page=²&exposure=²&pair=²&from=²&reference=%F0%9F%98%80",
    "exposure=99999999999999999999&pair=99999999999999999999&from=99999999999999999999",
    "status=%00&hold=%00&reason=%00&event=%00&actor=%00&subject=%00&subject_id=%00",
    "reference=%00&from=%00&exposure=%00&pair=%00&of=%00",
)
A_FORM, A_PAGE = 5, 3  # pieces of nonsense for each


def what_falls_over(client):
    """Send nonsense to everything that `client` can reach; return what was answered by a 500."""
    found, forms, sent = [], {}, 0
    for path, answer, here in list(walk(client)):
        forms |= {kind_of(form.action): form for form in here}
        found += [path] if answer.status_code >= 500 else []
        for query in (QUERIES[(sent + step) % len(QUERIES)] for step in range(A_PAGE)):
            found += _fault(client.get, f"{path.partition('?')[0]}?{query}")
        sent += A_PAGE
    for form in forms.values():
        for step in range(sent, sent + A_FORM):
            data = form.filled(TEXTS[step % len(TEXTS)], FILES[step % len(FILES)])
            found += _fault(client.post, form.action, data)
        sent += A_FORM
    return found


def _fault(ask, path, data=None):
    try:
        status = ask(path, data).status_code if data else ask(path).status_code
    except Exception as error:
        return [f"{path} {sorted(data or ())}: {type(error).__name__}: {str(error)[:200]}"]
    return [f"{path}: {status}"] if status >= 500 else []
