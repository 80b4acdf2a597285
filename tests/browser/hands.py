"""Two ways to use a page, with a mouse and with keys alone, that count what they do."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.browser.conftest import wait_until_still

STOPS_AT_MOST = 400
"""More presses of Tab than any page has stops."""


_STOP = """async () => {
  const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const e = document.activeElement;
  if (e === document.body || e.jcmSeen) return null;
  e.jcmSeen = true;
  const drawn = part => {
    const style = getComputedStyle(part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 ? "outline" : style.boxShadow + style.borderColor + style.backgroundColor;
  };
  const around = [e, e.parentElement, e.parentElement.parentElement, e.parentElement.parentElement.parentElement];
  await frames();
  const now = around.map(drawn);
  e.blur();
  await frames();
  const then = around.map(drawn);
  e.focus();
  const box = e.getBoundingClientRect();
  return [
    e.outerHTML.slice(0, 160),
    e.getAttribute("aria-label") || e.labels?.[0]?.textContent || e.textContent || "",
    box.bottom > 0 && box.top < innerHeight && now.some((look, i) => look === "outline" || look !== then[i]),
  ];
}"""


@dataclass(frozen=True)
class Stop:
    """Where Tab stops: the element, its name, and whether a reader sees that it is there."""

    element: str
    name: str
    is_seen: bool


class Hand(ABC):
    """Does one thing after another on a page. `steps` are things done, `stops` how often Tab was pressed on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.begin()

    def begin(self) -> None:
        """Counts from nothing."""
        self.steps = self.stops = 0

    def use(self, part: Locator) -> None:
        """Presses a button, follows a link, opens a line, takes an option."""
        self.steps += 1
        self._use(part)

    def pick(self, box: Locator, words: str) -> None:
        """Takes an option of a list by its first words."""
        self.steps += 1
        self._reach(box)
        box.press_sequentially(words)
        self._take(words)
        self.page.keyboard.press("Escape")  # a list of several stays open, and all else is out of reach
        wait_until_still(self.page)

    def write(self, field: Locator, words: str, end: str = "Enter") -> None:
        """Replaces what stands in a field, and ends with a key."""
        self.steps += 1
        self._reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words) if " " in words else self.page.keyboard.type(words)
        self.page.keyboard.press(end)

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
                """e => e.matches(":focus, :focus-within") ? "" : e.getAttribute("role") === "menuitem" ? "ArrowDown" :
                document.activeElement.compareDocumentPosition(e.getRootNode().host ?? e) & Node.DOCUMENT_POSITION_PRECEDING
                ? "Shift+Tab" : "Tab" """
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
