"""What tells rows of an own record apart, and keys for those that have none."""

from collections.abc import Sequence

from etl.importers.source import Observed
from etl.own_record.reading import OwnFile
from etl.plausibility.identity import normalised_title, normalised_title_ja
from etl.refresh.record_files import RecordFiles

FIRST_KEY, LAST_KEY = 901, 999


def names_of(one: Observed) -> list[tuple[str, ...]]:
    """Return what a row goes by in its file: its key, else its country and title."""
    if one.key:
        return [(one.table, one.key)]
    if one.table != "project":
        return []
    titles = (
        normalised_title(one.cells.get("title_en", "")),
        normalised_title_ja(one.cells.get("title_ja", "")),
    )
    return [(one.table, one.cells.get("iso3", ""), title) for title in titles if title]


class OwnKeys:
    """Keys for projects without a reference number: from 901 on, apart from those of the public record; else free ones below."""

    def __init__(self, record: RecordFiles, files: Sequence[OwnFile]) -> None:
        self._used = {row["project_id"] for row in record.rows("project")}
        self._used |= {one.key for file in files for one in file.reading.observed if one.key}

    def free(self, iso3: str) -> str:
        """Return the next free key of a country; one digit more where all are taken, which the record refuses."""
        numbers = (
            *range(FIRST_KEY, LAST_KEY + 1),
            *range(FIRST_KEY - 1, 0, -1),
            *range(LAST_KEY + 1, 10_000),
        )
        key = next(key for n in numbers if (key := f"P-{iso3}-{n:03d}") not in self._used)
        self._used.add(key)
        return key
