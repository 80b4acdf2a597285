"""From the files below data/ to the fact tables: text, corrections, values, contracts, references.

A row that fails leaves the table and is kept in quarantine with its reason; rows that point at it follow. A fault of
structure (a missing file or column, mixed encodings) stops the build.
"""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from etl.contracts import TABLES, Table, table
from etl.sources.cells import CellRow, expected_header, headings
from etl.sources.corrections import apply_corrections
from etl.sources.limits import Limits
from etl.sources.quarantine import Quarantine, Rejected
from etl.sources.reading import TextTable, read_table
from etl.sources.references import hold_references
from etl.sources.stops import BuildStopped
from etl.sources.typed_rows import typed_rows

_DAMAGED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")


@dataclass(frozen=True)
class SourceFile:
    """A file read: rows, hash and, for facts, the day of retrieval and the terms from its descriptor."""

    file: str
    table_name: str
    rows_read: int
    sha256: str
    retrieved_on: date | None
    terms: str | None
    facts_of_on: date | None = None
    cadence_days: int | None = None
    cadence_en: str | None = None
    cadence_ja: str | None = None


@dataclass
class Facts:
    """The fact tables, the files they came from, what was rejected, and remarks on the way."""

    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    files: list[SourceFile] = field(default_factory=list)
    quarantine: Quarantine = field(default_factory=Quarantine)
    remarks: list[str] = field(default_factory=list)

    @property
    def rejected(self) -> list[Rejected]:
        """The reasons why rows were rejected, in the order in which they were found."""
        return self.quarantine.reasons

    def source_files(self) -> pl.DataFrame:
        """The table `source_file`."""
        lines = self.quarantine.lines_by_file()
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
                "facts_of_on": f.facts_of_on,
                "cadence_days": f.cadence_days,
                "cadence_en": f.cadence_en,
                "cadence_ja": f.cadence_ja,
            }
            for f in self.files
        ]
        schema = {name: column.dtype for name, column in table("source_file").schema.columns().items()}
        return pl.DataFrame(rows, schema=schema)


def load_facts(data_dir: Path, limits: Limits | None = None) -> Facts:
    """Read every table that has files.

    Raises BuildStopped, with every fault of structure found, or for a passed limit or a correction that no longer fits.
    """
    limits = limits or Limits()
    facts = Facts()
    rows = _read_files(data_dir, limits, facts)
    tables = {"correction": typed_rows(table("correction"), rows["correction"], facts.quarantine)}
    # Not one correction may be left out: the facts would be published uncorrected.
    _hold_reject_share(facts, limits)
    apply_corrections(tables["correction"].frame.to_dicts(), rows)
    for name, some in rows.items():
        if name not in tables:
            tables[name] = typed_rows(table(name), some, facts.quarantine)
    hold_references(tables, facts.quarantine)
    facts.frames = {name: typed.frame for name, typed in tables.items()}
    _hold_reject_share(facts, limits)
    return facts


def _read_files(data_dir: Path, limits: Limits, facts: Facts) -> dict[str, list[CellRow]]:
    rows: dict[str, list[CellRow]] = {}
    faults: list[BuildStopped] = []
    for contract in TABLES:
        for file in contract.files:
            try:
                text = read_table(data_dir / file, file, expected_header(contract), limits)
                facts.files.append(_source_file(text, contract, data_dir, facts.remarks))
            except BuildStopped as stopped:
                faults.append(stopped)
                continue
            if not text.rows and contract.origin != "corrections":
                faults.append(
                    BuildStopped(
                        f"{file} has a heading and no row below it. Expected at least one row.",
                        f"{file} には見出し行しかありません。1 行以上のデータが必要です。",
                    )
                )
            rows.setdefault(contract.name, []).extend(_cell_rows(text, contract, limits, facts.quarantine))
    if faults:
        raise BuildStopped(
            "\n".join(fault.message_en for fault in faults), "\n".join(fault.message_ja for fault in faults)
        )
    return rows


def _cell_rows(text: TextTable, contract: Table, limits: Limits, quarantine: Quarantine) -> list[CellRow]:
    """Rows of a file with a cell for every heading; those that cannot be laid out so are rejected."""
    defaults = {
        name: (column.metadata or {})["default"] or ""
        for name, column in contract.schema.columns().items()
        if headings(contract)[name] is None
    }
    longest = {
        str(heading): (contract.schema.columns()[name].metadata or {}).get("longest") or 0
        for name, heading in headings(contract).items()
    }
    rows: list[CellRow] = []
    for record in text.rows:
        row = CellRow(
            contract.name, text.file, record.line, dict(zip(text.header, record.cells, strict=False))
        )
        if len(record.cells) != len(text.header):
            expected, found = len(text.header), len(record.cells)
            row.cells |= {f"cell {n + 1}": record.cells[n] for n in range(expected, found)}
            message = (
                f"Expected {expected} cells, found {found}. Check commas and quotation marks.",
                f"セルは {expected} 個必要ですが、{found} 個です。コンマと引用符を確認してください。",
            )
            quarantine.reject(row, "number of cells", message)
            continue
        faults = {
            name: fault
            for name, cell in row.cells.items()
            if (fault := _fault_of(cell, max(limits.max_cell, longest.get(name, 0))))
        }
        for name, (rule, message) in faults.items():
            quarantine.reject(row, rule, message, name)
        if not faults:
            row.cells |= defaults
            rows.append(row)
    return rows


def _fault_of(cell: str, longest: int) -> tuple[str, tuple[str, str]] | None:
    """What is wrong with the text of a cell, whatever its column; None for a sound one."""
    if len(cell) > longest:
        return "length of a cell", (
            f"A cell holds at most {longest:,} characters (JCM_MAX_CELL).",
            f"セルの文字数の上限は {longest:,} です(JCM_MAX_CELL)。",
        )
    if found := _DAMAGED.search(cell):
        return "damaged text", (
            f"The text holds U+{ord(found[0]):04X}, which is no letter. Take the text from its source again.",
            f"文字化けした文字(U+{ord(found[0]):04X})が含まれています。出典から入力し直してください。",
        )
    return None


def _source_file(text: TextTable, contract: Table, data_dir: Path, remarks: list[str]) -> SourceFile:
    descriptor: dict[str, Any] = {}
    path = (data_dir / text.file).with_suffix(".toml")
    if contract.origin in {"snapshot", "geography"}:
        try:
            descriptor = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:  # TOML and encoding faults are both ValueErrors
            raise BuildStopped(
                f"{text.file}: its descriptor {path.name} cannot be read ({error}). Every file of facts needs one.",
                f"{text.file} の記述ファイル {path.name} を読み取れません({error})。",
            ) from error
        if descriptor.get("sha256") != text.sha256:
            remarks.append(f"{text.file} was changed since its descriptor was written: the hash differs.")
        _hold_cadence(text.file, path.name, descriptor)
    return SourceFile(
        text.file,
        contract.name,
        len(text.rows),
        text.sha256,
        descriptor.get("retrieved_on"),
        descriptor.get("terms"),
        descriptor.get("facts_of", descriptor.get("retrieved_on")),
        descriptor.get("cadence_days"),
        descriptor.get("cadence_en"),
        descriptor.get("cadence_ja"),
    )


def _hold_cadence(file: str, name: str, descriptor: dict[str, Any]) -> None:
    """Raises BuildStopped where a descriptor does not tell how often its source changes, or dates facts after their reading."""
    days = descriptor.get("cadence_days")
    told = all(descriptor.get(key) for key in ("cadence_en", "cadence_ja"))
    if not isinstance(days, int) or days < 0 or not told:
        raise BuildStopped(
            f"{file}: {name} needs cadence_days (days until the source is due again, 0 for one that does not change) with its"
            f" reason in cadence_en and cadence_ja; found {days!r}.",
            f"{file}:{name} に cadence_days(更新間隔の日数。更新されないものは0)と理由(cadence_en、cadence_ja)が必要です。",
        )
    facts_of, read_on = descriptor.get("facts_of"), descriptor.get("retrieved_on")
    if facts_of is not None and read_on is not None and facts_of > read_on:
        raise BuildStopped(
            f"{file}: {name} dates the facts {facts_of}, after they were read ({read_on}).",
            f"{file}:{name} の facts_of({facts_of})が取得日({read_on})より後です。",
        )


def _hold_reject_share(facts: Facts, limits: Limits) -> None:
    """Raises BuildStopped when a file lost more rows than it may. Only facts of others may lose any."""
    lines = facts.quarantine.lines_by_file()
    for file in facts.files:
        rejected = len(lines.get(file.file, ()))
        is_ours = table(file.table_name).origin != "snapshot"
        bearable = max(limits.spared_rows, limits.max_reject_share * file.rows_read)
        if rejected == 0 or (not is_ours and rejected <= bearable and rejected < file.rows_read):
            continue
        reasons = [reason for reason in facts.rejected if reason.file == file.file]
        limit_en = (
            "and a table of the project itself may lose none"
            if is_ours
            else f"more than {limits.max_reject_share:.0%} (JCM_MAX_REJECT_SHARE)"
        )
        limit_ja = (
            "本プロジェクトで作成した表の行は除外できません"
            if is_ours
            else f"上限 {limits.max_reject_share:.0%}(JCM_MAX_REJECT_SHARE)を超えました"
        )
        first = "\n".join(reason.message_en for reason in reasons[:5])
        first_ja = "\n".join(reason.message_ja for reason in reasons[:5])
        raise BuildStopped(
            f"{file.file}: {rejected} of {file.rows_read} rows were rejected, {limit_en}. The first reasons:\n{first}",
            f"{file.file}:{file.rows_read} 行中 {rejected} 行が除外されました。{limit_ja}。最初の理由:\n{first_ja}",
        )
