"""What a reader who hears a page, or sees it badly, stumbles over: found by axe-core, and two things that it lets pass."""

import re
from collections import Counter
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

DISTINCT = frozenset(["button", "combobox", "DisclosureTriangle", "slider", "textbox"])
"""Roles whose names are told apart where they are listed without what stands around them."""
REPEATED_BY_THE_FRAMEWORK = frozenset(["Open", "Increment", "Decrement", "Navigate to home page"])
"""Buttons that the framework repeats under one name: inside a field, which has a name, and at the head of a telephone."""
OF_THE_FRAMEWORK = {
    "list": "[data-testid=stSidebarNavItems]",
    "listitem": "[data-testid=stSidebarNav]",
    "scrollable-region-focusable": ".cm-scroller",
}
"""Findings that cannot be mended from outside, by rule: where they are.

The framework's menu of a telephone puts its groups between the list and its items; links and groups are read out all the
same. The text in CodeMirror's scrolling part takes the focus, as what can be edited does; axe-core does not count that.
"""

_FOUND = """async framework => {
  const {violations} = await axe.run(document, {resultTypes: ["violations"], elementRef: true, preload: false});
  return violations.filter(rule => rule.impact !== "minor").flatMap(rule => rule.nodes
    .filter(node => !(framework[rule.id] && node.element?.closest(framework[rule.id])))
    .map(node => `${rule.id}: ${node.html.slice(0, 120)}: ${[...node.any, ...node.all, ...node.none][0].message}`));
}"""
"""All rules but those of experiments and of the highest level; findings below the moderate are matters of taste."""


_ALL_REACHED = """() => !window.jcmDocument || [...document.querySelectorAll(".jcm-scroll, .jcm-list")].every(frame =>
  frame.tabIndex >= 0 || (frame.scrollWidth <= frame.clientWidth && frame.scrollHeight <= frame.clientHeight))"""


def findings(page: Page) -> list[str]:
    """What is wrong with the page as it stands, a line each; empty where nothing is."""
    panels = page.locator('[class*="st-key-panel_"] summary')
    if panels.count():
        # Our script names the lines under figures a moment after the last of them is drawn.
        expect(panels.last).to_have_attribute("aria-label", re.compile("."))
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    size = page.viewport_size or {"width": 1440, "height": 1000}
    # Contrasts are measured of what is in the window.
    height = page.evaluate(
        """(document.querySelector("[data-testid=stMain]") ?? document.documentElement).scrollHeight"""
    )
    page.set_viewport_size({"width": size["width"], "height": int(height) + 60})
    # What the new size cuts off is made reachable by our script a moment later.
    page.wait_for_function(_ALL_REACHED)
    found = page.evaluate(_FOUND, OF_THE_FRAMEWORK)
    page.set_viewport_size(size)
    return [
        *found,
        *(f"{n} × {role} {name}" for (role, name), n in _alike(page).items() if n > 1),
        *([] if page.locator("h1").count() == 1 else ["no first heading, or several"]),
    ]


def _alike(page: Page) -> Counter[tuple[str, str]]:
    session = page.context.new_cdp_session(page)
    nodes = [n for n in session.send("Accessibility.getFullAXTree")["nodes"] if not n["ignored"]]
    session.detach()
    return Counter(
        (role, name)
        for role, name in map(_heard, nodes)
        if role in DISTINCT and name not in REPEATED_BY_THE_FRAMEWORK
    )


def _heard(node: dict[str, Any]) -> tuple[str, str]:
    """Role and name."""
    return node["role"]["value"], str(node.get("name", {}).get("value", "")).strip()
