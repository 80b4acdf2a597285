"""From the files below data/ to the fact tables: text, corrections, values, contracts, references.

A row that fails leaves the table and is kept in quarantine with its reason; rows that point at it follow. A fault of
structure (a missing file or column, mixed encodings) stops the build.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from etl.contracts import CROSS_RULES, TABLES, Table, table
from etl.sources.cells import CellRow, expected_header, headings
from etl.sources.corrections import apply_corrections
from etl.sources.limits import Limits
from etl.sources.quarantine import Rejected, rejected
from etl.sources.reading import TextTable, read_table
from etl.sources.rule_messages import message_of
from etl.sources.stops import BuildStopped
from etl.sources.values import READERS, ValueNotUnderstood


@dataclass(frozen=True)
class SourceFile:
    """A file read: rows, hash and, for facts, the day of retrieval and the terms from its descriptor."""

    file: str
    table_name: str
    rows_read: int
    sha256: str
    retrieved_on: date | None
    terms: str | None


@dataclass
class Facts:
    """The fact tables, what was rejected, the files they came from, and remarks on the way."""

    frames: dict[str, pl.DataFrame]
    rejected: list[Rejected]
    files: list[SourceFile]
    remarks: list[str] = field(default_factory=list)

    def source_files(self) -> pl.DataFrame:
        """The table `source_file`."""
        lines: dict[str, set[int]] = {}
        for reason in self.rejected:
            lines.setdefault(reason.file, set()).add(reason.line)
        rows = [
            {
                "file": f.file,
                "table_name": f.table_name,
                "rows_read": f.rows_read,
                "rows_kept": f.rows_read - len(lines.get(f.file, ())),
                "rows_rejected": len(lines.get(f.file, ())),
                "sha256": f.sha256,
                "retrieved_on": f.retrieved_on,
                "terms": f.terms,
            }
            for f in self.files
        ]
        schema = {name: column.dtype for name, column in table("source_file").schema.columns().items()}
        return pl.DataFrame(rows, schema=schema)


@dataclass
class _Typed:
    """Typed rows of one table with the text they came from; `rows` and `frame` go together by position."""

    contract: Table
    rows: list[CellRow]
    frame: pl.DataFrame


def load_facts(data_dir: Path, limits: Limits | None = None) -> Facts:
    """Reads every table that has files. Raises BuildStopped for faults of structure and passed limits."""
    limits = limits or Limits()
    facts = Facts({}, [], [])
    reasons = facts.rejected
    texts = {
        contract.name: _read_text(contract, data_dir, limits, facts)
        for contract in TABLES
        if contract.is_read
    }
    typed = {"correction": _typed(table("correction"), texts["correction"], reasons)}
    apply_corrections(typed["correction"].frame.to_dicts(), texts)
    for name, rows in texts.items():
        if name not in typed:
            typed[name] = _typed(table(name), rows, reasons)
    _hold_references(typed, reasons)
    facts.frames.update({name: one.frame for name, one in typed.items()})
    _hold_reject_share(facts, limits)
    return facts


def _read_text(contract: Table, data_dir: Path, limits: Limits, facts: Facts) -> list[CellRow]:
    defaults = {
        name: (column.metadata or {})["default"] or ""
        for name, column in contract.schema.columns().items()
        if headings(contract)[name] is None
    }
    rows: list[CellRow] = []
    for file in contract.files:
        text = read_table(data_dir / file, file, expected_header(contract), limits)
        facts.files.append(_source_file(text, contract, data_dir, facts.remarks))
        for record in text.rows:
            place = (contract.name, file, record.line)
            cells = dict(zip(text.header, record.cells, strict=False))
            if len(record.cells) != len(text.header):
                expected, found = len(text.header), len(record.cells)
                message = (
                    f"Expected {expected} cells, found {found}. Check commas and quotation marks.",
                    f"セルは {expected} 個必要ですが、{found} 個です。コンマと引用符を確認してください。",
                )
                facts.rejected.append(rejected(place, cells, "number of cells", message))
                continue
            too_long = [name for name, cell in cells.items() if len(cell) > limits.max_cell]
            if too_long:
                message = (
                    f"A cell holds at most {limits.max_cell:,} characters (JCM_MAX_CELL).",
                    f"セルの文字数の上限は {limits.max_cell:,} です(JCM_MAX_CELL)。",
                )
                facts.rejected += [
                    rejected(place, cells, "length of a cell", message, name) for name in too_long
                ]
                continue
            rows.append(CellRow(contract.name, file, record.line, cells | defaults))
    return rows


def _source_file(text: TextTable, contract: Table, data_dir: Path, remarks: list[str]) -> SourceFile:
    descriptor: dict[str, Any] = {}
    path = (data_dir / text.file).with_suffix(".toml")
    if contract.origin == "snapshot":
        try:
            descriptor = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise BuildStopped(
                f"{text.file}: its descriptor {path.name} cannot be read ({error}). Every file of facts needs one.",
                f"{text.file} の記述ファイル {path.name} を読み取れません({error})。",
            ) from error
        if descriptor.get("sha256") != text.sha256:
            remarks.append(f"{text.file} was changed since its descriptor was written: the hash differs.")
    return SourceFile(
        text.file,
        contract.name,
        len(text.rows),
        text.sha256,
        descriptor.get("retrieved_on"),
        descriptor.get("terms"),
    )


def _typed(contract: Table, rows: Sequence[CellRow], reasons: list[Rejected]) -> _Typed:
    """Parses the cells, keeps the first row of each key, and holds the rules of the table itself."""
    kept: list[CellRow] = []
    values: list[dict[str, Any]] = []
    seen: dict[tuple[Any, ...], int] = {}
    for row in rows:
        parsed, faults = _parse(contract, row)
        reasons += faults
        if faults:
            continue
        key = tuple(parsed[column] for column in contract.row_key)
        if key in seen:
            shown = ", ".join(str(part) for part in key)
            message = (
                f"The key {shown} already stands on line {seen[key]}; each key may stand once. The first row is kept.",
                f"識別子 {shown} は {seen[key]} 行目にもあります。重複は認められず、最初の行を採用します。",
            )
            reasons.append(rejected(row.place, row.cells, "duplicate key", message))
            continue
        seen[key] = row.line
        kept.append(row)
        values.append(parsed)
    schema = {name: column.dtype for name, column in contract.schema.columns().items()}
    frame = pl.DataFrame(values, schema=schema, orient="row")
    return _hold_rules(_Typed(contract, kept, frame), reasons)


def _parse(contract: Table, row: CellRow) -> tuple[dict[str, Any], list[Rejected]]:
    values: dict[str, Any] = {}
    faults: dict[str, Rejected] = {}
    for (name, column), heading in zip(
        contract.schema.columns().items(), headings(contract).values(), strict=True
    ):
        at = heading or name
        cell = row.cells.get(at, "").strip()
        values[name] = None
        if not cell:
            continue
        try:
            values[name] = READERS[(column.metadata or {})["reads"]](cell)
        except ValueNotUnderstood as error:
            message = (f"Expected {error.expected_en}.", f"{error.expected_ja}が必要です。")
            # One cell may fill several columns; it is told once.
            faults.setdefault(at, rejected(row.place, row.cells, "value not understood", message, at))
    return values, list(faults.values())


def _hold_rules(typed: _Typed, reasons: list[Rejected]) -> _Typed:
    good, failures = typed.contract.schema.filter(typed.frame)
    if good.height == typed.frame.height:
        return typed
    columns = typed.frame.columns
    details = failures.details()
    failing = list(details.iter_rows(named=True))
    keep: list[bool] = []
    at = 0
    # Both parts keep the order of the table, and equal rows share their fate: walking along finds each row again.
    for row, values in zip(typed.rows, typed.frame.iter_rows(named=True), strict=True):
        is_bad = at < len(failing) and all(failing[at][c] == values[c] for c in columns)
        keep.append(not is_bad)
        if not is_bad:
            continue
        for rule in details.columns[len(columns) :]:
            if failing[at][rule] == "invalid":
                column, message = message_of(typed.contract, rule)
                heading = (headings(typed.contract)[column] or column) if column else None
                reasons.append(rejected(row.place, row.cells, rule, message, heading))
        at += 1
    return _only(typed, keep)


def _only(typed: _Typed, keep: Sequence[bool]) -> _Typed:
    rows = [row for row, is_kept in zip(typed.rows, keep, strict=True) if is_kept]
    return _Typed(typed.contract, rows, typed.frame.filter(pl.Series(keep, dtype=pl.Boolean)))


def _hold_references(typed: dict[str, _Typed], reasons: list[Rejected]) -> None:
    """Rejects rows that point at nothing, and rows that break a rule across tables, until none is left."""
    changed = True
    while changed:
        changed = False
        for name, one in typed.items():
            keep = _pointing_at_something(one, typed, reasons)
            if not all(keep):
                typed[name], changed = _only(one, keep), True
        frames = {name: one.frame for name, one in typed.items()}
        for rule in CROSS_RULES:
            one = typed[rule.table]
            failing = {tuple(key) for key in rule.failing(frames).iter_rows()}
            keys = one.frame.select(one.contract.row_key).iter_rows()
            keep = [tuple(key) not in failing for key in keys]
            if all(keep):
                continue
            message = (rule.text.en, rule.text.ja)
            reasons += [
                rejected(row.place, row.cells, rule.name, message)
                for row, is_kept in zip(one.rows, keep, strict=True)
                if not is_kept
            ]
            typed[rule.table], changed = _only(one, keep), True
            frames[rule.table] = typed[rule.table].frame


def _pointing_at_something(one: _Typed, typed: Mapping[str, _Typed], reasons: list[Rejected]) -> list[bool]:
    keep = [True] * len(one.rows)
    for reference in one.contract.references:
        known = set(typed[reference.to_table].frame.get_column(reference.to_column))
        heading = headings(one.contract)[reference.column] or reference.column
        for index, value in enumerate(one.frame.get_column(reference.column)):
            if value is None:
                continue
            parts = [part.strip() for part in value.split(";")] if reference.is_list else [value]
            unknown = [str(part) for part in parts if part not in known]
            if not unknown:
                continue
            keep[index] = False
            row = one.rows[index]
            shown = ", ".join(unknown)[:200]
            message = (
                f"{shown} is not in {reference.to_table}: unknown, or rejected itself.",
                f"{shown} は {reference.to_table} にありません(未登録、又はその行も除外)。",
            )
            reasons.append(rejected(row.place, row.cells, "dangling reference", message, heading))
    return keep


def _hold_reject_share(facts: Facts, limits: Limits) -> None:
    for file in facts.source_files().iter_rows(named=True):
        if not file["rows_read"]:
            continue
        share = file["rows_rejected"] / file["rows_read"]
        if share > limits.max_reject_share:
            first = next(reason for reason in facts.rejected if reason.file == file["file"])
            raise BuildStopped(
                f"{file['file']}: {file['rows_rejected']} of {file['rows_read']} rows were rejected, more than"
                f" {limits.max_reject_share:.0%} (JCM_MAX_REJECT_SHARE). The first: {first.message_en}",
                f"{file['file']}:{file['rows_read']} 行中 {file['rows_rejected']} 行が除外され、上限"
                f" {limits.max_reject_share:.0%}(JCM_MAX_REJECT_SHARE)を超えました。最初の理由:{first.message_ja}",
            )
