"""World Bank, State and Trends of Carbon Pricing: JCM credits issued a year, and carbon pricing of the countries we keep."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from etl.importers.layout import Found, Heading, Line, find_table, not_understood, plain_heading, stated
from etl.importers.office_rows import day_of_data, row_set_aside, scaled_tonnes, scales_in
from etl.importers.sheets import Sheet, sheets_of
from etl.importers.source import Document, Importer, Names, Observed, Reading, SourceNotRead
from etl.sources.date_values import partial_date
from etl.sources.value_text import ValueNotUnderstood

ISSUANCE_SHEET = "Crediting_Issuance"
"""Credits issued a year. The cumulative of `Crediting_Detail` counts the years from 2024 twice and is never read."""
PRICING_SHEET = "Compliance_Gen Info"

ISSUANCE_HEADINGS = (
    Heading("mechanism", ("Mechanism", "Name of the mechanism", "Crediting mechanism")),
    Heading("unit", ("Unit", "Units"), is_needed=False),
)
PRICING_HEADINGS = (
    Heading("name", ("Instrument name", "Name of the initiative")),
    Heading("type", ("Type", "Instrument type")),
    Heading("status", ("Status",)),
    Heading("jurisdiction", ("Jurisdiction covered", "Jurisdiction")),
    Heading(
        "since", ("Year of implementation", "Start year", "Start date", "In force since"), is_needed=False
    ),
    Heading("id", ("Unique ID",), is_needed=False),
)
MECHANISMS = frozenset({"jointcreditingmechanism", "jointcreditingmechanismjcm", "jcm"})
STATUSES = {
    "implemented": "implemented",
    "in force": "implemented",
    "in effect": "implemented",
    "pilot": "pilot",
    "piloting": "pilot",
    "under development": "under development",
    "under consideration": "under consideration",
}
"""Our term by the word of the workbook, in lower case and without a year behind it."""
INSTRUMENTS = {
    "carbon tax": "carbon tax",
    "ets": "emissions trading",
    "emissions trading system": "emissions trading",
    "emissions trading scheme": "emissions trading",
    "undecided": "carbon tax or emissions trading",
}

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_STATUS = re.compile(r"(?P<word>[^(\d]+?)\s*(?:\(?\s*(?P<year>(?:19|20)[0-9]{2})\s*\)?)?")


def read(document: Document, names: Names) -> Reading:
    """Return the credits issued a year and the instruments. Raises SourceNotRead for another layout."""
    sheets = sheets_of(document)
    issuance = find_table(document, sheets, ISSUANCE_HEADINGS, named=ISSUANCE_SHEET)
    years = {text: column for text, column in issuance.unknown.items() if _YEAR.fullmatch(text)}
    if not years:
        raise _not_as_expected(document, "years as headings", "年の見出し", " | ".join(issuance.unknown))
    others = [
        sheet.rows[:3] for sheet in sheets if plain_heading(sheet.name) != plain_heading(ISSUANCE_SHEET)
    ]
    reading = Reading(stated_on=day_of_data([issuance.above, *others], document.read_on))
    line = _line_of_the_jcm(document, issuance)
    _take_years(reading, issuance, line, years)
    unknown = [text for text in issuance.unknown if text not in years]
    if any(plain_heading(sheet.name) == plain_heading(PRICING_SHEET) for sheet in sheets):
        unknown += _take_instruments(reading, document, sheets, names)
    reading.unknown_headings = tuple(unknown)
    return reading


def _not_as_expected(document: Document, expected_en: str, expected_ja: str, found: str) -> SourceNotRead:
    place, shown = f"{document.name}, {ISSUANCE_SHEET}", found[:300] or "-"
    return SourceNotRead(
        f"{place}: the table is not as expected. Missing: {expected_en}. Found: {shown}. The layout of the source may"
        " have changed; nothing of it was taken.",
        f"{place}：表の様式が想定と異なります。ないもの：{expected_ja}。あるもの：{shown}。"
        "出典の様式が変わった可能性があるため、取り込んでいません。",
    )


def _line_of_the_jcm(document: Document, issuance: Found) -> Line:
    lines = [line for line in issuance.lines if plain_heading(line["mechanism"]) in MECHANISMS]
    if len(lines) != 1:
        raise _not_as_expected(
            document,
            "one row “Joint Crediting Mechanism”",
            "「Joint Crediting Mechanism」の行（1行）",
            " | ".join(line["mechanism"] for line in lines or issuance.lines),
        )
    return lines[0]


def _take_years(reading: Reading, issuance: Found, line: Line, years: Mapping[str, int]) -> None:
    """Add a total for each year that is over and has a figure; zeros before the first credits state nothing of the JCM."""
    cells = next(row.cells for row in issuance.rows if row.number == line.number)
    above = " ".join(cell for row in issuance.above for cell in row.cells)
    scales = scales_in(line["unit"]) or scales_in(issuance.unit_of("mechanism")) or scales_in(above) or {1}
    repeated = {year for year, times in Counter(issuance.texts).items() if times > 1}
    has_begun = False
    for year, column in sorted(years.items()):
        text = stated(cells[column]) if column < len(cells) else ""
        if not text:
            continue
        try:
            if len(scales) > 1 or year in repeated:
                raise ValueNotUnderstood(
                    "a figure with one unit and one column a year", "単位及び年の列が一つに定まる値"
                )
            if reading.stated_on is not None and int(year) >= reading.stated_on.year:
                raise ValueNotUnderstood("the figure of a year that is over", "終了した年の値")
            value = scaled_tonnes(text, min(scales))
        except ValueNotUnderstood as wrong:
            reading.set_aside.append(
                not_understood(line, text, wrong.expected_en, wrong.expected_ja, column=year)
            )
            continue
        has_begun = has_begun or value > 0
        if has_begun:
            reading.observed.append(_total(reading, year, value, line))


def _total(reading: Reading, year: str, value: int, line: Line) -> Observed:
    cells = {
        "as_of": reading.stated_on.isoformat() if reading.stated_on else "",
        "metric": "credits_issued_in_year",
        "year": year,
        "value": str(value),
        "unit": "tCO2",
        "qualifier": "exact",
        "scope": "all JCM",
        "reliability": "press",
    }
    return Observed("official_total", None, {k: v for k, v in cells.items() if v}, f"{line.where}, {year}")


def _take_instruments(
    reading: Reading, document: Document, sheets: Sequence[Sheet], names: Names
) -> Sequence[str]:
    """Add the national instruments of countries that the record keeps; those of provinces and others are left out."""
    table = find_table(document, sheets, PRICING_HEADINGS, named=PRICING_SHEET)
    ours = [line for line in table.lines if names.iso3(line["jurisdiction"])]
    of_a_kind = Counter((names.iso3(line["jurisdiction"]), _kind(line)) for line in ours)
    for line in ours:
        iso3 = names.iso3(line["jurisdiction"]) or ""
        kind = _kind(line)
        if kind.startswith("subnational"):
            continue
        try:
            status, since = _status(line)
        except ValueNotUnderstood as wrong:
            reading.set_aside.append(row_set_aside(line, wrong))
            continue
        name = " ".join(line["name"].split())
        cells = {
            "iso3": iso3,
            "status": status,
            "instrument": f"{kind} ({name})" if of_a_kind[iso3, kind] > 1 else kind,
            "since": since,
        }
        reading.observed.append(
            Observed("carbon_pricing", None, {k: v for k, v in cells.items() if v}, line.where)
        )
    return tuple(table.unknown)


def _kind(line: Line) -> str:
    """What an instrument is, in our words where we have them."""
    word = " ".join(line["type"].split()).casefold().removeprefix("national ")
    return INSTRUMENTS.get(word, word) or " ".join(line["name"].split())


def _status(line: Line) -> tuple[str, str]:
    """Our term for the status, and since when, for an instrument that is in force."""
    found = _STATUS.fullmatch(" ".join(line["status"].split()))
    status = STATUSES.get(found["word"].casefold()) if found else None
    if found is None or status is None:
        known = ", ".join(dict.fromkeys(STATUSES.values()))
        raise ValueNotUnderstood(
            f"an instrument with a status known here ({known})", f"既知の状況（{known}）にある制度"
        )
    if status not in {"implemented", "pilot"}:
        return status, ""
    return status, str(partial_date(line["since"])) if line["since"] else found["year"] or ""


IMPORTER = Importer("world-bank", read)
