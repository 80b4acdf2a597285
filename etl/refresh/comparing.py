"""What sources state, compared with the record: the differences, as proposals."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from etl.importers.source import Observed, Reading
from etl.plausibility.identity import normalised_title, normalised_title_ja
from etl.refresh.issuance_comparing import issuance_proposals
from etl.refresh.listing import list_changes, sightings
from etl.refresh.matching import TAKEN, Match, Projects
from etl.refresh.proposal import Proposal, Row
from etl.refresh.record_files import RecordFiles
from etl.refresh.stated_sources import StatedSources
from model.participant_names import plain_names

AUTHORITY = {
    "jcm-projects": (
        *("title_en", "status", "registered_on", "methodology", "jp_participants", "partner_participants"),
    ),
    "jcm-locations": ("location", "latitude", "longitude"),
    "unep-pipeline": ("est_annual_tco2",),
    "selections": ("fy_selected", "programme"),
    "own-record": (
        *(
            "title_en",
            "title_ja",
            "location",
            "latitude",
            "longitude",
            "technology",
            "methodology",
            "programme",
        ),
        *("fy_selected", "status", "registered_on", "operation_start", "est_annual_tco2", "est_total_tco2"),
        *("est_total_basis", "jp_participants", "partner_participants", "in_target_scope"),
    ),
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
    *("operation_start", "est_total_tco2", "est_total_basis", "in_target_scope"),
)
"""Columns of `project` that are compared; the others follow from them or are the compilers' own."""
_STATED_COLUMNS = tuple(
    name for name in PROJECT_COLUMNS if name not in {"title_en", "technology", "status", "in_target_scope"}
)
"""Columns of a new project that are empty unless a source states them; the others are filled in."""
_RANK = {"pipeline": 0, "validation": 1, "registered": 2}


@dataclass(frozen=True)
class Copy:
    """A copy of a source: its row of the table source, and what was read from it."""

    source_code: str
    source: Row
    reading: Reading


@dataclass
class Comparison:
    """Proposals, the lists as they were seen (columns SIGHTING_COLUMNS), and sources that rows name themselves."""

    proposals: list[Proposal] = field(default_factory=list)
    sightings: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)


@dataclass
class _Ahead:
    """The record as it will be once what was proposed so far is accepted: a later copy is compared with that.

    `cells` has values by table, key and column; `rows` the new projects, by key; `taken` those of ours that a row is taken
    for; `unsure` the keys of rows that may be one of ours: what else is said of them waits until a person has seen that.
    """

    cells: dict[tuple[str, str, str], str] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)


def compare(copies: Sequence[Copy], record: RecordFiles) -> Comparison:
    """Return the differences between what was read and the record, in the order in which they were read."""
    projects = Projects(record.rows("project"))
    comparison, ahead = Comparison(), _Ahead()
    for copy in copies:
        one = _CopyAgainstRecord(copy, record, projects, ahead)
        comparison.proposals += one.differences()
        comparison.sources += one.sources.used.values()
        if "project" in copy.reading.covers:
            listed = (copy.source_code, copy.source, copy.reading)
            comparison.proposals += list_changes(*listed, record)
            comparison.sightings += sightings(*listed)
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


def _has_title(one: Observed) -> bool:
    return bool(one.cells.get("title_en") or one.cells.get("title_ja"))


class _CopyAgainstRecord:
    """One copy of a source against the record."""

    def __init__(self, copy: Copy, record: RecordFiles, projects: Projects, ahead: _Ahead) -> None:
        self.copy, self.record, self.projects, self.ahead = copy, record, projects, ahead
        self.sources = StatedSources(copy.source_code, copy.source, record)

    def differences(self) -> Iterator[Proposal]:
        """Yield what differs, table by table."""
        compared: Mapping[str, Callable[[Sequence[Observed]], Iterator[Proposal]]] = {
            "project": self._projects,
            "issuance": self._issuances,
            "official_total": self._official_totals,
            "carbon_pricing": self._carbon_pricing,
            "partner_country": self._partners,
            "methodology": self._methodologies,
            "article6_event": self._article6_events,
        }
        by_table: dict[str, list[Observed]] = {}
        for one in self.copy.reading.observed:
            by_table.setdefault(one.table, []).append(one)
        for name, observed in by_table.items():
            yield from compared[name](observed)

    def _projects(self, observed: Sequence[Observed]) -> Iterator[Proposal]:
        by_key = {row["project_id"]: row for row in self.record.rows("project")}
        new: list[Observed] = []
        for one in observed:
            key = one.key or ""
            if key in by_key:
                yield from self._cells(one, by_key[key], PROJECT_COLUMNS)
            elif key in self.ahead.rows:
                yield from self._cells(one, self.ahead.rows[key], _STATED_COLUMNS, key)
            # A location of a project that no list has yet says nothing by itself.
            elif (not key or _has_title(one)) and key not in self.ahead.unsure:
                new.append(one)
        for one, match, is_taken in self._matched(new):
            if match is not None and is_taken and one.key is None:
                for change in self._cells(one, by_key[match.project_id], PROJECT_COLUMNS):
                    yield replace(change, match_key=match.project_id, match_score=match.score)
                continue
            if one.key and match is None:
                self.ahead.rows[one.key] = dict.fromkeys(PROJECT_COLUMNS, "") | dict(one.cells)
            elif one.key:
                self.ahead.unsure.add(one.key)
            yield replace(
                self._row(one, one.key or "", match), needs_decision=match is not None and not is_taken
            )

    def _matched(self, new: Sequence[Observed]) -> Iterator[tuple[Observed, Match | None, bool]]:
        """Each row with the project of ours that it may be, and whether it is taken for it.

        A project is taken once: by the row most like it. Another row that is like it too is left to a person.
        """
        self.projects.note([one.cells for one in new])
        found: list[Match | None] = []
        for one in new:
            # Whoever gives a project a key of its own has decided that it is another one.
            is_own = (one.key or "").startswith("P-")
            found.append(None if is_own else self.projects.best(one.cells, only_unlisted=one.key is not None))
        first: dict[str, int] = {}
        for number, match in enumerate(found):
            if match is not None and match.score >= TAKEN and match.project_id not in self.ahead.taken:
                best = found[first.setdefault(match.project_id, number)]
                if best is not None and match.score > best.score:
                    first[match.project_id] = number
        self.ahead.taken.update(first)
        for number, (one, match) in enumerate(zip(new, found, strict=True)):
            yield one, match, match is not None and first.get(match.project_id) == number

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
            source_id=self.sources.of(one),
            evidence=one.where,
            match_key=match.project_id if match else "",
            match_score=match.score if match else None,
            cells=dict(one.cells),
        )

    def _cells(self, one: Observed, ours: Row, columns: Iterable[str], key: str = "") -> Iterator[Proposal]:
        """The cells in which a row of ours differs. What the source leaves open is no difference."""
        own = AUTHORITY.get(self.copy.source_code, ()) if one.table == "project" else tuple(columns)
        key = key or next(iter(ours.values()))
        for column in columns:
            theirs = one.cells.get(column, "")
            mine = self.ahead.cells.get((one.table, key, column), ours[column])
            if not theirs or agrees(column, mine, theirs) or agrees(column, ours[column], theirs):
                continue
            follows = not mine or (column in own and not _falls_back(column, mine, theirs))
            if follows:
                self.ahead.cells[one.table, key, column] = theirs
            yield Proposal(
                action="changed" if follows else "contradicting",
                table_name=one.table,
                row_key=key,
                column=column,
                value_before=mine,
                value_after=theirs,
                source_code=self.copy.source_code,
                source_id=self.sources.of(one),
                evidence=one.where,
                needs_decision=not follows,
            )

    def _official_totals(self, observed: Sequence[Observed]) -> Iterator[Proposal]:
        """A figure of a year is new where the newest statement of that publisher on the year says otherwise."""
        newest: dict[tuple[str, str, str], Row] = {}
        for row in self._totals_of_the_publisher():
            newest[row["metric"], row["year"], row["scope"]] = row
        for one in observed:
            cells = one.cells
            ours = newest.get((cells["metric"], cells.get("year", ""), cells["scope"]))
            if ours is not None and ours["value"] == cells["value"]:
                continue
            key = f"{cells['metric']};{cells.get('as_of', '')};{cells.get('year', '')};{cells['scope']}"
            what = f"{cells['metric']} {cells.get('year', '')}: {cells['value']} {cells['unit']}"
            yield replace(self._row(one, key), value_after=what, value_before=ours["value"] if ours else "")

    def _totals_of_the_publisher(self) -> list[Row]:
        """Statements on record of the publisher of this copy, also by way of others who copied it; the newest last."""
        publisher = self.copy.source["publisher"]
        sources = {
            row["source_id"]: row
            for row in self.record.rows("source")
            if row["publisher"] == publisher or row["publisher"].startswith(f"{publisher},")
        }
        rows = [row for row in self.record.rows("official_total") if row["source_id"] in sources]

        def day(row: Row) -> str:
            source = sources[row["source_id"]]
            return row["as_of"] or source["as_of"] or source["retrieved_on"]

        return sorted(rows, key=day)

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
            proposed = one.cells.get("proposed_code", "")
            row = by_key.get(key)
            # Once approved it has another code; that comes last, since the row is found by it.
            is_approved = row is None and proposed in by_key
            if row is None and not is_approved:
                yield self._row(one, key)
            elif row is not None:
                yield from self._cells(one, row, columns)
            else:
                yield from self._cells(one, by_key[proposed], (*columns, "methodology_code"))

    def _article6_events(self, observed: Sequence[Observed]) -> Iterator[Proposal]:
        by_key = {row["article6_event_id"]: row for row in self.record.rows("article6_event")}
        columns = ("issuance_id", "iso3", "occurred_on", "action", "quantity_tco2")
        for number, one in enumerate(observed, 1):
            row = by_key.get(one.key or "")
            if row is not None:
                yield from self._cells(one, row, columns)
                continue
            key = one.key or f"{self.copy.source['source_id']}-{number}"
            new = self._row(replace(one, cells=dict(one.cells) | {"article6_event_id": key}), key)
            yield replace(
                new, value_after=f"{one.cells.get('action', '')} {one.cells.get('occurred_on', '')}"
            )

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
