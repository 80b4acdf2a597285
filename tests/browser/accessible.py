"""What a reader who hears a page, or sees it badly, stumbles over: found in the tree that Chromium gives screen readers."""

import itertools
import re
from collections import Counter
from typing import Any

from playwright.sync_api import Page, expect

NAMED = frozenset(
    [
        "button",
        "checkbox",
        "combobox",
        "DisclosureTriangle",
        "link",
        "radio",
        "slider",
        "spinbutton",
        "switch",
        "tab",
        "textbox",
    ]
)
"""Roles that say nothing without a name."""
DISTINCT = frozenset(["button", "combobox", "DisclosureTriangle", "slider", "textbox"])
"""Roles whose names are told apart where they are listed without what stands around them."""
OF_THE_FRAMEWORK = frozenset(["Open", "Increment", "Decrement", "Navigate to home page"])
"""Buttons that the framework repeats under one name: inside a field, which has a name, and at the head of a telephone."""
LARGE = 24.0
"""Pixels from which words need less contrast."""

_IDS = """() => [...document.querySelectorAll("[id]")]
  .filter(e => !e.closest("[data-testid=stDataFrame]")).map(e => e.id)"""
"""The framework numbers the cells of every table of data alike."""
_WORDLESS = """() => [...document.querySelectorAll("img:not([alt]), [role=img]:not([aria-label], [aria-labelledby])")]
  .map(e => e.outerHTML.slice(0, 60))"""
_FAINT = """large => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
  const brush = canvas.getContext("2d", {willReadFrequently: true}), known = new Map();
  const rgba = colour => {
    if (!known.has(colour)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = (top, under) => top.slice(0, 3).map((c, i) => c * top[3] + under[i] * (1 - top[3]));
  const ground = e => {
    const layers = [];
    for (; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.backgroundImage !== "none") return null;
      layers.unshift(rgba(style.backgroundColor));
    }
    return layers.reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const found = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const e = node.parentElement;
    if (!node.data.trim() || e.closest("script,style,svg,[data-testid=stSlider],[data-testid=stCode],:disabled,[aria-disabled=true]") || !e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})) continue;
    const style = getComputedStyle(e), under = ground(e);
    if (!under || !rgba(style.color)[3]) continue;
    const [one, other] = [light(over(rgba(style.color), under)), light(under)].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize), is_large = size >= large || (size >= large * .78 && style.fontWeight >= 700);
    const contrast = (one + .05) / (other + .05);
    if (contrast < (is_large ? 3 : 4.5)) found.add(`${contrast.toFixed(1)}: ${node.data.trim().slice(0, 40)}`);
  }
  return [...found];
}"""


def findings(page: Page) -> list[str]:
    """What is wrong with the page as it stands, a line each; empty where nothing is."""
    panels = page.locator('[class*="st-key-panel_"] summary')
    if panels.count():
        # Our script names the lines under figures a moment after the last of them is drawn.
        expect(panels.last).to_have_attribute("aria-label", re.compile("."))
    session = page.context.new_cdp_session(page)
    nodes = [n for n in session.send("Accessibility.getFullAXTree")["nodes"] if not n["ignored"]]
    session.detach()
    twice = Counter(page.evaluate(_IDS))
    return [
        *(f"{role} without a name" for role, name in map(_heard, nodes) if role in NAMED and not name),
        *(f"{n} × {role} {name}" for (role, name), n in _alike(nodes).items() if n > 1),
        *(f"picture without words {html}" for html in page.evaluate(_WORDLESS)),
        *_headings(nodes),
        *([] if sum(_heard(n)[0] == "main" for n in nodes) == 1 else ["no main part, or several"]),
        *(f"id {key} twice" for key, n in twice.items() if n > 1),
        *(f"faint {words}" for words in page.evaluate(_FAINT, LARGE)),
    ]


def _heard(node: dict[str, Any]) -> tuple[str, str]:
    """Role and name."""
    return node["role"]["value"], str(node.get("name", {}).get("value", "")).strip()


def _alike(nodes: list[dict[str, Any]]) -> Counter[tuple[str, str]]:
    return Counter(
        (role, name) for role, name in map(_heard, nodes) if role in DISTINCT and name not in OF_THE_FRAMEWORK
    )


def _headings(nodes: list[dict[str, Any]]) -> list[str]:
    levels = [
        (prop["value"]["value"], _heard(node)[1])
        for node in nodes
        if _heard(node)[0] == "heading"
        for prop in node.get("properties", [])
        if prop["name"] == "level"
    ]
    first = [] if [level for level, _ in levels].count(1) == 1 else ["no first heading, or several"]
    return first + [
        f"heading {name} is of level {level} after {before}"
        for (before, _), (level, name) in itertools.pairwise(levels)
        if level > before + 1
    ]
