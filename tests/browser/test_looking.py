"""The judge of the pages is judged: what is too faint is found, each look once."""

import pytest

from tests.browser.looking import AXE_SCRIPT, faint_here

PAGE = "<html lang=en><title>x</title><body style='background: #fff'><main>{}</main></body></html>"
FAINT = {
    "its own colour": "<p style='color: #bcbcbc'>Faint</p>",
    "what is behind it": "<div style='background: #777'><p style='color: #666'>Faint</p></div>",
    "what it stands in": "<div style='opacity: 0.31'><p>Faint</p></div>",
    "a field": "<input value='Faint' aria-label='x' style='color: #cbcbcb'>",
}


@pytest.mark.parametrize("text", FAINT.values(), ids=FAINT)
def test_a_faint_text_is_found_and_its_look_not_judged_twice(browser, text):
    page = browser.new_page()
    page.set_content(PAGE.format(text))
    page.evaluate(AXE_SCRIPT)

    first, again = faint_here(page), faint_here(page)
    page.close()

    assert len(first) == 1
    assert again == []


def test_a_clear_text_is_no_fault(browser):
    page = browser.new_page()
    page.set_content(PAGE.format("<p style='color: #010203'>Clear</p>"))
    page.evaluate(AXE_SCRIPT)

    assert faint_here(page) == []
    page.close()
