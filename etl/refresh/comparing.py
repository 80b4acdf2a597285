"""What sources state, compared with the record: the differences, as proposals."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from etl.contracts.projects import LISTED
from etl.importers.source import Observed, Reading
from etl.plausibility.identity import normalised_title, normalised_title_ja
from etl.refresh.issuance_comparing import issuance_proposals
from etl.refresh.matching import TAKEN, Match, Projects, plain_names
from etl.refresh.proposal import Proposal, Row
from etl.refresh.record_files import RecordFiles

AUTHORITY = {
    "jcm-projects": (
        *("title_en", "status", "registered_on", "methodology", "jp_participants", "partner_participants"),
    ),
    "jcm-locations": ("location", "latitude", "longitude"),
    "unep-pipeline": ("est_annual_tco2",),
    "selections": ("fy_selected", "programme"),
}
"""Columns of `project` in which a source is the one that the record follows; elsewhere it may only contradict."""
PROJECT_COLUMNS = (
    *(
        "title_en",
        "title_ja",
        "iso3",
        "location",
        "latitude",
        "longitude",
        "technology",
        "methodology",
        "programme",
    ),
    *("fy_selected", "status", "registered_on", "est_annual_tco2", "jp_participants", "partner_participants"),
)
"""Columns of `project` that are compared; the others follow from them or are the compilers' own."""
_RANK = {"pipeline": 0, "validation": 1, "registered": 2}


@dataclass(frozen=True)
class Copy:
    """A copy of a source: its row of the table source, and what was read from it."""

    source_code: str
    source: Row
    reading: Reading


@dataclass
class Comparison:
    """Proposals, and the lists as they were seen (columns SIGHTING_COLUMNS)."""

    proposals: list[Proposal] = field(default_factory=list)
    sightings: list[Row] = field(default_factory=list)


def compare(copies: Sequence[Copy], record: RecordFiles) -> Comparison:
    """Return the differences between what was read and the record, in the order in which they were read."""
    projects = Projects(record.rows("project"))
    comparison = Comparison()
    for copy in copies:
        one = _CopyAgainstRecord(copy, record, projects)
        comparison.proposals += one.differences()
        if "project" in copy.reading.covers:
            comparison.proposals += one.no_longer_listed()
            comparison.sightings += one.sightings()
    return comparison


def agrees(column: str, ours: str, theirs: str) -> bool:
    """Tell whether two cells say the same, whatever their signs, order and width."""
    if ours == theirs:
        return True
    if column in {"jp_participants", "partner_participants"}:
        return plain_names(ours) == plain_names(theirs)
    if column == "title_en":
        return normalised_title(ours) == normalised_title(theirs)
    if column in {"title_ja", "location", "methodology", "instrument", "name_en"}:
        return normalised_title_ja(ours) == normalised_title_ja(theirs)
    if column in {"latitude", "longitude"} and ours and theirs:
        return abs(float(ours) - float(theirs)) < 0.001
    # A month agrees with a day in it.
    return column.endswith("_on") and bool(theirs) and ours.startswith(theirs)


def _falls_back(column: str, ours: str, theirs: str) -> bool:
    return column == "status" and _RANK.get(theirs, 3) < _RANK.get(ours, -1)


class _CopyAgainstRecord:
    """One copy of a source against the record."""

    def __init__(self, copy: Copy, record: RecordFiles, projects: Projects) -> None:
        self.copy, self.record, self.projects = copy, record, projects

    def differences(self) -> Iterator[Proposal]:
        """Yield what differs, table by table."""
        compared: Mapping[str, Callable[[Sequence[Observed]], Iterator[Proposal]]] = {
            "project": self._projects,
            "issuance": self._issuances,
            "official_total": self._official_totals,
            "carbon_pricing": self._carbon_pricing,
            "partner_country": self._partners,
            "methodology": self._methodologies,
        }
        by_table: dict[str, list[Observed]] = {}
        for one in self.copy.reading.observed:
            by_table.setdefault(one.table, []).append(one)
        for name, observed in by_table.items():
            yield from compared[name](observed)

    def _projects(self, observed: Sequence[Observed]) -> Iterator[Proposal]:
        by_key = {row["project_id"]: row for row in self.record.rows("project")}
        for one in observed:
            ours = by_key.get(one.key) if one.key else None
            if ours is not None:
                yield from self._cells(one, ours, PROJECT_COLUMNS)
                continue
            if one.key and "title_en" not in one.cells:
                continue  # a location of a project that no list has yet says nothing by itself
            match = self.projects.best(one.cells, only_unlisted=one.key is not None)
            if match is not None and one.key is None and match.score >= TAKEN:
                for change in self._cells(one, by_key[match.project_id], PROJECT_COLUMNS):
                    yield replace(change, match_key=match.project_id, match_score=match.score)
                continue
            yield self._row(one, one.key or "", match)

    def _row(self, one: Observed, key: str, match: Match | None = None) -> Proposal:
        """A row that is not on record under that key, and the row of ours that it may be."""
        title = one.cells.get("title_en") or one.cells.get("title_ja") or one.cells.get("name_en") or key
        return Proposal(
            action="added" if match is None else "same",
            table_name=one.table,
            row_key=key,
            column="",
            value_before="",
            value_after=title,
            source_code=self.copy.source_code,
            source_id=self.copy.source["source_id"],
            evidence=one.where,
            match_key=match.project_id if match else "",
            match_score=match.score if match else None,
            needs_decision=match is not None and match.score < TAKEN,
            cells=dict(one.cells),
        )

    def _cells(self, one: Observed, ours: Row, columns: Iterable[str], key: str = "") -> Iterator[Proposal]:
        """The cells in which a row of ours differs. What the source leaves open is no difference."""
        own = AUTHORITY.get(self.copy.source_code, ()) if one.table == "project" else tuple(columns)
        for column in columns:
            theirs = one.cells.get(column, "")
            if not theirs or agrees(column, ours[column], theirs):
                continue
            follows = not ours[column] or (column in own and not _falls_back(column, ours[column], theirs))
            yield Proposal(
                action="changed" if follows else "contradicting",
                table_name=one.table,
                row_key=key or next(iter(ours.values())),
                column=column,
                value_before=ours[column],
                value_after=theirs,
                source_code=self.copy.source_code,
                source_id=self.copy.source["source_id"],
                evidence=one.where,
                needs_decision=not follows,
            )

    def no_longer_listed(self) -> Iterator[Proposal]:
        """Projects that the former copies of a complete list had, and this one has not."""
        there = {one.key for one in self.copy.reading.observed if one.table == "project"}
        gone = {row["project_id"] for row in self.record.rows("list_sighting") if row["gone_source_id"]}
        # Rows that were not understood may be the ones that seem to be missing.
        unsure = " ".join(aside.found for aside in self.copy.reading.set_aside)
        for row in self.record.rows("project"):
            key = row["project_id"]
            if row["status"] in LISTED and key not in there and key not in gone and key not in unsure:
                title = row["title_en"]
                yield Proposal(
                    "gone",
                    "project",
                    key,
                    "",
                    title,
                    "",
                    self.copy.source_code,
                    self.copy.source["source_id"],
                    self.copy.source["url"],
                )

    def sightings(self) -> list[Row]:
        """Return the projects of the list with their statuses."""
        return [
            {
                "project_id": one.key,
                "source_code": self.copy.source_code,
                "status": one.cells["status"],
                "source_id": self.copy.source["source_id"],
            }
            for one in self.copy.reading.observed
            if one.table == "project" and one.key and one.cells.get("status") in LISTED
        ]

    def _official_totals(self, observed: Sequence[Observed]) -> Iterator[Proposal]:
        """A figure of a year is new where the newest statement of that publisher on the year says otherwise."""
        newest: dict[tuple[str, str, str], Row] = {}
        for row in sorted(self.record.rows("official_total"), key=lambda row: row["as_of"]):
            newest[row["metric"], row["year"], row["scope"]] = row
        for one in observed:
            cells = one.cells
            ours = newest.get((cells["metric"], cells.get("year", ""), cells["scope"]))
            if ours is not None and ours["value"] == cells["value"]:
                continue
            key = f"{cells['metric']};{cells.get('as_of', '')};{cells.get('year', '')};{cells['scope']}"
            what = f"{cells['metric']} {cells.get('year', '')}: {cells['value']} {cells['unit']}"
            yield replace(self._row(one, key), value_after=what, value_before=ours["value"] if ours else "")

    def _carbon_pricing(self, observed: Sequence[Observed]) -> Iterator[Proposal]:
        ours = {
            (row["iso3"], normalised_title_ja(row["instrument"])): row
            for row in self.record.rows("carbon_pricing")
        }
        for one in observed:
            key = f"{one.cells['iso3']};{one.cells['instrument']}"
            row = ours.get((one.cells["iso3"], normalised_title_ja(one.cells["instrument"])))
            if row is None:
                yield replace(
                    self._row(one, key), value_after=f"{one.cells['instrument']}: {one.cells['status']}"
                )
            else:
                key = f"{row['iso3']};{row['instrument']}"
                yield from self._cells(one, row, ("status", "since"), key)

    def _partners(self, observed: Sequence[Observed]) -> Iterator[Proposal]:
        by_key = {row["iso3"]: row for row in self.record.rows("partner_country")}
        for one in observed:
            row = by_key.get(one.cells.get("iso3", ""))
            if row is None:
                key = one.cells.get("iso3") or one.cells.get("name_en", "")
                yield replace(self._row(one, key), needs_decision=True)
                continue
            for change in self._cells(one, row, ("signed_on",)):
                # The day of a signature is stated by the two governments; a list may only contradict it.
                yield replace(change, action="contradicting", needs_decision=True)

    def _methodologies(self, observed: Sequence[Observed]) -> Iterator[Proposal]:
        by_key = {row["methodology_code"]: row for row in self.record.rows("methodology")}
        columns = ("title_en", "status", "version", "approved_on", "proponent", "sector_numbers")
        for one in observed:
            key = one.key or ""
            row = by_key.get(key)
            if row is None:
                yield self._row(one, key)
            else:
                yield from self._cells(one, row, columns)

    def _issuances(self, observed: Sequence[Observed]) -> Iterator[Proposal]:
        return issuance_proposals(self.copy.source_code, self.copy.source["source_id"], observed, self.record)


def copy_row(code: str, part: str, stated_on: date | None, read_on: date, source: Mapping[str, str]) -> Row:
    """Return the row of the table source for a copy read on a day; `source` is its row of refresh_source."""
    day = (stated_on or read_on).isoformat()
    return {
        "source_id": "-".join(filter(None, (code, part, day))),
        "url": source["url"].replace("{letters}", part),
        "publisher": source["publisher"],
        "kind": source["kind"],
        "as_of": stated_on.isoformat() if stated_on else "",
        "retrieved_on": read_on.isoformat(),
    }
