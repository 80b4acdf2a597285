"""IGES, JCM database: participants of listed projects and, where the workbook has such a column, annual estimates."""

from etl.importers.layout import Found, Heading, Line, find_table, not_understood
from etl.importers.office_rows import (
    annual_tonnes,
    day_of_data,
    listed_names,
    reference_number,
    take_projects,
)
from etl.importers.sheets import sheets_of
from etl.importers.source import Document, Importer, Names, Observed, Reading
from etl.sources.value_text import ValueNotUnderstood

SHEET = "Project Data"
ESTIMATES = (
    "Expected emission reductions (tCO2e/year)",
    "Expected emission reductions (tCO2/year)",
    "Expected emission reductions (tCO2e/yr)",
    "Expected emission reductions (tCO2/yr)",
    "Expected GHG emission reductions (tCO2e/year)",
    "Expected GHG emission reductions (tCO2/year)",
    "Estimated emission reductions (tCO2e/year)",
    "Estimated emission reductions (tCO2/year)",
    "Annual expected emission reductions",
    "Expected annual emission reductions",
    "Expected annual GHG emission reductions",
    "Annual emission reductions (expected)",
    "Annual average emission reductions",
    "Average annual emission reductions",
    "Expected emission reductions per year",
    "Estimated annual emission reductions",
)
"""Headings that name reductions a year. A column that may be a total over the crediting period is not among them."""
HEADINGS = (
    Heading("reference", ("Project reference number", "Reference number", "Reference No.")),
    Heading("title", ("Title", "Project title")),
    Heading("country", ("Host Country",)),
    Heading("partner_participants", ("Participant (Host Country)", "Participants (Host Country)")),
    Heading("jp_participants", ("Participant (Japan)", "Participants (Japan)")),
    Heading("tpe", ("TPE", "Third-party entity"), is_needed=False),
    Heading("estimate", ESTIMATES, is_needed=False),
)


def read(document: Document, names: Names) -> Reading:
    """Return the projects of the sheet. Raises SourceNotRead for another layout."""
    sheets = sheets_of(document)
    table = find_table(document, sheets, HEADINGS, named=SHEET)
    others = [sheet.rows[:15] for sheet in sheets if sheet.name != table.sheet]
    reading = Reading(
        stated_on=day_of_data([table.above, *others], document.read_on),
        unknown_headings=tuple(table.unknown),
    )
    take_projects(reading, table.lines, "reference", lambda line: _project(line, table, names, reading))
    return reading


def _project(line: Line, table: Found, names: Names, reading: Reading) -> Observed:
    reference = reference_number(line["reference"])
    iso3 = names.iso3(line["country"])
    if iso3 is None or iso3 == "JPN":
        raise ValueNotUnderstood("a project in a partner country", "パートナー国の案件")
    cells = {
        "ref_no": reference,
        "iso3": iso3,
        "title_en": " ".join(line["title"].split()),
        "partner_participants": listed_names(line["partner_participants"]),
        "jp_participants": listed_names(line["jp_participants"]),
    }
    if line["estimate"]:
        try:
            cells["est_annual_tco2"] = str(annual_tonnes(line["estimate"], table.unit_of("estimate")))
            cells["est_annual_basis"] = "project document"
        except ValueNotUnderstood as wrong:
            reading.set_aside.append(
                not_understood(
                    line, line["estimate"], wrong.expected_en, wrong.expected_ja, column="estimate"
                )
            )
    return Observed("project", reference, {k: v for k, v in cells.items() if v}, line.where)


IMPORTER = Importer("iges-database", read)
