"""How a page is judged: by axe in light and dark, and by its width on a telephone."""

import os
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast"]}
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STICKS_OUT = """() => [...document.querySelectorAll("main *")].filter(
    one => !one.closest(".scroll, .tabs") &&
        one.getBoundingClientRect().right > document.documentElement.clientWidth
).map(one => one.outerHTML.slice(0, 120)).pop()"""
# Only what is wrong is asked for and sent over: the rest is most of the time axe takes.
AXE = """only => axe.run({runOnly: only, resultTypes: ["violations"], preload: false})
    .then(found => found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`))"""


def faults_of(page, path):
    """Return in words what is wrong with the page at `path`; anything but a page passes."""
    answer = page.request.get(path, max_redirects=0)
    if answer.status in {302, 404, 405} or not _is_page(answer):
        return []
    if answer.status != 200:
        return [f"{path} answers {answer.status}"]
    page.goto(path)
    return faults_here(page)


def faults_here(page):
    """Return what is wrong with the page that is open; loads nothing anew."""
    path, before = page.evaluate("location.pathname"), page.viewport_size
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate(AXE_SCRIPT)
    keep(page, path, "light")
    found = [f"{path} (light): {fault}" for fault in page.evaluate(AXE, WCAG)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    keep(page, path, "dark")
    found += [f"{path} (dark): {fault}" for fault in page.evaluate(AXE, COLOURS)]
    page.set_viewport_size(PHONE)
    keep(page, path, "phone")
    if (over := page.evaluate(TOO_WIDE)) > 0:
        culprit = page.evaluate(STICKS_OUT)
        found.append(f"{path} is {over} pixels too wide for a telephone: {culprit}")
    page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")
    return found


def _is_page(answer):
    return "html" in answer.headers.get("content-type", "") and "<html" in answer.text()


def keep(page, path, kind):
    """Keep a picture of the page when SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        name = path.strip("/").replace("/", "-") or "home"
        page.screenshot(path=f"{folder}/{name}-{kind}.png", full_page=True)
