"""Every source as it may be one day: what the record says, and a few differences that a test knows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.refresh.record_files import RecordFiles
from tests.etl.importers.jcm_pages import (
    Event,
    issuances_page,
    locations_csv,
    methodologies_page,
    methodology,
    projects_page,
)
from tests.etl.importers.workbooks import unep_workbook, world_bank_workbook
from tests.etl.refresh.lists_of_the_record import TODAY, events_of, listed, row_of

NEW_TITLE = "Invented 12 MW wind farm"
NEW_ESTIMATE = 20_000
NEW_TITLES = {"TH014": "Quite another title"}
NEW_EVENT = Event(
    "MN006",
    date(2021, 1, 1),
    date(2021, 12, 31),
    date(2026, 11, 2),
    {"Japan": (12_000, date(2026, 11, 20), 12_000), "Mongolia": (3_000, None, None)},
)
PLACE = "Mongolia\nUlaanbaatar suburb\nN/A\n47.9, 106.9"


@dataclass(frozen=True)
class Saved:
    """A document of a source: its path on the site below /jc/, its content, its media type."""

    source_code: str
    name: str
    path: str
    content: bytes
    media_type: str = "text/html; charset=utf-8"


def sources_of(data: Path) -> Iterator[Saved]:
    """The documents of all sources that a refresh fetches, pages with links included.

    They differ from the record in this: MN901 is new on the list and in the pipeline, TH014 has another title, MN006 a new
    event, MN003 coordinates, Mongolia a methodology, VN017 another estimate, and the World Bank another figure of 2025.
    """
    record = RecordFiles(data, TODAY)
    rows = listed(data)
    for reference, title in NEW_TITLES.items():
        row_of(rows, reference)[2] = title
    rows.append(["MN901", "Mongolia", NEW_TITLE, "Validation", "N/A", "", "Invented Co., Ltd.", "", ""])
    yield Saved("jcm-projects", "jcm-projects.html", "mn-projects/", projects_page(rows))
    for row in record.rows("country_letters"):
        letters = row["letters"].casefold()
        events = events_of(data, row["iso3"]) + ([NEW_EVENT] if row["iso3"] == "MNG" else [])
        name = f"jcm-issuances-{letters}.html"
        yield Saved("jcm-issuances", name, f"{letters}-projects-issues", issuances_page(events))
        found = [methodology("MN_AM901", "MN_PM901")] if row["iso3"] == "MNG" else []
        name = f"jcm-methodologies-{letters}.html"
        yield Saved("jcm-methodologies", name, f"{letters}-methodologies-proposed", methodologies_page(found))
    yield Saved(
        "jcm-locations",
        "jcm-locations.csv",
        "files/JCM_Projects_data.csv",
        locations_csv({"MN003": PLACE}),
        "text/csv",
    )
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    yield Saved("unep-pipeline", "unep-pipeline.xlsx", "files/pipeline.xlsx", _unep(record), sheet)
    yield Saved("world-bank", "world-bank.xlsx", "files/carbon-pricing.xlsx", _world_bank(record), sheet)


def save_all(data: Path, folder: Path) -> None:
    """Save the documents in a folder, as a person would."""
    for one in sources_of(data):
        (folder / one.name).write_bytes(one.content)


def link_pages() -> Mapping[str, bytes]:
    """Pages that link to the file of a source, by their path below /jc/."""
    links = {
        "link-page": "files/JCM_Projects_data.csv",
        "pipeline": "files/pipeline.xlsx",
        "about": "/jc/files/carbon-pricing.xlsx?download=1",
    }
    return {
        path: f'<!DOCTYPE html><html><body><a href="/">Home</a> <a href="{to}">File</a></body></html>'.encode()
        for path, to in links.items()
    }


def _unep(record: RecordFiles) -> bytes:
    """All listed projects with the estimates of the record, but for one."""
    names = {row["iso3"]: row["name_en"] for row in record.rows("partner_country")}
    words = {
        "registered": "Project registered",
        "validation": "Validation",
        "withdrawn": "Request for registration withdrawn",
    }
    rows = []
    for row in record.rows("project"):
        if row["ref_no"]:
            estimate = int(row["est_annual_tco2"]) + (1_000 if row["ref_no"] == "VN017" else 0)
            registered = date.fromisoformat(row["registered_on"]) if row["registered_on"] else None
            title = NEW_TITLES.get(row["ref_no"], row["title_en"])
            rows.append(
                [row["ref_no"], title, names[row["iso3"]], estimate / 1000, words[row["status"]], registered]
            )
    rows.append(["MN901", NEW_TITLE, "Mongolia", NEW_ESTIMATE / 1000, "Validation", None])
    return unep_workbook(rows, updated=("Updated 20 November 2026",))


def _world_bank(record: RecordFiles) -> bytes:
    issued = {
        int(row["year"]): int(row["value"]) + (979 if row["year"] == "2025" else 0)
        for row in record.rows("official_total")
        if row["metric"] == "credits_issued_in_year" and row["scope"] == "all JCM"
    }
    return world_bank_workbook(issued, updated="Data last updated by November 20, 2026")
