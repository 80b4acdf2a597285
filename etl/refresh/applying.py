"""Accepted proposals, taken over into the record: values with their statements, rows with their sources, nothing lost.

Each change leaves a row in `revision`, with the value before and the sources of both. Columns of which the record keeps
statements (project_claim) keep the value before as a statement that is no longer taken.
"""

from collections.abc import Iterable
from datetime import date

from etl.contracts import TABLES
from etl.contracts.projects import CLAIM_FORMS
from etl.refresh.comparing import AUTHORITY, PROJECT_COLUMNS, agrees
from etl.refresh.proposal import Proposal, Proposed, Row
from etl.refresh.record_files import RecordFiles
from etl.sources.stops import BuildStopped

_KEPT_ASIDE = frozenset({"withdrawn", "study"})


def apply(proposals: Iterable[Proposal], proposed: Proposed, record: RecordFiles, today: date) -> None:
    """Change the record in memory by proposals, each as its `decision` says (empty counts as accept).

    Raises BuildStopped for a proposal made on another state of the record, and for a new row without a key.
    """
    applying = _Applying(proposed, record, today)
    for one in proposals:
        applying.take(one)
    applying.sight()


class _Applying:
    """Taking over of one refresh."""

    def __init__(self, proposed: Proposed, record: RecordFiles, today: date) -> None:
        self.record, self.proposed = record, proposed
        self.on = today.isoformat()
        self._sources = {row["source_id"]: row for row in proposed.sources}
        self._seen: set[str] = set()
        self._claims: dict[tuple[str, str], list[Row]] = {}
        for claim in record.rows("project_claim"):
            self._claims.setdefault((claim["project_id"], claim["field"]), []).append(claim)

    def take(self, one: Proposal) -> None:
        """Take over one proposal."""
        self._add_source(one.source_id)
        self._seen.add(one.source_code)
        if one.action == "gone":
            self._gone(one)
        elif one.action == "same" and one.decision != "new" and one.table_name == "project":
            self._same_project(one)
        elif not one.column:
            self._add_row(one)
        elif one.decision == "claim":
            self._claim(one)
        else:
            self._change(one)

    def _row(self, one: Proposal, key: str | None = None) -> Row:
        key = one.row_key if key is None else key
        row = _find(self.record, one.table_name, key)
        if row is None or (one.column and row[one.column] != one.value_before):
            found = "no such row" if row is None else f"“{row[one.column]}”"
            found_ja = "該当する行なし" if row is None else f"「{row[one.column]}」"
            raise BuildStopped(
                f"{one.proposal_id}: {one.table_name} {key} {one.column} was “{one.value_before}” when this was proposed; the"
                f" record now has {found}. Run python -m etl refresh again.",
                f"{one.proposal_id}：{one.table_name} {key} {one.column} は提案時「{one.value_before}」でしたが、現在は"
                f"{found_ja}です。python -m etl refresh を再実行してください。",
            )
        return row

    def _add_source(self, source_id: str) -> None:
        row = self._sources.get(source_id)
        if row is not None and self.record.row("source", source_id) is None:
            self.record.add("source", row)

    def _add_row(self, one: Proposal) -> None:
        cells = dict(one.cells)
        if (
            one.table_name == "project"
            and self.record.row("project", cells.get("project_id", "")) is not None
        ):
            raise BuildStopped(
                f"{one.proposal_id}: {cells['project_id']} is on record already. Run python -m etl refresh again.",
                f"{one.proposal_id}：{cells['project_id']} は既に記録されています。python -m etl refresh を再実行してください。",
            )
        row = self.record.add(one.table_name, cells)
        if one.table_name == "project":
            for column in CLAIM_FORMS:
                self._state(row, column, row[column], one.source_id)
        self._revise(one, "", "", one.value_after)

    def _change(self, one: Proposal) -> None:
        row = self._row(one)
        before = one.value_before
        if one.table_name == "project":
            former = self._source_of(row, one.column)
            self._set_project(row, one.column, one.value_after, one.source_id)
        else:
            former = row.get("source_id", "")
            row[one.column] = one.value_after
            self._also_from(row, one.source_id)
        self._revise(one, before, former, one.value_after)

    def _set_project(self, row: Row, column: str, value: str, source_id: str) -> None:
        """Set a cell of a project, keep the statement on the value before, and set what follows from the new one."""
        former = self._source_of(row, column)
        if column in CLAIM_FORMS:
            self._state(row, column, row[column], former)
            for claim in self._claims.get((row["project_id"], column), ()):
                claim["taken"] = "no"
        basis = row["est_annual_basis"]
        row[column] = value
        if column == "est_annual_tco2":
            row["est_annual_source_id"] = source_id
            row["est_annual_basis"] = "project document" if row["ref_no"] else basis or "selection"
        if column == "title_en":
            row["title_en_basis"] = "published"
        if column == "status":
            if value != "registered" and row["registered_on"]:
                self._set_project(row, "registered_on", "", source_id)
            if value in _KEPT_ASIDE:
                row["in_target_scope"] = "false"
        if column in CLAIM_FORMS:
            self._state(row, column, value, source_id)
        _listed_among(row, "source_ids", source_id)

    def _state(self, row: Row, column: str, value: str, source_id: str) -> None:
        """Keep a statement as the one taken, unless it is kept already."""
        if not value or not source_id:
            return
        for claim in self._claims.get((row["project_id"], column), ()):
            if (claim["value"], claim["source_id"]) == (value, source_id):
                claim["taken"] = "yes"
                return
        self._add_claim(row, column, value, source_id, taken="yes")

    def _add_claim(self, row: Row, column: str, value: str, source_id: str, *, taken: str) -> None:
        claim = self.record.add(
            "project_claim",
            {
                "project_id": row["project_id"],
                "field": column,
                "value": value,
                "source_id": source_id,
                "taken": taken,
                "claim_scope": "project",
                "figure_basis": row["est_annual_basis"] if column == "est_annual_tco2" else "",
            },
        )
        self._claims.setdefault((row["project_id"], column), []).append(claim)

    def _claim(self, one: Proposal) -> None:
        """Keep what a source states without taking it: as a statement where the record has them, else as a remark."""
        row = self._row(one)
        if one.table_name == "project" and one.column in CLAIM_FORMS:
            self._add_claim(row, one.column, one.value_after, one.source_id, taken="no")
        else:
            remark = f"{one.source_id} states {one.column} “{one.value_after}”."
            row["note"] = f"{row['note']} {remark}".strip()
        _listed_among(row, "source_ids" if "source_ids" in row else "other_source_ids", one.source_id)
        self._revise(one, one.value_before, "", one.value_before)

    def _source_of(self, row: Row, column: str) -> str:
        """The source that the value on record rests on, as far as it is kept."""
        if column == "est_annual_tco2" and row["est_annual_source_id"]:
            return row["est_annual_source_id"]
        for claim in self._claims.get((row["project_id"], column), ()):
            if claim["taken"] == "yes":
                return claim["source_id"]
        return row["source_ids"].split(";")[0] if row[column] else ""

    def _gone(self, one: Proposal) -> None:
        row = self._row(one)
        source = self._sources.get(one.source_id, {})
        day = source.get("as_of") or source.get("retrieved_on") or self.on
        remark = f"No longer listed on {day} ({one.source_id})."
        row["note"] = f"{row['note']} {remark}".strip()
        _listed_among(row, "source_ids", one.source_id)
        for sighting in self.record.rows("list_sighting"):
            is_last = sighting["project_id"] == one.row_key and not sighting["gone_source_id"]
            if is_last and sighting["source_code"] == one.source_code:
                sighting["gone_source_id"] = one.source_id
        self._revise(one, row["status"], "", "no longer listed")

    def _same_project(self, one: Proposal) -> None:
        """A project of ours was listed: it takes its reference number everywhere, and what the list states of it."""
        row = self._row(one, one.match_key)
        key = one.cells.get("ref_no") or one.match_key
        if key != one.match_key:
            rename_project(self.record, one.match_key, key)
            row["ref_no"] = key
            for column in CLAIM_FORMS:
                if claims := self._claims.pop((one.match_key, column), None):
                    self._claims[key, column] = claims
        own = AUTHORITY.get(one.source_code, ())
        for column in PROJECT_COLUMNS:
            theirs = one.cells.get(column, "")
            takes = theirs and (column in own or not row[column]) and not agrees(column, row[column], theirs)
            if takes and column != "technology":
                self._set_project(row, column, theirs, one.source_id)
        _listed_among(row, "source_ids", one.source_id)
        self._revise(one, one.match_key, "", key)

    def _also_from(self, row: Row, source_id: str) -> None:
        if "other_source_ids" in row:
            _listed_among(row, "other_source_ids", source_id)
        elif "source_id" in row:
            row["source_id"] = source_id

    def _revise(self, one: Proposal, before: str, source_before: str, after: str) -> None:
        self.record.add(
            "revision",
            {
                "accepted_on": self.on,
                "proposed_on": one.proposed_on,
                "proposal_id": one.proposal_id,
                "table_name": one.table_name,
                "row_key": one.row_key,
                "column": one.column,
                "value_before": before,
                "source_before": source_before,
                "value_after": after,
                "source_after": one.source_id,
                "reason": one.reason,
            },
        )

    def sight(self) -> None:
        """Note the lists as they were seen, for the sources of which something was taken."""
        latest = {(row["project_id"], row["source_code"]): row for row in self.record.rows("list_sighting")}
        for seen in self.proposed.sightings:
            if (
                seen["source_code"] not in self._seen
                or self.record.row("project", seen["project_id"]) is None
            ):
                continue
            self._add_source(seen["source_id"])
            former = latest.get((seen["project_id"], seen["source_code"]))
            if former is not None and former["status"] == seen["status"] and not former["gone_source_id"]:
                former["last_source_id"] = seen["source_id"]
                continue
            copies = {"first_source_id": seen["source_id"], "last_source_id": seen["source_id"]}
            names = ("project_id", "source_code", "status")
            self.record.add("list_sighting", {name: seen[name] for name in names} | copies)


def _find(record: RecordFiles, table_name: str, key: str) -> Row | None:
    """The row with a key; a key of several columns has its parts separated by `;`."""
    if table_name != "carbon_pricing":
        return record.row(table_name, key)
    return next((r for r in record.rows(table_name) if f"{r['iso3']};{r['instrument']}" == key), None)


def _listed_among(row: Row, column: str, source_id: str) -> None:
    ids = [one for one in row[column].split(";") if one]
    if source_id not in ids and row.get("source_id") != source_id:
        row[column] = ";".join([*ids, source_id])


def rename_project(record: RecordFiles, old: str, new: str) -> None:
    """Give a project another key wherever the record names it."""
    for contract in TABLES:
        if not contract.is_read or "*" in contract.files[0]:
            continue
        names = ("row_key",) if contract.name == "acknowledgement" else ("project_id", "project_ids")
        columns = [c for c in names if c in contract.schema.columns()]
        for row in record.rows(contract.name) if columns else ():
            for column in columns:
                parts = row[column].split(";")
                if old in parts:
                    row[column] = ";".join(new if part == old else part for part in parts)
                    record.renamed(contract.name)
