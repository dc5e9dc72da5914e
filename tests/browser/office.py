"""An office of people at browsers of their own, on one running site with a real worker."""

import io
import re
import time
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from breaches.access.rules import ADMINISTRATOR, ROLES
from config.celery import app
from tests.browser.looking import faults_here

PATIENCE = 60  # seconds for work in the background


class Somebody:
    """One person at a browser: they press what is written, and type what is asked."""

    def __init__(self, browser, site, role):
        self.role, self.email = role, f"{role}@example.org"
        self.context = browser.new_context(base_url=site)
        self.context.set_default_timeout(15_000)
        self.page, self.complaints = self.context.new_page(), []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, said):
        if said.type == "error":
            self.complaints.append(f"{self.page.url}: {said.text}")

    def opens(self, path):
        """Type an address; return the status of the answer."""
        return self.page.goto(path).status

    def follows(self, *words):
        """Follow one link after the other, each by the words it begins with."""
        for each in words:
            link = self.page.locator("a").filter(has_text=re.compile(rf"^\s*{re.escape(each)}"))
            with self._turns_the_page(each):
                link.first.click()
        return self

    def presses(self, words):
        """Press the button that says so, and wait for the next page."""
        with self._turns_the_page(words):
            self.page.get_by_role("button", name=words).first.click()
        return self

    def strikes(self, key):
        """Press a key that leads to another page."""
        with self._turns_the_page(key):
            self.page.keyboard.press(key)
        return self

    @contextmanager
    def _turns_the_page(self, what):
        try:
            with self.page.expect_navigation():
                yield
        except PlaywrightTimeout:
            pytest.fail(f"{self.role}: {what!r} led nowhere from {self.page.url}:\n{self.text}")

    def types(self, **answers):
        """Fill the fields with these names."""
        for name, text in answers.items():
            self.page.locator(f"[name={name}]").first.fill(text)
        return self

    def chooses(self, **answers):
        """Choose in the lists with these names."""
        for name, label in answers.items():
            self.page.locator(f"select[name={name}]").first.select_option(label=label)
        return self

    def hands_in(self, name, file_name, content):
        """Choose a file."""
        upload = {"name": file_name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.locator(f"[name={name}]").set_input_files(files=[upload])
        return self

    def waits_for(self, words, *, without=""):
        """Look again until the page says `words` and not `without`, both patterns."""
        until = time.monotonic() + PATIENCE
        while not self.reads(words) or (without and self.reads(without)):
            if time.monotonic() > until:
                pytest.fail(f"{self.role} waited in vain for {words!r} at:\n{self.text}")
            time.sleep(0.5)
            self.page.reload()
        return self

    def reads(self, words):
        """Say whether the page says `words`, a pattern."""
        return bool(re.search(words, self.text))

    @property
    def text(self):
        """Return the words of the page."""
        return self.page.locator("main").inner_text()

    @property
    def doors(self):
        """Return the words of every tab and of every main link that is offered."""
        return set(self.page.locator("nav.tabs a, header.top ul:not(.me) a").all_inner_texts())

    @property
    def buttons(self):
        """Return the words of every button on the page."""
        found = self.page.locator("main :is(button, [role=button])").all_inner_texts()
        return {" ".join(words.split()) for words in found}

    def looks(self):
        """Fail when the open page reads badly."""
        found = faults_here(self.page)
        assert not found, "\n".join(found)
        return self


class Office:
    """Everybody, by role, each signed in by a one-time link; and what they work on."""

    def __init__(self, browser, site):
        self.browser, self.site = browser, site
        self.people = {ADMINISTRATOR: Somebody(browser, site, ADMINISTRATOR)}

    def __getattr__(self, role):
        try:
            return self.people[role]
        except KeyError:
            raise AttributeError(role) from None

    def at(self, role, *tabs):
        """Return a person of `role` who has opened the incident and then these tabs."""
        somebody = self.people[role]
        somebody.opens("/")
        somebody.page.locator(".card h2 a").first.click()
        somebody.page.wait_for_url("**/overview/")
        return somebody.follows(*tabs)

    def hire(self):
        """Have the first administrator come in by command, and let in everybody else by page."""
        out = io.StringIO()
        call_command("first_admin", self.administrator.email, site=self.site, stdout=out)
        self._enter(self.administrator, out.getvalue())
        self.administrator.opens("/staff/")
        for role in ROLES:
            if role != ADMINISTRATOR:
                self._add(role)

    def _add(self, role):
        somebody = self.people[role] = Somebody(self.browser, self.site, role)
        self.administrator.types(email=somebody.email)
        self.administrator.page.locator(f"input[name=roles][value={role}]").check()
        self.administrator.presses("Add")
        self._enter(somebody, self.administrator.text)

    def _enter(self, somebody, text):
        somebody.opens(re.search(r"/enter/[^/]+/", text)[0])
        somebody.presses("Sign in")

    def ring(self, sweep):
        """Start a sweep now, as the clock of `./run serve` does every five seconds."""
        app.send_task(sweep)

    def close(self):
        """Send everybody home."""
        for somebody in self.people.values():
            somebody.context.close()
