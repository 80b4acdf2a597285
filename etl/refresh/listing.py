"""Lists of projects that are complete: which projects they had when, what is gone from them, and what came back."""

from collections.abc import Iterator

from etl.contracts.projects import LISTED
from etl.importers.source import Reading
from etl.refresh.proposal import Proposal, Row
from etl.refresh.record_files import RecordFiles

MOST_GONE, MOST_GONE_SHARE = 5, 0.1
"""More than both at once is more likely a page that was cut off: a person decides."""


def last_sightings(record: RecordFiles, source_code: str) -> dict[str, Row]:
    """Return the last sighting of each project on a list, by key of the project."""
    rows = record.rows("list_sighting")
    return {row["project_id"]: row for row in rows if row["source_code"] == source_code}


def list_changes(source_code: str, source: Row, reading: Reading, record: RecordFiles) -> Iterator[Proposal]:
    """Yield the projects that the former copies of a complete list had and this one has not, and those that are back."""
    there = {one.key: one for one in reading.observed if one.table == "project"}
    # Rows that were not understood may be the ones that seem to be missing.
    unsure = " ".join(aside.found for aside in reading.set_aside)
    last = last_sightings(record, source_code)
    ours = [row for row in record.rows("project") if row["status"] in LISTED and row["project_id"] in last]
    gone = [
        row
        for row in ours
        if row["project_id"] not in there
        and row["project_id"] not in unsure
        and not last[row["project_id"]]["gone_source_id"]
    ]
    for row in gone:
        yield Proposal(
            action="gone",
            table_name="project",
            row_key=row["project_id"],
            column="",
            value_before=row["title_en"],
            value_after="",
            source_code=source_code,
            source_id=source["source_id"],
            evidence=source["url"],
            needs_decision=len(gone) > max(MOST_GONE, MOST_GONE_SHARE * len(ours)),
        )
    for row in ours:
        key = row["project_id"]
        if key in there and (since := last[key]["gone_source_id"]):
            yield Proposal(
                action="changed",
                table_name="project",
                row_key=key,
                column="",
                value_before=f"no longer listed ({since})",
                value_after="listed again",
                source_code=source_code,
                source_id=source["source_id"],
                evidence=there[key].where,
            )


def sightings(source_code: str, source: Row, reading: Reading) -> list[Row]:
    """Return the projects of a list with their statuses, columns SIGHTING_COLUMNS."""
    return [
        {
            "project_id": one.key,
            "source_code": source_code,
            "status": one.cells["status"],
            "source_id": source["source_id"],
        }
        for one in reading.observed
        if one.table == "project" and one.key and one.cells.get("status") in LISTED
    ]
