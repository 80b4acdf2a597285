"""The paper: a page of A4 and a longer edition, set by Typst as PDF/A-2a and PDF/UA-1 with live text."""

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import typst

from exports.briefing.document import Document, Grid, Section
from exports.briefing.drawing import COLOURS, svg
from exports.briefing.fonts import displayable, family, width
from exports.briefing.grids import cut_off
from view.texts import Texts

Edition = Literal["long", "page"]

_TEMPLATE = Path(__file__).parent / "paper.typ"
_STANDARDS = ["a-2a", "ua-1"]
_CONTROLS = re.compile(r"\\u00[01][0-9a-f]")
"""Signs that steer a terminal, as JSON writes them."""
_PREVIEW_PPI = 110
_ROOM = 505.0
"""Width of the text on A4 in points."""
_TABLE_POINTS = 8.0
_CELL_PADDING = 7.0
_WIDE = 110.0
_OF_A_PAGE = {
    "programme": ("cumulative", "ladder", "gap"),
    "country": ("cumulative", "ladder", "country_projects", "country_issuances"),
    "sector": ("cumulative", "ladder", "ranking"),
    "participant": ("cumulative", "ladder", "participant_projects", "participant_partners"),
    "comparison": ("ladders", "countries", "issuance_changes"),
}
"""Sections of the one-page edition, by audience."""
_ROWS_OF_A_PAGE = (12, 9, 7, 5, 4, 3)
"""Rows of a list on the page: the most with which all of it fits at a size that can be read."""
_WHOLE = frozenset({"ladder", "gap", "ladders"})
"""Tables that say what they say with all their rows only."""
_CHART_OF_A_PAGE = 0.72


def pdf_of(document: Document, t: Texts, edition: Edition = "long") -> bytes:
    """The document as PDF. Raises FontMissing where no font with Japanese is found."""
    return _compiled(document, t, edition, {"pdf_standards": _STANDARDS})


def preview_of(document: Document, t: Texts) -> bytes:
    """The edition of one page as a picture (PNG), to be looked at before it is taken."""
    return _compiled(document, t, "page", {"format": "png", "ppi": _PREVIEW_PPI})


def _compiled(document: Document, t: Texts, edition: Edition, options: Mapping[str, Any]) -> bytes:
    chosen = family()
    with tempfile.TemporaryDirectory(prefix="jcm-briefing-") as name:
        folder = Path(name)
        shutil.copy(_TEMPLATE, folder / "paper.typ")
        sections = _sections_of(document, edition)
        for section in sections:
            if section.chart is not None:
                drawn = svg(section.chart, t, 1.0 if edition == "long" else _CHART_OF_A_PAGE)
                (folder / f"{section.key}.svg").write_text(displayable(drawn), encoding="utf-8")
        data = _data(document, sections, edition, t)
        text = _as_json(data)
        shown = displayable(text)
        if shown != text:
            data["limits"].append(t("〓 stands for a sign that the font of this paper lacks."))
            shown = displayable(_as_json(data))
        (folder / "document.json").write_text(shown, encoding="utf-8")
        made: bytes = typst.compile(
            str(folder / "paper.typ"),
            root=name,
            font_paths=[str(chosen.regular.parent)],
            **options,
            timestamp=int(datetime.combine(document.request.as_of, datetime.min.time(), UTC).timestamp()),
        )
    return made


def _as_json(data: Mapping[str, Any]) -> str:
    return _CONTROLS.sub("\ufffd", json.dumps(data, ensure_ascii=False))


def page_of(document: Document, t: Texts) -> bytes:
    """The edition of one page."""
    return pdf_of(document, t, "page")


def _sections_of(document: Document, edition: Edition) -> list[Section]:
    if edition == "long":
        return list(document.sections)
    wanted = _OF_A_PAGE[document.request.audience]
    # One figure is enough for a page, and the head says what it shows; the other sections have their table there.
    return [
        replace(one, sentence="") if one.key == wanted[0] else replace(one, chart=None)
        for one in document.sections
        if one.key in wanted
    ]


def _data(document: Document, sections: list[Section], edition: Edition, t: Texts) -> dict[str, Any]:
    return {
        "edition": edition,
        "lang": t.lang,
        "title": document.title,
        "author": t("JCM target tracker"),
        "keywords": [document.as_of, document.data_version],
        "subtitle": document.subtitle,
        "answer": document.answer,
        "figures": [asdict(figure) for figure in document.figures],
        "sections": [_section(one, edition, t) for one in sections],
        "terms": document.terms,
        "limits": list(document.limits),
        "sources": document.source_names,
        "citation": t("Cite as: {citation}", citation=document.citation),
        "foot": " · ".join(document.foot()),
        "fonts": [family().name],
        "words": {
            "terms": t("What each stage is"),
            "limits": t("What these figures do not cover"),
            "sources": t("Sources ({n})", n=t.number(len(document.source_names))),
        },
        "colours": COLOURS,
    }


def _section(section: Section, edition: Edition, t: Texts) -> dict[str, Any]:
    grid = section.grid
    rows = len(grid.rows) if grid else 0
    is_list = edition == "page" and section.key not in _WHOLE
    return {
        "title": section.title,
        "sentence": section.sentence,
        "coverage": section.coverage if edition == "long" else "",
        "notes": section.notes,
        # How many rows are shown where room is short, and what is then said of the others.
        "cuts": [[min(most, rows), cut_off(most, rows, t)] for most in _ROWS_OF_A_PAGE if is_list]
        or [[rows, ()]],
        "picture": f"{section.key}.svg" if section.chart is not None else None,
        "alt": section.chart.alt if section.chart is not None else "",
        "table": None if grid is None else _table(grid),
    }


def _table(grid: Grid) -> dict[str, Any]:
    return {
        "heads": grid.heads,
        "rows": grid.rows,
        "numeric": sorted(grid.numeric),
        "strong": sorted(grid.strong),
        "widths": widths(grid),
    }


def widths(grid: Grid) -> list[float]:
    """Share of the room that each column takes; 0 for one as wide as its text. Wide texts share what is left."""
    natural = []
    for i, head in enumerate(grid.heads):
        cells = max((width(row[i], _TABLE_POINTS) for row in grid.rows), default=0.0)
        longest = max((width(word, _TABLE_POINTS) for word in head.split()), default=0.0)
        natural.append(max(cells, min(longest, 60.0)) + _CELL_PADDING)
    wide = [i for i, w in enumerate(natural) if w > _WIDE and i not in grid.numeric]
    if not wide:
        if sum(natural) <= _ROOM:
            return [1.0 if i == 0 else 0.0 for i in range(len(natural))]
        return [round(w, 1) for w in natural]
    return [round(min(w, 320.0), 1) if i in wide else 0.0 for i, w in enumerate(natural)]
