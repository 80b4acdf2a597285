"""Two ways to use a page, with a mouse and with keys alone, that count what they do."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import wait_until_still

STOPS_AT_MOST = 400
"""More presses of Tab than any page has stops."""


_STOP = r"""async () => {
  const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const e = document.activeElement;
  if (e === document.body || e.jcmSeen) return null;
  e.jcmSeen = true;
  const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
  const brush = canvas.getContext("2d", {willReadFrequently: true});
  const ground = part => {
    for (; part; part = part.parentElement) {
      const colour = getComputedStyle(part).backgroundColor;
      if (!/, 0\)|transparent/.test(colour)) return colour;
    }
    return "white";
  };
  const light = (colour, under) => {
    for (brush.fillStyle of [under, colour]) brush.fillRect(0, 0, 1, 1);
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3).map(c => c / 255)
      .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
      .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  };
  const contrast = (colour, part) => {
    const under = ground(part.parentElement);
    const [a, b] = [light(colour, under), light(under, under)].sort();
    return (b + .05) / (a + .05);
  };
  const drawn = part => {
    const style = getComputedStyle(part);
    const lines = [[style.outlineStyle, style.outlineWidth, style.outlineColor], [style.borderStyle, style.borderWidth, style.borderColor]];
    return lines.filter(([kind, width]) => !/none/.test(kind) && parseFloat(width) > 0).map(([, , colour]) => colour)
      .concat(style.boxShadow.match(/(rgba?|color)\([^)]*\)/g) ?? []);
  };
  const around = [e, e.parentElement, e.parentElement.parentElement, e.parentElement.parentElement.parentElement];
  await frames();
  const now = around.map(drawn);
  e.blur();
  await frames();
  const then = around.map(drawn);
  e.focus();
  const box = e.getBoundingClientRect();
  const added = now.flatMap((colours, i) => colours.filter(c => !then[i].includes(c)).map(c => contrast(c, around[i])));
  const is_in = selector => e.closest(selector) !== null;
  return [
    e.outerHTML.slice(0, 160),
    e.getAttribute("aria-label") || e.labels?.[0]?.textContent || e.textContent || "",
    box.bottom > 0 && box.top < innerHeight ? Math.max(0, ...added) : 0,
    is_in("header, [class*=st-key-bar]") ? "head" : is_in(".st-key-pick") ? "filters" : is_in("[class*=st-key-tile_]") ? "content" : "",
  ];
}"""


@dataclass(frozen=True)
class Stop:
    """Where Tab stops: the element, its name, and the part of the page that it is in (`head`, `filters`, `content`).

    `contrast` of what marks it with its ground, 1 to 21; 0 where it is out of sight or nothing marks it.
    """

    element: str
    name: str
    contrast: float
    part: str


class Hand(ABC):
    """Does one thing after another on a page. `steps` are things done, `stops` how often Tab was pressed on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.begin()

    def begin(self) -> None:
        """Counts from nothing."""
        self.steps = self.stops = 0

    def use(self, part: Locator, then: Locator | str | None = None) -> None:
        """Presses a button, follows a link, opens a line, takes an option; `then` as for `pick`."""
        self.steps += 1
        self._use(part)
        if then is not None:
            self._see(then)
            wait_until_still(self.page)

    def pick(self, box: Locator, words: str, then: Locator | str) -> None:
        """Takes an option of a list by its first words; `then` is there, or in the address, once the page has followed."""
        self.steps += 1
        wait_until_still(self.page)  # a run that ends meanwhile would take away what was typed
        self._reach(box)
        box.press_sequentially(words)
        self._take(words)
        self._see(then)
        self.page.keyboard.press("Escape")  # a list of several stays open, and all else is out of reach
        wait_until_still(self.page)

    def write(self, field: Locator, words: str, then: Locator | str, end: str = "Enter") -> None:
        """Replaces what stands in a field, and ends with a key; `then` as for `pick`."""
        self.steps += 1
        self._reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words) if " " in words else self.page.keyboard.type(words)
        self.page.keyboard.press(end)
        self._see(then)
        wait_until_still(self.page)

    def _see(self, then: Locator | str) -> None:
        if isinstance(then, str):
            expect(self.page).to_have_url(re.compile(then))
        else:
            expect(then).to_be_visible()

    @abstractmethod
    def come_to(self, part: Locator) -> None:
        """Goes to a part without doing anything there, which may bring its buttons out."""

    @abstractmethod
    def _use(self, part: Locator) -> None: ...

    @abstractmethod
    def _reach(self, field: Locator) -> None: ...

    @abstractmethod
    def _take(self, words: str) -> None: ...


class Mouse(Hand):
    """Points and clicks; words are typed, as there is no other way."""

    def _use(self, part: Locator) -> None:
        part.hover(force=True)  # some buttons are there only under the pointer
        part.click()

    def come_to(self, part: Locator) -> None:
        part.hover()

    def _reach(self, field: Locator) -> None:
        field.click()

    def _take(self, words: str) -> None:
        self.page.get_by_role("option", name=words).first.click()


class Keys(Hand):
    """Goes from stop to stop with Tab, or back, as a reader without a mouse does."""

    def _use(self, part: Locator) -> None:
        self._reach(part)
        part.press(" " if part.get_attribute("role") == "radio" else "Enter")

    def come_to(self, part: Locator) -> None:
        self._reach(part)

    def _reach(self, field: Locator) -> None:
        for _ in range(STOPS_AT_MOST):
            way = field.evaluate(
                """e => {
                  if (e.matches(":focus, :focus-within")) return "";
                  if (e.getAttribute("role") === "menuitem") return "ArrowDown";
                  const root = e.getRootNode(), beside = root.activeElement;  // within the same component
                  const [from, to] = beside ? [beside, e] : [document.activeElement, root.host ?? e];
                  return from.compareDocumentPosition(to) & Node.DOCUMENT_POSITION_PRECEDING ? "Shift+Tab" : "Tab";
                }"""
            )
            if not way:
                return
            self.page.keyboard.press(way)
            self.stops += 1
        at = self.page.evaluate("document.activeElement.outerHTML.slice(0, 160)")
        raise AssertionError(f"{at} is the last stop before {field}")

    def _take(self, words: str) -> None:
        self.page.get_by_role("option", name=words).first.wait_for()
        self.page.keyboard.press("Enter")

    def walk(self) -> Iterator[Stop]:
        """Every stop of the page from the first to the last; each is marked with `jcmSeen`."""
        self.page.add_style_tag(content="*{transition:none!important}")
        for _ in range(STOPS_AT_MOST):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(_STOP)
            if found is None:
                return
            yield Stop(*found)
        raise AssertionError("the stops have no end")
