"""UNEP-CCC, Article 6 pipeline: annual estimates and status of listed projects, and days of signature."""

import re
from collections.abc import Callable, Sequence

from etl.importers.layout import Found, Heading, Line, find_table, not_understood
from etl.importers.office_rows import (
    annual_tonnes,
    day_of_data,
    reference_number,
    row_set_aside,
    take_projects,
)
from etl.importers.sheets import Row, Sheet, sheets_of
from etl.importers.source import Document, Importer, Names, Observed, Reading
from etl.sources.date_values import StatedDate, day, partial_date
from etl.sources.value_text import ValueNotUnderstood

PROJECT_HEADINGS = (
    Heading("reference", ("ID", "Project ID", "Reference number")),
    Heading("title", ("Title", "Project title")),
    Heading("country", ("Host country",)),
    Heading(
        "kt_a_year",
        ("ktCO2e/yr", "kt CO2e/year", "ktCO2/yr", "ktCO2e per year", "ktCO2eq/yr", "ktCO2e/yr (average)"),
    ),
    Heading("status", ("Status", "Project status")),
    Heading("registered_on", ("Registration date", "Date of registration")),
    # Known and not taken: the record has them from the JCM website or classifies them itself.
    Heading("number", ("No.", "Number"), is_needed=False),
    Heading("region", ("Region",), is_needed=False),
    Heading("sub_region", ("Sub-region",), is_needed=False),
    Heading("type", ("Type",), is_needed=False),
    Heading("sub_type", ("Sub-type",), is_needed=False),
    Heading("implementer", ("Implementer", "Implementing entity"), is_needed=False),
    Heading("website", ("Website", "Link"), is_needed=False),
)
AGREEMENT_HEADINGS = (
    Heading("country", ("Host country",)),
    Heading("buyer", ("Buying country", "Buyer country", "Acquiring country")),
    Heading("signed_on", ("Date", "Date of signature", "Signature date")),
    Heading("status", ("Status",)),
    Heading("title", ("Title",), is_needed=False),
    Heading("link", ("Link", "Website"), is_needed=False),
    Heading("region", ("Region",), is_needed=False),
    Heading("sub_region", ("Sub-region",), is_needed=False),
    Heading("projects", ("Associated projects",), is_needed=False),
)
STATUSES = {
    "project registered": "registered",
    "registered": "registered",
    "validation": "validation",
    "open for public comments": "validation",
    "open for public inputs": "validation",
    "request for registration withdrawn": "withdrawn",
}
"""Our term by the word of the workbook, in lower case."""

TITLE_ROWS = 15
"""Rows of a sheet in which the day of the data is looked for."""

_NOT_SIGNED = re.compile(r"negotiat|intent|planned|draft|expect|terminat|not signed|pending", re.IGNORECASE)


def read(document: Document, names: Names) -> Reading:
    """Return the projects and the partners of Japan. Raises SourceNotRead for another layout."""
    sheets = sheets_of(document)
    projects = find_table(document, sheets, PROJECT_HEADINGS, named="JCM")
    agreements = find_table(document, sheets, AGREEMENT_HEADINGS, named="Bilateral Agreements")
    reading = Reading(
        stated_on=day_of_data(_title_rows(projects, agreements, sheets), document.read_on),
        unknown_headings=(*projects.unknown, *agreements.unknown),
    )
    take_projects(reading, projects.lines, "reference", lambda line: _project(line, names, reading))
    _take_partners(reading, agreements, names)
    return reading


def _title_rows(projects: Found, agreements: Found, sheets: Sequence[Sheet]) -> list[Sequence[Row]]:
    tables = {projects.sheet, agreements.sheet}
    others = [sheet.rows[:TITLE_ROWS] for sheet in sheets if sheet.name not in tables]
    return [projects.above, agreements.above, *others]


def _project(line: Line, names: Names, reading: Reading) -> Observed:
    reference = reference_number(line["reference"])
    word = " ".join(line["status"].split())
    status = STATUSES.get(word.casefold())
    if status is None:
        known = ", ".join(STATUSES)
        raise ValueNotUnderstood(
            f"a project with a status known here ({known})", f"既知の状況（{known}）にある案件"
        )
    iso3 = names.iso3(line["country"])
    if iso3 is None or iso3 == "JPN":
        raise ValueNotUnderstood("a project in a partner country", "パートナー国の案件")
    estimate = _cell(reading, line, "kt_a_year", lambda text: str(annual_tonnes(text, "kt")))
    cells = {
        "ref_no": reference,
        "iso3": iso3,
        "title_en": " ".join(line["title"].split()),
        "status": status,
        "status_detail": word if word.casefold().startswith("open for") else "",
        "registered_on": _cell(reading, line, "registered_on", lambda text: day(text).isoformat()),
        "est_annual_tco2": estimate,
        "est_annual_basis": "project document" if estimate else "",
    }
    return Observed("project", reference, {k: v for k, v in cells.items() if v}, line.where)


def _cell(reading: Reading, line: Line, field: str, read_text: Callable[[str], str]) -> str:
    """Read a cell; one that is not understood is set aside and counts as open, and its row stays."""
    text = line[field]
    try:
        return read_text(text) if text else ""
    except ValueNotUnderstood as wrong:
        column = next(heading.names[0] for heading in PROJECT_HEADINGS if heading.field == field)
        reading.set_aside.append(
            not_understood(line, text, wrong.expected_en, wrong.expected_ja, column=column)
        )
        return ""


def _take_partners(reading: Reading, agreements: Found, names: Names) -> None:
    """Add the countries that have an agreement with Japan, each once, from its first signature."""
    first: dict[str, tuple[StatedDate | None, str, Line]] = {}
    for line in agreements.lines:
        buyers = (line["buyer"], *re.split(r"[,;/&\n]", line["buyer"]))
        if "JPN" not in {names.iso3(buyer) for buyer in buyers}:
            continue
        try:
            host, signed = _agreement(line)
        except ValueNotUnderstood as wrong:
            reading.set_aside.append(row_set_aside(line, wrong))
            continue
        key = names.iso3(host) or host
        known = first.get(key)
        if known is None or (signed and (known[0] is None or signed.earliest < known[0].earliest)):
            first[key] = (signed, host, line)
    for signed, host, line in first.values():
        iso3 = names.iso3(host)
        cells = {"iso3": iso3} if iso3 else {"name_en": host}
        if signed:
            cells["signed_on"] = str(signed)
        reading.observed.append(Observed("partner_country", iso3, cells, line.where))


def _agreement(line: Line) -> tuple[str, StatedDate | None]:
    """Host country and day of signature of an agreement."""
    host = " ".join(line["country"].split())
    if not host:
        raise ValueNotUnderstood("an agreement that names the host country", "ホスト国の記載のある合意")
    if _NOT_SIGNED.search(line["status"]):
        raise ValueNotUnderstood("an agreement that was signed", "署名済みの合意")
    return host, partial_date(line["signed_on"]) if line["signed_on"] else None


IMPORTER = Importer("unep-pipeline", read)
