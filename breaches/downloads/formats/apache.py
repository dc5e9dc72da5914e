"""Any Apache LogFormat string (mod_log_config, mod_logio). Pure."""

import re

from breaches.downloads.formats.compiled import BRACKETED, Field, Part, Unusable, compiled
from breaches.downloads.formats.line import Format
from breaches.downloads.formats.time_form import adds, expanded, read, shape_of

DIRECTIVE = re.compile(r"%(?:[!<>\d,]*)(?:\{([^}]*)\})?(?:[!<>\d,]*)(\^[a-zA-Z]{2}|[a-zA-Z%])")
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
IN = {"user-agent": "agent", "referer": "referer", "x-forwarded-for": "forwarded"}
OUT = {"content-range": "content_range"}
EPOCHS = {"sec", "msec", "usec", "%s"}
NUMBERS = {"", *EPOCHS, "msec_frac", "usec_frac"}
FULL_LINE = re.compile(r'\s*(?:LogFormat|CustomLog\s+\S+)\s+"(.*)"\s*[\w.-]*\s*', re.I | re.S)


def apache(text: str) -> Format:
    """Return the Format of a LogFormat string or of the whole directive. Raises Unusable."""
    whole = FULL_LINE.fullmatch(text)
    text = re.sub(r'\\[nt"\\]', lambda found: LITERALS[found[0]], whole[1] if whole else text)
    parts: list[Part] = []
    forms: list[str] = []
    end = 0
    for found in DIRECTIVE.finditer(text):
        parts += _literal(text[end : found.start()])
        end = found.end()
        if found[2] == "%":
            parts = [*parts[:-1], f"{parts[-1]}%"] if parts and _text(parts[-1]) else [*parts, "%"]
            continue
        if found[2] == "t" and (form := _form(found[1] or "")):
            is_new = adds(form, forms)
            parts.append(Field(f"part{len(forms)}" if is_new else "", shape_of(form)))
            forms += [form] * is_new
        else:
            parts.append(_field(found[1], found[2]))
    parts += _literal(text[end:])
    form = " ".join(forms)
    notes = {"zone"} if form and "%z" not in form else set()
    return compiled("Apache LogFormat", _joined(parts), notes, lambda values: _fix(values, form))


def _form(argument: str) -> str:
    """Return the form of strftime in the argument of a time, if it is one. Raises Unusable."""
    form = argument.removeprefix("begin:").removeprefix("end:")
    return "" if form in NUMBERS else expanded(form)


def _text(part: Part) -> bool:
    return isinstance(part, str)


def _literal(text: str) -> list[Part]:
    if "%" in text:
        raise Unusable(f"The format holds a directive that Apache does not have: {text[:40]}")
    return [text] if text else []


def _field(argument: str | None, letter: str) -> Field:
    name = (argument or "").lower()
    if letter == "t" and not argument:
        return BRACKETED
    if letter == "t":
        return Field("epoch" if name.removeprefix("begin:") in EPOCHS else "")
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
        if [getattr(one, "name", "") for one in (last, part)] == ["target", "query"]:
            continue
        if isinstance(part, str) and isinstance(last, str) and made:
            made[-1] = last + part
        else:
            made.append(part)
    return made


def _fix(values: dict[str, str], form: str) -> None:
    if values.get("sent") == "-":  # %b: no bytes
        values["sent"] = "0"
    values["aborted"] = "1" if values.pop("connection", "") == "X" else ""
    if form and not values["time"]:
        parts = [values[name] for name in sorted(values) if name.startswith("part")]
        values["time"] = read(" ".join(parts), form)
