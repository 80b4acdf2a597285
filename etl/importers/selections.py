"""Selections announced by ministries and GEC: our template, or a table as a press release has it, CSV or XLSX."""

import csv
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from rapidfuzz import fuzz, process

from etl.importers.layout import Found, Heading, Line, find_table, is_total, not_understood, plain_heading
from etl.importers.office_rows import annual_tonnes, day_of_data, listed_names, row_set_aside, said_in
from etl.importers.sheets import Sheet, sheets_of
from etl.importers.source import Document, Importer, Names, Observed, Reading, SetAside, SourceNotRead
from etl.sources.date_values import day, fiscal_year
from etl.sources.value_text import ValueNotUnderstood, in_half_width, states_no_amount

VOCABULARY = Path(__file__).parent.parent.parent / "data" / "vocabulary"
FIRST_FISCAL_YEAR = 2010
"""No project of the JCM was selected before."""


@dataclass(frozen=True)
class Column:
    """A column of the template: the field it fills, its heading in both languages, and what tables of others call it."""

    field: str
    ja: str
    en: str
    others: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The heading in both languages."""
        return f"{self.ja} / {self.en}"

    @property
    def heading(self) -> Heading:
        """The column as a heading to find; none is needed by itself."""
        names = (self.label, self.ja, self.en, self.field, *self.others)
        return Heading(self.field, names, is_needed=False)


_REDUCTIONS = (
    "想定GHG削減量",
    "想定温室効果ガス削減量",
    "GHG削減量",
    "CO2削減量",
    "削減量",
    "排出削減量",
    "削減見込量",
)
_A_YEAR = ("tCO2/年", "t-CO2e/年", "tCO2eq/年", "トン/年", "千tCO2/年", "千トン/年", "万tCO2/年", "万トン/年")
COLUMNS = (
    Column(
        "title_ja",
        "案件名（和文）",
        "Title (Japanese)",
        (
            "案件名",
            "案件名（日本語）",
            "件名（日本語）",
            "事業名",
            "事業名（仮）",
            "プロジェクト名",
            "事業の名称",
            "件名",
        ),
    ),
    Column(
        "title_en",
        "案件名（英文）",
        "Title (English)",
        ("案件名（英語）", "件名（英語）", "Project title", "Title", "Project name"),
    ),
    Column(
        "country",
        "パートナー国",
        "Partner country",
        ("国", "国名", "実施国", "対象国", "ホスト国", "相手国", "Country", "Host country"),
    ),
    Column("location", "所在地", "Location", ("実施場所", "実施サイト", "サイト", "場所", "Place", "Site")),
    Column("technology", "技術", "Technology", ("主な技術", "技術区分", "技術分類", "Main technology")),
    Column(
        "programme",
        "支援事業",
        "Programme",
        ("事業区分", "補助事業", "支援事業名", "Program", "Support programme"),
    ),
    Column(
        "fy_selected",
        "採択年度",
        "Fiscal year of selection",
        ("年度", "選定年度", "Fiscal year", "FY", "FY of selection", "Selected in"),
    ),
    Column(
        "est_annual_tco2",
        "年間削減見込量",
        "Expected reductions a year",
        (
            *("年間想定削減量", "年間GHG削減量", "年間CO2削減量", "年間排出削減量", "年間想定GHG削減量"),
            *("Expected annual reductions", "Expected annual GHG emission reductions", "Annual reductions"),
            *(f"{what}（{unit}）" for what in _REDUCTIONS for unit in _A_YEAR),
            *(
                f"Expected GHG emission reductions ({unit})"
                for unit in ("tCO2/year", "tCO2e/year", "tCO2/y", "tCO2e/yr")
            ),
        ),
    ),
    Column(
        "jp_participants",
        "日本側参加者",
        "Japanese participants",
        (
            "日本側事業者",
            "日本側企業",
            "代表事業者",
            "参加者 日本側",
            "事業者 日本側",
            "Participants (Japan)",
        ),
    ),
    Column(
        "partner_participants",
        "パートナー国側参加者",
        "Participants of the partner country",
        (
            *("パートナー国側事業者", "相手国側参加者", "相手国側事業者", "現地事業者"),
            *("参加者 パートナー国側", "参加者 相手国側", "事業者 パートナー国側", "事業者 相手国側"),
            *("Partner country participants", "Host country participants", "Participants (host country)"),
        ),
    ),
    Column("methodology", "方法論", "Methodology", ("方法論番号", "適用方法論", "Methodology number")),
    Column("announced_on", "公表日", "Announced on", ("発表日", "報道発表日", "Date of announcement")),
    Column("source_url", "出典URL", "Source address", ("出典", "URL", "掲載ページ", "Source", "Source URL")),
    Column("publisher", "公表機関", "Publisher", ("公表主体", "発表機関", "公表者", "Published by")),
)
LABELS = {column.field: column.label for column in COLUMNS}


@lru_cache(maxsize=8)
def vocabulary(file: str) -> tuple[tuple[str, str], ...]:
    """Return the terms of a vocabulary, each with how a person chooses it: its Japanese / its English name."""
    with (VOCABULARY / file).open(encoding="utf-8", newline="") as rows:
        return tuple(
            (next(iter(row.values())), f"{row['name_ja']} / {row['name_en']}") for row in csv.DictReader(rows)
        )


def read(document: Document, names: Names) -> Reading:
    """Return the selected projects. Raises SourceNotRead for a table without a country and a title."""
    table = _table(document, sheets_of(document))
    reading = Reading(unknown_headings=tuple(table.unknown))
    for rows in _projects(table):
        try:
            _take_project(reading, rows, table, names)
        except ValueNotUnderstood as wrong:
            reading.set_aside.append(row_set_aside(rows[0], wrong))
    announced = [day(one.cells["announced_on"]) for one in reading.observed if "announced_on" in one.cells]
    reading.stated_on = day_of_data([table.above], document.read_on) or max(announced, default=None)
    return reading


def _table(document: Document, sheets: Sequence[Sheet]) -> Found:
    """The table; it has to name countries, and titles in one language at least."""
    refused: list[SourceNotRead] = []
    for title in ("title_ja", "title_en"):
        needed = {"country", title}
        headings = [replace(column.heading, is_needed=column.field in needed) for column in COLUMNS]
        try:
            return find_table(document, sheets, headings)
        except SourceNotRead as another:
            refused.append(another)
    raise refused[0]


def _projects(table: Found) -> Iterator[list[Line]]:
    """Rows by project: the rows that a merged title spans belong together, as those of several participants do."""
    title = "title_ja" if "title_ja" in table.columns else "title_en"
    for _, rows in groupby(table.lines, key=lambda line: table.span_of(line, title)):
        lines = list(rows)
        if not any(is_total(lines[0][field]) for field in ("title_ja", "title_en", "country")):
            yield lines


def _take_project(reading: Reading, rows: Sequence[Line], table: Found, names: Names) -> None:
    """Add a project; a cell that is not understood is set aside, and the row keeps its others."""
    line = rows[0]
    titles = _titles(line)
    if not titles or not said_in(line["country"]):
        raise ValueNotUnderstood(
            "a selected project with its country and its title", "国及び案件名のある採択案件"
        )
    aside: list[SetAside] = []

    def cell(field: str, read_text: Callable[[str], str]) -> str:
        text = said_in(line[field])
        try:
            return read_text(text) if text and not states_no_amount(text) else ""
        except ValueNotUnderstood as wrong:
            aside.append(
                not_understood(line, text, wrong.expected_en, wrong.expected_ja, column=LABELS[field])
            )
            return ""

    iso3 = _country(said_in(line["country"]), names)
    estimate = cell("est_annual_tco2", lambda text: _estimate(text, rows, table))
    cells = {
        **titles,
        "iso3": iso3,
        "location": cell("location", _text),
        "technology": cell("technology", lambda text: _term(text, "technologies.csv", "technology", "技術")),
        "programme": cell("programme", lambda text: _term(text, "programmes.csv", "programme", "支援事業")),
        "fy_selected": cell("fy_selected", _fiscal_year),
        "est_annual_tco2": estimate,
        "est_annual_basis": "selection" if estimate else "",
        "jp_participants": listed_names("\n".join(row["jp_participants"] for row in rows)),
        "partner_participants": listed_names("\n".join(row["partner_participants"] for row in rows)),
        "methodology": cell("methodology", listed_names),
        "status": "pipeline",
        "announced_on": cell("announced_on", lambda text: day(text).isoformat()),
        "source_url": cell("source_url", _address),
        "publisher": cell("publisher", _text),
    }
    reading.observed.append(Observed("project", None, {k: v for k, v in cells.items() if v}, line.where))
    reading.set_aside += aside


def _titles(line: Line) -> dict[str, str]:
    """Titles by the language that they are in, whichever column they stand in."""
    titles: dict[str, str] = {}
    for field in ("title_ja", "title_en"):
        if title := _text(said_in(line[field])):
            titles.setdefault("title_ja" if _is_japanese(title) else "title_en", title)
    return titles


def _is_japanese(text: str) -> bool:
    return any("ぁ" <= sign <= "ヿ" or "一" <= sign <= "鿿" for sign in text)


def _text(text: str) -> str:
    return " ".join(text.split())


def _country(text: str, names: Names) -> str:
    """Code of a partner, from its name in either language, both as the template has them, or its code."""
    plain = unicodedata.normalize("NFKC", _text(text))
    for name in (plain, *plain.split(" / ")):
        iso3 = names.iso3(name) or (name.upper() if name.upper() in names.countries.values() else None)
        if iso3 is not None and iso3 != "JPN":
            return iso3
    near = _near(plain, {name: name for name in names.countries})
    raise ValueNotUnderstood(f"a project in a partner country{near[0]}", f"パートナー国{near[1]}の案件")


@lru_cache(maxsize=4096)
def _term(text: str, file: str, what_en: str, what_ja: str) -> str:
    """Term of a vocabulary, from the term itself or its name in either language."""
    known = vocabulary(file)
    plain = plain_heading(text)
    for term, chosen in known:
        if plain in {plain_heading(name) for name in (term, chosen, *chosen.split(" / "))}:
            return term
    near = _near(text, {name: chosen for term, chosen in known for name in (term, *chosen.split(" / "))})
    raise ValueNotUnderstood(f"a {what_en} known here{near[0]}", f"既知の{what_ja}{near[1]}")


def _near(text: str, names: Mapping[str, str]) -> tuple[str, str]:
    """What goes by names like a text, as words to put behind what was expected; empty where no name is like it."""
    like = process.extract(
        text.casefold(), list(names), scorer=fuzz.WRatio, processor=str.casefold, limit=6, score_cutoff=60
    )
    found = list(dict.fromkeys(names[name] for name, *_ in like))[:3]
    if not found:
        return "", ""
    return f" (near: {'; '.join(found)})", f"（近いもの：{'、'.join(found)}）"


def _fiscal_year(text: str) -> str:
    plain = in_half_width(text)
    is_era = plain[:1] in "RHrh令平" and plain[-1:] in "0123456789元"
    year = fiscal_year(f"{plain}年度" if is_era else plain)
    if year < FIRST_FISCAL_YEAR:
        raise ValueNotUnderstood(
            f"a fiscal year from {FIRST_FISCAL_YEAR} on", f"{FIRST_FISCAL_YEAR}年度以降の年度"
        )
    return str(year)


def _estimate(text: str, rows: Sequence[Line], table: Found) -> str:
    """Whole tonnes a year. A cell merged over several projects states them together and is the figure of none."""
    first, last = table.span_of(rows[0], "est_annual_tco2")
    if first < rows[0].number or last > rows[-1].number:
        raise ValueNotUnderstood(
            f"a figure of one project (it is stated for rows {first} to {last} together)",
            f"1案件のみの値（当該セルは{first}～{last}行目にまたがる）",
        )
    return str(annual_tonnes(text, table.unit_of("est_annual_tco2")))


def _address(text: str) -> str:
    if not text.startswith(("https://", "http://")) or len(text.split()) != 1:
        raise ValueNotUnderstood("an address that begins with https://", "https://で始まるアドレス")
    return text


IMPORTER = Importer("selections", read)
