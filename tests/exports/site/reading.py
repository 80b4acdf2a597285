"""A page of the site as tests read it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path


@dataclass
class ReadPage:
    """What a page holds: addresses by the element that names them, ids, tables by the id of their section, and its words."""

    path: Path
    addresses: list[tuple[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    figures: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, page: ReadPage) -> None:
        super().__init__()
        self.page, self._section, self._cell, self._bold = page, "", False, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name in ("href", "src"):
            if (address := given.get(name)) is not None:
                self.page.addresses.append((tag, address))
        if (key := given.get("id")) is not None:
            self.page.ids.append(key)
        if tag == "h2":
            self._section = given.get("id") or ""
        if tag == "tr":
            self.page.tables.setdefault(self._section, []).append([])
        if tag in {"th", "td"}:
            self.page.tables[self._section][-1].append("")
            self._cell = True
        self._bold = tag == "b"
        if self._bold:
            self.page.figures.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"th", "td"}:
            self._cell = False
        self._bold = False

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.page.tables[self._section][-1][-1] += data
        if self._bold:
            self.page.figures[-1] += data


def read(path: Path) -> ReadPage:
    page = ReadPage(path)
    _Reader(page).feed(path.read_text(encoding="utf-8"))
    return page
