"""How a page is judged: by axe in light and dark, and by its width on a telephone."""

import os
import re
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STICKS_OUT = """() => [...document.querySelectorAll("main *")].filter(
    one => !one.closest(".scroll, .tabs") &&
        one.getBoundingClientRect().right > document.documentElement.clientWidth
).map(one => one.outerHTML.slice(0, 120)).pop()"""
# Only what is wrong is asked for and sent over: the rest is most of the time axe takes. So is
# contrast, a rule apart: it is asked of one text of each look (its own colours, those behind it,
# its size and weight) that no page has shown before.
FAULTS = "found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`)"
LESS = 'resultTypes: ["violations"], preload: false'
NOT_CONTRAST = 'rules: {"color-contrast": {enabled: false}}'
AXE = f"""only => axe.run({{runOnly: only, {LESS}, {NOT_CONTRAST}}})
    .then(found => {FAULTS})"""
CONTRAST = f"""async seen => {{
    const looks = new Map(), shows = one => one.matches("input, select, textarea") ||
        [...one.childNodes].some(text => text.nodeType === Node.TEXT_NODE && text.data.trim());
    const behind = one => {{
        const style = getComputedStyle(one), own = [style.backgroundColor, style.backgroundImage,
            style.opacity].join();
        return one.parentElement ? own + " " + behind(one.parentElement) : own;
    }};
    for (const one of document.querySelectorAll("body *")) {{
        if (!shows(one) || !one.checkVisibility({{visibilityProperty: true}})) continue;
        const style = getComputedStyle(one);
        const look = [style.color, style.fontSize, style.fontWeight, behind(one)].join();
        if (!seen.includes(look) && !looks.has(look)) looks.set(look, one);
    }}
    if (!looks.size) return {{faults: [], looks: []}};
    const only = {{type: "rule", values: ["color-contrast"]}};
    const found = await axe.run({{include: [...looks.values()]}}, {{runOnly: only, {LESS}}});
    return {{faults: {FAULTS}, looks: [...looks.keys()]}};
}}"""
# What tells two pages apart that read the same: keys in addresses, what the factories number, and
# each form's token.
CHANGES = re.compile(r'(?<=/)[0-9]+(?=/)|INC-[0-9]+|staff[0-9]+|(?<=value=")[A-Za-z0-9]{64}(?=")')
_seen: set[str] = set()
_read: set[str] = set()


def faults_on(page, paths):
    """Return in words what is wrong with the pages at `paths`."""
    page.add_init_script(AXE_SCRIPT)  # for every page to come; sending it anew takes longer
    return [fault for path in paths for fault in faults_of(page, path)]


def faults_of(page, path):
    """Return in words what is wrong with the page at `path`; anything but a page passes."""
    answer = page.request.get(path, max_redirects=0)
    if answer.status in {302, 404, 405} or not _is_page(answer):
        return []
    if answer.status != 200:
        return [f"{path} answers {answer.status}"]
    if (reads := CHANGES.sub("", answer.text())) in _read:
        return []  # as a page that was judged
    _read.add(reads)
    page.goto(path)
    return faults_here(page)


def faults_here(page):
    """Return what is wrong with the page that is open; loads nothing anew."""
    path, before = page.evaluate("location.pathname"), page.viewport_size
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    keep(page, path, "light")
    found = [f"{path}: {fault}" for fault in page.evaluate(AXE, WCAG)]
    found += [f"{path} (light): {fault}" for fault in faint_here(page)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    keep(page, path, "dark")
    found += [f"{path} (dark): {fault}" for fault in faint_here(page)]
    page.set_viewport_size(PHONE)
    keep(page, path, "phone")
    if (over := page.evaluate(TOO_WIDE)) > 0:
        culprit = page.evaluate(STICKS_OUT)
        found.append(f"{path} is {over} pixels too wide for a telephone: {culprit}")
    page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")
    return found


def faint_here(page):
    """Return which texts are too faint, of those that look as none did on a page before."""
    judged = page.evaluate(CONTRAST, sorted(_seen))
    _seen.update(judged["looks"])
    return judged["faults"]


def _is_page(answer):
    return "html" in answer.headers.get("content-type", "") and "<html" in answer.text()


def keep(page, path, kind):
    """Keep a picture of the page when SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        name = path.strip("/").replace("/", "-") or "home"
        page.screenshot(path=f"{folder}/{name}-{kind}.png", full_page=True)
