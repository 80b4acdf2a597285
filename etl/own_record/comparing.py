"""An own record against the public one, row by row, in memory: what is taken, and what became of every other row.

Files come one after the other, each compared with the record as the ones before left it. Where two of them say different
things of one row, the first stands and the other is set aside, with both named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from etl.contracts import table
from etl.importers.source import Observed
from etl.own_record.keys import OwnKeys, names_of
from etl.own_record.outcome import ADDED, ASIDE, CHANGED, DOUBTFUL, EQUAL, NOTED, Entry, Laid, listed
from etl.own_record.reading import CODE, OwnFile, OwnFiles, read_folder
from etl.refresh.applying import apply
from etl.refresh.comparing import PROJECT_COLUMNS, Copy, agrees, compare
from etl.refresh.issuance_comparing import COLUMNS as ISSUANCE_COLUMNS
from etl.refresh.matching import TAKEN, Projects
from etl.refresh.new_rows import NewRows
from etl.refresh.proposal import Proposal, Proposed
from etl.refresh.record_files import RecordFiles
from etl.refresh.session import names_in

_FOLLOWS = frozenset(
    {"est_annual_basis", "project_id", "ref_no", "issuance_id", "article6_event_id", "project_ids"}
)
"""Cells that are keys, or follow from others: no difference by themselves."""
_COMPARED: Mapping[str, frozenset[str]] = {
    "project": frozenset(PROJECT_COLUMNS),
    "issuance": frozenset({*ISSUANCE_COLUMNS, "iso3"}),
    "article6_event": frozenset({"issuance_id", "iso3", "occurred_on", "action", "quantity_tco2"}),
}
"""Columns that a refresh compares; an own record states the others, too."""


@dataclass(frozen=True)
class _Said:
    value: str
    where: str


def compare_own(
    data: Path, folder: Path, today: date, left_out: Mapping[str, tuple[str, str]] | None = None
) -> tuple[Laid, RecordFiles, dict[tuple[str, str], list[str]]]:
    """Return what an own record changes, the record with it laid over in memory, and the rows behind each key of it.

    `left_out` are rows and cells that break a rule of the record, by their place, with the reason. Raises SourceNotRead.
    """
    record = RecordFiles(data, today)
    laying = _Laying(record, read_folder(folder, names_in(record), today), today, left_out or {})
    laying.all()
    return laying.laid, record, laying.touched


def place_of(where: str, column: str | None) -> str:
    """Return the place of a cell, or of a whole row, as reports name it."""
    return f"{where}, {column}" if column else where


class _Laying:
    def __init__(
        self, record: RecordFiles, files: OwnFiles, today: date, left_out: Mapping[str, tuple[str, str]]
    ) -> None:
        self.record, self.files, self.on, self.left_out = record, files, today, left_out
        self.laid = Laid({file.name: len(file.reading.observed) for file in files.read})
        self.touched: dict[tuple[str, str], list[str]] = {}
        self._said: dict[tuple[str, str, str], _Said] = {}
        self._keys = OwnKeys(record, files.read)
        self._number = 0

    def all(self) -> None:
        """Lay all files over the record."""
        for aside in self.files.passed_over:
            self._note(ASIDE, aside.where, "", aside.message_en, aside.message_ja)
        for file in self.files.read:
            for aside in file.reading.set_aside:
                self._note(ASIDE, aside.where, "", aside.message_en, aside.message_ja)
            if names := [name for name in file.reading.unknown_headings if name.strip()]:
                said = " | ".join(" ".join(name.split()) for name in names)
                self._note(
                    NOTED,
                    file.name,
                    "",
                    f"{file.name}: columns that are not read: {said}",
                    f"{file.name}：読み取っていない列：{said}",
                )
            self._file(file)

    def _file(self, file: OwnFile) -> None:
        observed = [self._completed(one) for one in self._once(file.reading.observed)]
        known = [one for one in observed if self._is_known_issuance(one)]
        others = [one for one in observed if not self._is_known_issuance(one)]
        reading = replace(file.reading, observed=others)
        proposals = compare([Copy(CODE, dict(file.source), reading)], self.record).proposals
        by_row: dict[str, list[Proposal]] = {one.where: [] for one in observed}
        for proposal in proposals:
            by_row[proposal.evidence].append(proposal)
        for one in known:
            row = self.record.row("issuance", one.key or "") or {}
            by_row[one.where] = list(self._cells(one, row, ISSUANCE_COLUMNS, file.source["source_id"]))
        new_rows, projects = NewRows(self.record), Projects(self.record.rows("project"))
        accepted: list[Proposal] = []
        for one in observed:
            for proposal in self._row(one, by_row[one.where], file, new_rows, projects):
                self._number += 1
                given = {"proposal_id": f"O{self._number:05d}", "proposed_on": self.on.isoformat()}
                accepted.append(replace(proposal, decision="accept", **given))  # type: ignore[arg-type]
        self.laid.changes += len(accepted)
        apply(accepted, Proposed(accepted, [dict(file.source)]), self.record, self.on)

    def _once(self, observed: Iterable[Observed]) -> list[Observed]:
        """Rows without those that break a rule, and without the second of those that name the same thing in one file."""
        first: dict[tuple[str, ...], str] = {}
        kept = []
        for row in observed:
            if reason := self.left_out.get(row.where):
                said = (f"{row.where}: {reason[0]}", f"{row.where}：{reason[1]}")
                self._note(ASIDE, row.where, row.key or "", *said)
                continue
            one = self._without_broken(row)
            names = names_of(one)
            again = next((first[name] for name in names if name in first), None)
            if again is not None:
                self._note(
                    ASIDE,
                    one.where,
                    one.key or "",
                    f"{one.where}: stands in {again} already; two rows of one name need keys of their own (P-VNM-901).",
                    f"{one.where}：{again} に既に記載があります。別の案件の場合は、それぞれに固有の識別子（P-VNM-901等）を付してください。",
                )
                continue
            first |= dict.fromkeys(names, one.where)
            kept.append(one)
        return kept

    def _without_broken(self, one: Observed) -> Observed:
        """A row without its cells that break a rule of the record."""
        stated = [name for name in one.cells if name not in _FOLLOWS]
        broken = {name: self.left_out.get(place_of(one.where, name)) for name in stated}
        for name, reason in broken.items():
            if reason:
                where = place_of(one.where, name)
                self._note(ASIDE, where, one.key or "", f"{where}: {reason[0]}", f"{where}：{reason[1]}")
        cells = {name: text for name, text in one.cells.items() if not broken.get(name)}
        if "est_annual_tco2" not in cells:
            cells.pop("est_annual_basis", None)
        return replace(one, cells=cells)

    def _completed(self, one: Observed) -> Observed:
        """An issuance or event of a project on record is in its country."""
        of = one.cells.get("project_id") or one.cells.get("issuance_id", "")
        row = self.record.row("project", of) or self.record.row("issuance", of)
        if one.table == "project" or "iso3" in one.cells or row is None:
            return one
        return replace(one, cells={**one.cells, "iso3": row["iso3"]})

    def _is_known_issuance(self, one: Observed) -> bool:
        return one.table == "issuance" and self.record.row("issuance", one.key or "") is not None

    def _row(
        self,
        one: Observed,
        proposals: Sequence[Proposal],
        file: OwnFile,
        new_rows: NewRows,
        projects: Projects,
    ) -> list[Proposal]:
        """The proposals of a row that are taken; what became of it is noted."""
        whole = next((p for p in proposals if not p.column), None)
        # Whoever gives an issuance a key of its own has decided that it is another one.
        is_own_issuance = one.table == "issuance" and one.key is not None
        if whole is not None and whole.needs_decision and not is_own_issuance:
            self._doubt(one, whole)
            return []
        if whole is not None and (whole.action == "added" or is_own_issuance):
            return [self._added(one, whole, new_rows)]
        target = self._target(one, whole, proposals, projects)
        if target is None:
            self._note(
                ASIDE,
                one.where,
                one.key or "",
                f"{one.where}: there is no {one.key} on record, and the row has no title to add it by.",
                f"{one.where}：{one.key} は記録になく、件名の記載もないため追加できません。",
            )
            return []
        contested = self._contested(one, target)
        if whole is not None:
            self._say(one, target)
            self._note(CHANGED, one.where, whole.cells.get("ref_no", target), *_listing(whole))
            return [replace(whole, cells={k: v for k, v in whole.cells.items() if k not in contested})]
        row = self.record.row(one.table, target)
        extra = (
            self._cells(one, row, set(one.cells) - _COMPARED[one.table], file.source["source_id"])
            if row
            else ()
        )
        taken = []
        for change in (*proposals, *extra):
            if change.column in contested:
                continue
            if one.table == "project" and change.action == "contradicting":
                self._contradiction(one, change)
            else:
                taken.append(replace(change, action="changed"))
        self._say(one, target)
        self._note(
            CHANGED if taken else EQUAL,
            one.where,
            target,
            *listed([(c.column, c.value_before, c.value_after) for c in taken]),
        )
        return taken

    def _added(self, one: Observed, whole: Proposal, new_rows: NewRows) -> Proposal:
        cells = dict(whole.cells)
        if one.table == "project" and not one.key:
            cells["project_id"] = self._keys.free(cells["iso3"])
        cells = new_rows.completed(one.table, cells, whole.source_id)
        # What follows from other cells gives way to what the row states of itself.
        cells |= {name: text for name, text in one.cells.items() if text and name in cells}
        key = cells[table(one.table).row_key[0]]
        self._say(replace(one, cells=cells), key)
        self._note(ADDED, one.where, key)
        return replace(whole, action="added", match_key="", cells=cells, row_key=key)

    def _target(
        self, one: Observed, whole: Proposal | None, proposals: Sequence[Proposal], projects: Projects
    ) -> str | None:
        """The key of the row on record that a row is about; None where there is none."""
        if whole is not None:
            return whole.match_key
        if proposals:
            return proposals[0].row_key
        if one.key and self.record.row(one.table, one.key) is not None:
            return one.key
        if one.table != "project":
            return one.key or ""
        match = None if one.key else projects.best(one.cells)
        return match.project_id if match is not None and match.score >= TAKEN else None

    def _contested(self, one: Observed, target: str) -> set[str]:
        """Columns of a row of which another row of the own record says something else."""
        found = set()
        for column, value in one.cells.items():
            said = self._said.get((one.table, target, column))
            if said is None or column in _FOLLOWS or agrees(column, said.value, value):
                continue
            found.add(column)
            self._note(
                ASIDE,
                one.where,
                target,
                f"{one.where}: {target} {column} is “{value}” here and “{said.value}” in {said.where}. The latter stands;"
                " correct one of the two.",
                f"{one.where}：{target} の {column} は「{value}」ですが、{said.where} では「{said.value}」です。"
                "後者を用いています。いずれかを修正してください。",
            )
        return found

    def _say(self, one: Observed, key: str) -> None:
        for column, value in one.cells.items():
            if value:
                self._said.setdefault((one.table, key, column), _Said(value, one.where))
        self.touched.setdefault((one.table, key), []).append(one.where)

    def _cells(
        self, one: Observed, row: Mapping[str, str], columns: Iterable[str], source_id: str
    ) -> Iterable[Proposal]:
        """Proposals for the cells in which a row differs from the one on record."""
        for column in columns:
            value = one.cells.get(column, "")
            if value and column in row and column not in _FOLLOWS and not agrees(column, row[column], value):
                key = next(iter(row.values()))
                yield Proposal(
                    "changed", one.table, key, column, row[column], value, CODE, source_id, one.where
                )

    def _doubt(self, one: Observed, whole: Proposal) -> None:
        score = f" ({whole.match_score:.2f})" if whole.match_score is not None else ""
        like, named = whole.match_key, whole.value_after
        if one.table == "issuance":
            self._note(
                DOUBTFUL,
                one.where,
                like,
                f"{one.where}: may be a part of {like}, which is stated for several projects together: left out. Write that key"
                " into the row, or a key of its own (issuance_id) if it is another one.",
                f"{one.where}：複数案件をまとめた発行 {like} の一部である可能性があるため保留しました。該当する場合はその識別子を、"
                "別の発行であれば固有の識別子（issuance_id）を記入してください。",
            )
            return
        self._note(
            DOUBTFUL,
            one.where,
            like,
            f"{one.where}: “{named}” is like {like}{score}, which is not enough to be sure: left out. Write the reference"
            " number or key of that project into the row, or a key of its own (P-VNM-901) if it is another one.",
            f"{one.where}：「{named}」は {like} に似ていますが{score}、同一と断定できないため保留しました。同じ案件であればその番号を、"
            "別の案件であれば固有の識別子（P-VNM-901等）を記入してください。",
        )

    def _contradiction(self, one: Observed, change: Proposal) -> None:
        of, before, after = f"{change.row_key} {change.column}", change.value_before, change.value_after
        self._note(
            DOUBTFUL,
            one.where,
            change.row_key,
            f"{one.where}: {of} is “{after}” here, while the public record has come to “{before}”: left as published.",
            f"{one.where}：{of} は「{after}」ですが、公表記録では既に「{before}」となっているため、公表記録のままとしました。",
        )

    def _note(self, outcome: str, where: str, key: str, message_en: str = "", message_ja: str = "") -> None:
        self.laid.entries.append(Entry(outcome, where, key, message_en, message_ja))


def _listing(whole: Proposal) -> tuple[str, str]:
    key = whole.cells.get("ref_no") or whole.match_key
    return f"taken for {whole.match_key}, now {key}", f"{whole.match_key} と同一の案件とし、{key} としました"
