"""Proposals: what a refresh would change, as rows that a person can read, decide on and hand back.

A folder `data/proposals/<day>/` has `proposals.csv` (a row a change), `added_<table>.csv` (new rows whole, to be completed
before they are accepted), `sightings.csv` (the lists as they were seen), `sources.csv` (rows for the table source) and the
reports. It is written under another name and renamed when it is whole.
"""

import csv
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from etl.contracts import table
from etl.contracts.refreshing import DECISIONS
from etl.sources.cells import expected_header
from etl.sources.csv_rows import csv_text, read_rows
from etl.sources.date_values import day
from etl.sources.stops import BuildStopped
from etl.sources.value_text import ValueNotUnderstood

FOLDER = "proposals"
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
        """What is proposed, apart from when, by which copy and what was decided: equal proposals are one."""
        return (
            self.table_name,
            self.row_key,
            self.column,
            self.value_before,
            self.value_after,
            self.source_code,
        )

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
    header = expected_header(table("proposal"))
    texts = {
        "proposals.csv": csv_text(header, [p.as_row() for p in proposed.proposals]),
        "sources.csv": csv_text(SOURCE_COLUMNS, proposed.sources),
        "sightings.csv": csv_text(SIGHTING_COLUMNS, proposed.sightings),
        **reports,
    }
    for name_of_table in sorted({p.table_name for p in proposed.proposals if p.cells}):
        rows = [
            {"proposal_id": p.proposal_id} | p.cells
            for p in proposed.proposals
            if p.cells and p.table_name == name_of_table
        ]
        columns = ("proposal_id", *expected_header(table(name_of_table)))
        texts[f"added_{name_of_table}.csv"] = csv_text(columns, rows)
    for file, text in texts.items():
        # Excel reads the Japanese of a CSV file only behind a byte-order mark.
        encoding = "utf-8-sig" if file.endswith(".csv") else "utf-8"
        (unfinished / file).write_text(text, encoding=encoding, newline="")
    unfinished.rename(folder)
    return folder


def read_proposed(folder: Path) -> Proposed:
    """Read the folder of a refresh, with what a person wrote into it.

    Raises BuildStopped for one that is missing or not whole, and for a decision that is not known.
    """
    try:
        rows = read_rows(folder / "proposals.csv")
        added = {
            (path.stem.removeprefix("added_"), row["proposal_id"]): {
                k: v for k, v in row.items() if k != "proposal_id"
            }
            for path in sorted(folder.glob("added_*.csv"))
            for row in read_rows(path)
        }
        sources, sightings = read_rows(folder / "sources.csv"), read_rows(folder / "sightings.csv")
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        found = ", ".join(names_of(folder.parent.parent)) or "none"
        raise BuildStopped(
            f"The proposals {folder.name} are not there or not whole ({error}). Proposals on hand: {found}. Make new ones with"
            " python -m etl refresh.",
            f"更新案 {folder.name} がないか不完全です（{error}）。現在の更新案：{found}。python -m etl refresh で作成してください。",
        ) from error
    return Proposed([_proposal(row, added, folder) for row in rows], sources, sightings)


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
