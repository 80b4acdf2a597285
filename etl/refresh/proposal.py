"""Proposals: what a refresh would change, as rows that a person can read, decide on and hand back.

A folder `data/proposals/<day>/` has `proposals.csv` (a row a change), `added_<table>.csv` (new rows whole, to be completed
before they are accepted), `sightings.csv` (the lists as they were seen), `sources.csv` (rows for the table source) and the
reports. It is written under another name and renamed when it is whole. `as_proposed.json` has all of it once more for the
program: of the tables, only decisions, reasons and new rows are a person's to change.
"""

import csv
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from etl.contracts import table
from etl.contracts.refreshing import DECISIONS
from etl.refresh.edited import completed_row, read_edited, says_the_same
from etl.sources.cells import expected_header
from etl.sources.csv_rows import csv_text
from etl.sources.date_values import day
from etl.sources.stops import BuildStopped
from etl.sources.value_text import ValueNotUnderstood

FOLDER = "proposals"
WRITTEN = "as_proposed.json"
SOURCE_COLUMNS = ("source_id", "url", "publisher", "kind", "as_of", "retrieved_on")
SIGHTING_COLUMNS = ("project_id", "source_code", "status", "source_id")

Row = dict[str, str]


@dataclass(frozen=True)
class Proposal:
    """One change: of a cell (`column`), or of a row (`cells`, for a new one). Empty texts mean none.

    `source_id` is the key that the copy of the source will have in the table source. Columns are those of the table
    `proposal`.
    """

    action: str
    table_name: str
    row_key: str
    column: str
    value_before: str
    value_after: str
    source_code: str
    source_id: str
    evidence: str
    match_key: str = ""
    match_score: float | None = None
    needs_decision: bool = False
    finding_codes: str = ""
    decision: str = ""
    decided_on: str = ""
    reason: str = ""
    proposed_on: str = ""
    proposal_id: str = ""
    cells: Row = field(default_factory=dict)

    @property
    def content(self) -> tuple[str, ...]:
        """What is proposed, apart from when, by which copy and what was decided: equal proposals are one.

        The key of a new project of ours says nothing of it: its country stands in its place.
        """
        key = self.cells.get("iso3", "") if self.is_of_a_new_row_without_key else self.row_key
        return (self.table_name, key, self.column, self.value_before, self.value_after, self.source_code)

    @property
    def is_of_a_new_row_without_key(self) -> bool:
        """Whether it is a project that its source gives no reference number."""
        return self.table_name == "project" and bool(self.cells) and not self.cells.get("ref_no")

    @property
    def is_open(self) -> bool:
        """Whether nothing was decided yet."""
        return not self.decided_on

    def as_row(self) -> Row:
        """Return the row of `proposals.csv`."""
        row = {name: getattr(self, name) for name in expected_header(table("proposal"))}
        return row | {
            "match_score": "" if self.match_score is None else f"{self.match_score:.2f}",
            "needs_decision": str(self.needs_decision).lower(),
        }


@dataclass
class Proposed:
    """Proposals of one day with what they need: rows of `source`, and the lists as they were seen."""

    proposals: list[Proposal]
    sources: list[Row] = field(default_factory=list)
    sightings: list[Row] = field(default_factory=list)


def write_proposed(data: Path, name: str, proposed: Proposed, reports: dict[str, str]) -> Path:
    """Write the folder of a refresh, whole or not at all; return it."""
    folder = data / FOLDER / name
    unfinished = folder.with_name(f".{name}.{os.getpid()}")
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    rows: dict[str, list[Row]] = {
        "proposals": [p.as_row() for p in proposed.proposals],
        "sources": proposed.sources,
        "sightings": proposed.sightings,
    }
    columns: dict[str, Sequence[str]] = {
        "proposals": expected_header(table("proposal")),
        "sources": SOURCE_COLUMNS,
        "sightings": SIGHTING_COLUMNS,
    }
    for added in sorted({p.table_name for p in proposed.proposals if p.cells}):
        columns[f"added_{added}"] = ["proposal_id", *expected_header(table(added))]
        rows[f"added_{added}"] = [
            dict.fromkeys(columns[f"added_{added}"], "") | {"proposal_id": p.proposal_id} | p.cells
            for p in proposed.proposals
            if p.cells and p.table_name == added
        ]
    texts = {
        f"{name_of_file}.csv": csv_text(columns[name_of_file], some) for name_of_file, some in rows.items()
    }
    texts |= {WRITTEN: _json(rows), **reports}
    for file, text in texts.items():
        # Excel reads the Japanese of a CSV file only behind a byte-order mark.
        encoding = "utf-8-sig" if file.endswith(".csv") else "utf-8"
        (unfinished / file).write_text(text, encoding=encoding, newline="")
    unfinished.rename(folder)
    return folder


def _json(tables: dict[str, list[Row]]) -> str:
    """The tables with a line a row, so that a difference can be read."""
    found = []
    for name, rows in tables.items():
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        found.append(f"{json.dumps(name)}: [\n{lines}\n]")
    return "{" + ",\n".join(found) + "}\n"


def read_proposed(folder: Path) -> Proposed:
    """Read the folder of a refresh, with what a person wrote into it.

    Raises BuildStopped for one that is missing or not whole, and for a decision that is not known.
    """
    try:
        edited = {path.stem: read_edited(path) for path in sorted(folder.glob("*.csv"))}
        path = folder / WRITTEN
        written = json.loads(path.read_text(encoding="utf-8")) if path.exists() else edited
        missing = [name for name in written if name not in edited]
        if missing:
            raise FileNotFoundError(f"{missing[0]}.csv is missing")
        found = _joined(edited, written, folder)
    except (OSError, ValueError, csv.Error, KeyError) as error:
        hand = ", ".join(names_of(folder.parent.parent)) or "none"
        raise BuildStopped(
            f"The proposals {folder.name} are not there or not whole ({error}). Proposals on hand: {hand}. Restore them, or"
            " delete the folder and make new ones with python -m etl refresh.",
            f"更新案 {folder.name} がないか不完全です（{error}）。現在の更新案：{hand}。復元するか、フォルダーを削除し"
            " python -m etl refresh で作成してください。",
        ) from error
    return found


def _joined(edited: dict[str, list[Row]], written: dict[str, list[Row]], folder: Path) -> Proposed:
    """What was written, with the decisions, reasons and new rows as they were handed back."""
    changed = {
        name.removeprefix("added_"): {row.get("proposal_id", ""): row for row in edited[name]}
        for name in written
        if name.startswith("added_")
    }
    added = {
        (name, row["proposal_id"]): completed_row(
            name,
            changed[name].get(row["proposal_id"], {}),
            {k: v for k, v in row.items() if k != "proposal_id"},
        )
        for name in changed
        for row in written[f"added_{name}"]
    }
    decided = {row.get("proposal_id", ""): row for row in edited["proposals"]}
    rows = [_decided(row, decided.get(row["proposal_id"], {}), folder) for row in written["proposals"]]
    return Proposed([_proposal(row, added, folder) for row in rows], written["sources"], written["sightings"])


def _decided(written: Row, edited: Row, folder: Path) -> Row:
    """The row as it was proposed, with the decision of a person. Raises BuildStopped where something else was changed."""
    for column in ("table_name", "row_key", "column", "value_before", "value_after"):
        if not says_the_same(edited.get(column, written[column]), written[column]):
            key = written["proposal_id"]
            raise BuildStopped(
                f"{folder.name}/proposals.csv, {key}: {column} was “{written[column]}” and is now “{edited[column]}”. A proposal"
                " says what its source states. Reject it and change the record, or complete new rows in added_*.csv.",
                f"{folder.name}/proposals.csv の {key}：{column} が「{written[column]}」から「{edited[column]}」に変更されています。"
                "提案は出典の記載を示すものです。不採用として記録を修正するか、新規の行は added_*.csv で補完してください。",
            )
    decision = {name: edited[name] for name in ("decision", "decided_on", "reason") if name in edited}
    return written | decision


def _proposal(row: Row, added: dict[tuple[str, str], Row], folder: Path) -> Proposal:
    missing = [name for name in expected_header(table("proposal")) if name not in row]
    decision = (row.get("decision") or "").strip().casefold()
    if missing or (decision and decision not in DECISIONS):
        what = f"lacks the column {missing[0]}" if missing else f"has the decision “{decision}”"
        what_ja = f"に列 {missing[0]} がありません" if missing else f"の判断「{decision}」は使用できません"
        known = ", ".join(DECISIONS)
        raise BuildStopped(
            f"{folder.name}/proposals.csv {what}, row {row.get('proposal_id', '?')}. A decision is one of: {known}; or empty.",
            f"{folder.name}/proposals.csv{what_ja}（{row.get('proposal_id', '?')}）。判断は {known} 又は空欄としてください。",
        )
    cells = {name: (row[name] or "").strip() for name in expected_header(table("proposal"))}
    score = cells.pop("match_score")
    needs = cells.pop("needs_decision").casefold() == "true"
    cells["decision"] = decision
    for name in ("proposed_on", "decided_on"):
        cells[name] = _iso(cells[name])
    return Proposal(
        **cells,
        match_score=float(score) if score else None,
        needs_decision=needs,
        cells=added.get((cells["table_name"], cells["proposal_id"]), {}),
    )


def _iso(text: str) -> str:
    """A day as the program writes it: a spreadsheet may have changed its form."""
    try:
        return day(text).isoformat() if text else ""
    except ValueNotUnderstood:
        return text


def names_of(data: Path) -> list[str]:
    """Return the names of the proposals on hand, the oldest first."""
    folder = data / FOLDER
    return sorted(p.parent.name for p in folder.glob("*/proposals.csv") if not p.parent.name.startswith("."))


def all_proposals(data: Path) -> list[Proposal]:
    """Return the proposals of all days."""
    return [p for name in names_of(data) for p in read_proposed(data / FOLDER / name).proposals]


def numbered(proposals: Sequence[Proposal], today: date, taken: Iterable[str]) -> list[Proposal]:
    """Give each proposal its day and a number of that day that is not taken."""
    last = max((int(key.removeprefix("P")) for key in taken if key.removeprefix("P").isdecimal()), default=0)
    return [
        replace(p, proposed_on=today.isoformat(), proposal_id=f"P{last + n:04d}")
        for n, p in enumerate(proposals, 1)
    ]


def remove_unfinished(data: Path) -> None:
    """Remove folders that a refresh which was cut off has left."""
    for path in (data / FOLDER).glob(".*"):
        shutil.rmtree(path, ignore_errors=True)
