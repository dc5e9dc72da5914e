"""Walk every page that somebody finds, one of each kind, and read the forms on it."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.core.files.uploadedfile import SimpleUploadedFile

LEAVES = ("/static/", "/account/logout/")
NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


@dataclass
class Form:
    """A form that posts to `action`: the kind of each field, and what may be chosen in it."""

    action: str
    kinds: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)

    def filled(self, text, file):
        """Return what a hostile or hasty person might send: `text` wherever one may type."""
        return {name: self._value(name, kind, text, file) for name, kind in self.kinds.items()}

    def _value(self, name, kind, text, file):
        if kind == "file":
            return SimpleUploadedFile(*file)
        return self.choices[name][-1] if self.choices.get(name) and len(text) % 2 else text


class Reader(HTMLParser):
    """Collect the links and the posted forms of a page."""

    def __init__(self, path):
        super().__init__()
        self.path, self.links, self.forms, self.form, self.name = path, set(), [], None, ""

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "a" and said.get("href", "").startswith(("/", "?")):
            link = said["href"].partition("#")[0]
            self.links.add(link if link.startswith("/") else self.path.partition("?")[0] + link)
        elif tag == "form" and said.get("method") == "post":
            self.form = Form(said.get("action") or self.path)
            self.forms.append(self.form)
        elif self.form and said.get("name") and tag in {"input", "select", "textarea", "button"}:
            self.name = said["name"]
            self.form.kinds[self.name] = said.get("type", tag)
            if said.get("value") is not None:
                self.form.choices.setdefault(self.name, []).append(said["value"])
        elif self.form and tag == "option":
            self.form.choices.setdefault(self.name, []).append(said.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None


def kind_of(path):
    """Return `path` without its numbers: pages of one kind differ in nothing else."""
    return NUMBER.sub("N", path.partition("?")[0])


def walk(client, start="/"):
    """Yield (path, answer, forms) for one page of each kind that is linked from `start`."""
    seen, todo = set(), [start]
    while todo:
        path = todo.pop(0)
        if kind_of(path) in seen or path.startswith(LEAVES):
            continue
        seen.add(kind_of(path))
        answer, reader = client.get(path), Reader(path)
        if answer["Content-Type"].startswith("text/html"):
            reader.feed(answer.content.decode())
        yield path, answer, reader.forms
        todo += sorted(reader.links)
