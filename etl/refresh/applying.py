"""Accepted proposals, taken over into the record: values with their statements, rows with their sources, nothing lost.

Each change leaves a row in `revision`, with the value before and the sources of both. Columns of which the record keeps
statements (project_claim) keep the value before as a statement that is no longer taken.
"""

from collections.abc import Iterable
from datetime import date

from etl.contracts import TABLES, table
from etl.contracts.projects import CLAIM_FORMS
from etl.refresh.comparing import AUTHORITY, PROJECT_COLUMNS, agrees
from etl.refresh.listing import last_sightings
from etl.refresh.new_rows import precision_of
from etl.refresh.proposal import Proposal, Proposed, Row
from etl.refresh.record_files import RecordFiles
from etl.sources.stops import BuildStopped

_KEPT_ASIDE = frozenset({"withdrawn", "study"})
_FILLED_IN = frozenset({"technology", "in_target_scope"})
"""Columns of a proposed project that may have been filled in: they say nothing against a project that has them."""
_OF_ONE_KEY = frozenset({"project", "issuance", "partner_country", "methodology", "article6_event"})
"""Tables whose rows are found by their first column."""


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
        self._is_back: set[str] = set()
        self._claims: dict[tuple[str, str], list[Row]] = {}
        for claim in record.rows("project_claim"):
            self._claims.setdefault((claim["project_id"], claim["field"]), []).append(claim)

    def take(self, one: Proposal) -> None:
        """Take over one proposal."""
        self._add_source(one.source_id)
        self._seen.add(one.source_code)
        if one.action == "gone":
            self._gone(one)
        elif one.action == "changed" and not one.column:
            self._back(one)
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
                f" record now has {found}. Write reject into its row of proposals.csv, then run python -m etl refresh again.",
                f"{one.proposal_id}：{one.table_name} {key} {one.column} は提案時「{one.value_before}」でしたが、現在は"
                f"{found_ja}です。proposals.csv の該当行に reject と記入し、python -m etl refresh を再実行してください。",
            )
        return row

    def _add_source(self, source_id: str) -> None:
        row = self._sources.get(source_id)
        if row is not None and self.record.row("source", source_id) is None:
            self.record.add("source", row)

    def _add_row(self, one: Proposal) -> None:
        cells = dict(one.cells)
        key = cells.get(table(one.table_name).row_key[0], "")
        if one.table_name in _OF_ONE_KEY and self.record.row(one.table_name, key) is not None:
            raise BuildStopped(
                f"{one.proposal_id}: {one.table_name} {key} is on record already. Write reject into its row of proposals.csv,"
                " then run python -m etl refresh again.",
                f"{one.proposal_id}：{one.table_name} {key} は既に記録されています。proposals.csv の該当行に reject と記入し、"
                "python -m etl refresh を再実行してください。",
            )
        row = self.record.add(one.table_name, cells)
        if one.table_name == "project":
            for column in CLAIM_FORMS:
                self._state(row, column, row[column], one.source_id)
        self._revise(one, "", "", one.value_after, key=key if one.table_name in _OF_ONE_KEY else "")

    def _change(self, one: Proposal) -> None:
        row = self._row(one)
        if one.table_name == "project":
            self._set_project(one, row, one.column, one.value_after)
            return
        former = row.get("source_id", "")
        row[one.column] = one.value_after
        if one.column == "signed_on":
            row["signed_on_precision"] = (
                "interval" if "/" in one.value_after else precision_of(one.value_after)
            )
        if one.column == table(one.table_name).row_key[0]:
            self.record.renamed(one.table_name)
        self._also_from(row, one.source_id)
        self._revise(one, one.value_before, former, one.value_after)

    def _set_project(self, one: Proposal, row: Row, column: str, value: str) -> None:
        """Set a cell of a project, keep the statement on the value before, and set what follows from the new one."""
        source_id, former, before = one.source_id, self._source_of(row, column), row[column]
        if column in CLAIM_FORMS:
            self._state(row, column, row[column], former)
            for claim in self._claims.get((row["project_id"], column), ()):
                claim["taken"] = "no"
        basis = row["est_annual_basis"]
        row[column] = value
        if column == "est_annual_tco2":
            row["est_annual_source_id"] = source_id
            is_own = self._sources.get(source_id, {}).get("kind") == "own record"
            listed = "project document" if row["ref_no"] else basis or "selection"
            row["est_annual_basis"] = "own record" if is_own else listed
        if column == "title_en":
            row["title_en_basis"] = "published"
        if column == "status":
            if value != "registered" and row["registered_on"]:
                self._set_project(one, row, "registered_on", "")
            counts = (
                "false"
                if value in _KEPT_ASIDE
                else "true"
                if before in _KEPT_ASIDE
                else row["in_target_scope"]
            )
            if counts != row["in_target_scope"]:
                self._set_project(one, row, "in_target_scope", counts)
        if column in CLAIM_FORMS:
            self._state(row, column, value, source_id)
        _listed_among(row, "source_ids", source_id)
        self._revise(one, before, former, value, column=column, key=row["project_id"])

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
            known = self._claims.get((row["project_id"], one.column), ())
            if not any((c["value"], c["source_id"]) == (one.value_after, one.source_id) for c in known):
                self._add_claim(row, one.column, one.value_after, one.source_id, taken="no")
        else:
            _remark(row, f"{one.source_id} states {one.column} “{one.value_after}”.")
        for column in ("source_ids", "other_source_ids"):
            if column in row:
                _listed_among(row, column, one.source_id)
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
        _remark(row, f"No longer listed on {self._day_of(one.source_id)} ({one.source_id}).")
        _listed_among(row, "source_ids", one.source_id)
        last = last_sightings(self.record, one.source_code).get(one.row_key)
        if last is not None:
            last["gone_source_id"] = one.source_id
        self._revise(one, row["status"], "", "no longer listed")

    def _back(self, one: Proposal) -> None:
        """A project that was gone is listed again: said in its remarks, and seen anew."""
        row = self._row(one)
        _remark(row, f"Listed again on {self._day_of(one.source_id)} ({one.source_id}).")
        _listed_among(row, "source_ids", one.source_id)
        self._is_back.add(one.row_key)
        self._revise(one, one.value_before, "", one.value_after)

    def _day_of(self, source_id: str) -> str:
        source = self._sources.get(source_id, {})
        return source.get("as_of") or source.get("retrieved_on") or self.on

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
            # A project that has a reference number now has a status of the list, whichever source says so.
            is_own = column in own or (column == "status" and key != one.match_key)
            takes = theirs and (is_own or not row[column]) and not agrees(column, row[column], theirs)
            if takes and column not in _FILLED_IN:
                self._set_project(one, row, column, theirs)
        _listed_among(row, "source_ids", one.source_id)
        self._revise(one, one.match_key, "", key)

    def _also_from(self, row: Row, source_id: str) -> None:
        if "other_source_ids" in row:
            _listed_among(row, "other_source_ids", source_id)
        elif "source_id" in row:
            row["source_id"] = source_id

    def _revise(
        self, one: Proposal, before: str, source_before: str, after: str, *, column: str = "", key: str = ""
    ) -> None:
        self.record.add(
            "revision",
            {
                "accepted_on": self.on,
                "proposed_on": one.proposed_on,
                "proposal_id": one.proposal_id,
                "table_name": one.table_name,
                "row_key": key or one.row_key,
                "column": column or one.column,
                "value_before": before,
                "source_before": source_before,
                "value_after": after,
                "source_after": one.source_id,
                "reason": one.reason,
            },
        )

    def sight(self) -> None:
        """Note the lists as they were seen, for the sources of which something was taken."""
        latest = {code: last_sightings(self.record, code) for code in self._seen}
        for seen in self.proposed.sightings:
            key, code = seen["project_id"], seen["source_code"]
            ours = self.record.row("project", key) if code in self._seen else None
            # A status that nobody has accepted is not noted: the past would be told by it.
            if ours is None or ours["status"] != seen["status"]:
                continue
            former = latest[code].get(key)
            if former is not None and former["gone_source_id"] and key not in self._is_back:
                continue
            self._add_source(seen["source_id"])
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


def _remark(row: Row, remark: str) -> None:
    row["note"] = f"{row['note']} {remark}".strip()


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
