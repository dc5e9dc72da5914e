"""Any Apache LogFormat string (mod_log_config, mod_logio). Pure."""

import re
from datetime import UTC, datetime

from breaches.downloads.formats.compiled import Field, Part, Unusable, compiled
from breaches.downloads.formats.line import Format, NotALine

DIRECTIVE = re.compile(r"%(?:[!<>\d,]*)(?:\{([^}]*)\})?(?:[!<>\d,]*)(\^t[io]|[a-zA-Z%])")
LITERALS = {r"\n": "\n", r"\t": "\t", r"\"": '"', r"\\": "\\"}
BARE = {
    "a": "address",
    "h": "address",
    "u": "user",
    "t": "time",
    "r": "request",
    "m": "method",
    "U": "target",
    "q": "query",
    "s": "status",
    "b": "sent",
    "B": "sent",
    "O": "wire",
    "X": "connection",
}
IN = {"user-agent": "agent", "referer": "referer"}
OUT = {"content-range": "content_range"}
EPOCHS = {"sec", "msec", "usec"}
FULL_LINE = re.compile(r'\s*(?:LogFormat|CustomLog\s+\S+)\s+"(.*)"\s*[\w.-]*\s*', re.I | re.S)


def apache(text: str) -> Format:
    """Return the Format of a LogFormat string or of the whole directive. Raises Unusable."""
    whole = FULL_LINE.fullmatch(text)
    text = re.sub(r'\\[nt"\\]', lambda found: LITERALS[found[0]], whole[1] if whole else text)
    parts: list[Part] = []
    notes: set[str] = set()
    forms: list[str] = []
    end = 0
    for found in DIRECTIVE.finditer(text):
        parts += _literal(text[end : found.start()])
        end = found.end()
        if found[2] == "%":
            parts = [*parts[:-1], f"{parts[-1]}%"] if parts and _text(parts[-1]) else [*parts, "%"]
            continue
        field = _field(found[1], found[2])
        if found[2] == "t" and found[1] and found[1].removeprefix("begin:") not in EPOCHS:
            forms.append(found[1].removeprefix("begin:").removeprefix("end:"))
        parts.append(field)
    parts += _literal(text[end:])
    if forms and "%z" not in forms[0]:
        notes.add("zone")
    return compiled("Apache LogFormat", _joined(parts), notes, lambda values: _fix(values, forms))


def _text(part: Part) -> bool:
    return isinstance(part, str)


def _literal(text: str) -> list[Part]:
    if "%" in text:
        raise Unusable(f"The format holds a directive that Apache does not have: {text[:40]}")
    return [text] if text else []


def _field(argument: str | None, letter: str) -> Field:
    name = (argument or "").lower()
    if letter == "t" and not argument:
        return Field("time", "time")
    if letter == "t":
        return Field("time" if name.removeprefix("begin:") not in {"msec_frac"} else "")
    if letter in {"i", "o"}:
        return Field((IN if letter == "i" else OUT).get(name, ""))
    if letter == "p":
        return Field("port" if name == "remote" else "")
    if letter == "a":
        return Field("address" if name != "c" else "peer")
    return Field(BARE.get(letter, "") if not argument else "")


def _joined(parts: list[Part]) -> list[Part]:
    """Put %U and %q, which follow one another without a space, into one field."""
    made: list[Part] = []
    for part in parts:
        last = made[-1] if made else ""
        if isinstance(part, Field) and isinstance(last, Field):
            if (last.name, part.name) == ("target", "query"):
                continue
            raise Unusable("Two fields follow one another with nothing between them.")
        if isinstance(part, str) and isinstance(last, str) and made:
            made[-1] = last + part
        else:
            made.append(part)
    return made


def _fix(values: dict[str, str], forms: list[str]) -> None:
    if values.get("sent") == "-":  # %b: no bytes
        values["sent"] = "0"
    values["aborted"] = "1" if values.pop("connection", "") == "X" else ""
    if forms:
        values["time"] = _by_form(values.get("time", ""), forms[0])


def _by_form(text: str, form: str) -> str:
    try:
        at = datetime.strptime(text.strip("[]"), form.strip("[]"))  # noqa: DTZ007
    except ValueError as fault:
        raise NotALine("time") from fault
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()
