"""Pages in the layouts of the sources that say just what the record says, so that a test changes one thing in them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from etl.importers.raw_store import RawStore
from etl.refresh.documents import Documents
from etl.refresh.record_files import RecordFiles
from etl.refresh.session import Outcome, refresh
from tests.etl.importers.jcm_pages import Event, issuances_page, projects_page, site_day

TODAY = date(2026, 12, 15)
WORDS = {
    "registered": "Project registered",
    "validation": "Validation",
    "withdrawn": "Request for Registration withdrawn",
}


def listed(data: Path) -> list[list[str]]:
    """The rows of the site's list of projects as the record has them."""
    record = RecordFiles(data, TODAY)
    names = {row["iso3"]: row["name_en"] for row in record.rows("partner_country")}
    return [
        [
            row["project_id"],
            names[row["iso3"]],
            row["title_en"],
            WORDS[row["status"]],
            site_day(date.fromisoformat(row["registered_on"])) if row["registered_on"] else "N/A",
            row["partner_participants"].replace("; ", "\n"),
            row["jp_participants"].replace("; ", "\n"),
            row["methodology"],
            "",
        ]
        for row in record.rows("project")
        if row["ref_no"]
    ]


def row_of(rows: list[list[str]], reference: str) -> list[str]:
    return next(row for row in rows if row[0] == reference)


def events_of(data: Path, iso3: str) -> list[Event]:
    """The issuance events of a country whose project, period and shares are all known."""
    record = RecordFiles(data, TODAY)
    names = {row["iso3"]: row["name_en"] for row in record.rows("partner_country")}
    found = []
    for row in record.rows("issuance"):
        if row["iso3"] == iso3 and all(
            row[c] for c in ("project_id", "period_start", "period_end", "japan_tco2", "partner_tco2")
        ):
            issued_on = date.fromisoformat(row["issued_on"]) if len(row["issued_on"]) == 10 else None
            japan, partner = int(row["japan_tco2"]), int(row["partner_tco2"])
            sides = {
                "Japan": (japan, issued_on, japan if issued_on else None),
                names[iso3]: (partner, None, None),
            }
            found.append(
                Event(
                    row["project_id"],
                    date.fromisoformat(row["period_start"]),
                    date.fromisoformat(row["period_end"]),
                    date.fromisoformat(row["decided_on"]) if len(row["decided_on"]) == 10 else None,
                    sides,
                )
            )
    return sorted(found, key=lambda event: (event.reference, event.start))


class Sources:
    """Saved files of sources beside a copy of the data, read by `refresh`."""

    def __init__(self, data: Path, folder: Path) -> None:
        self.data, self.folder = data, folder
        self.files: dict[str, list[Path]] = {}

    def save(self, code: str, content: bytes, name: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if path not in self.files.setdefault(code, []):
            self.files[code].append(path)

    def save_list(self, rows: Sequence[Sequence[str]]) -> None:
        self.save("jcm-projects", projects_page(rows), "jcm-projects.html")

    def save_issuances(self, letters: str, events: Sequence[Event]) -> None:
        self.save("jcm-issuances", issuances_page(events), f"jcm-issuances-{letters}.html")

    def refresh(self, today: date = TODAY) -> Outcome:
        now = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
        letters = sorted(
            {row["letters"].casefold() for row in RecordFiles(self.data, today).rows("country_letters")}
        )
        documents = Documents(RawStore(self.folder / "raw"), now, letters=letters, saved=self.files)
        return refresh(self.data, list(self.files), documents, today, lambda _: None)
