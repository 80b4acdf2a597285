"""From the files below data/ to the fact tables: text, corrections, values, contracts, references.

A cell that fails is emptied, and a row that means nothing without it leaves the table; quarantine keeps both with
their reasons. A fault of structure (a missing file or column, mixed encodings) stops the build.
"""

import tomllib
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from etl.contracts import TABLES, Table, table
from etl.sources.cells import FILE, LINE, CellRow, CellTable, TypedRows, expected_header, headings
from etl.sources.corrections import apply_corrections
from etl.sources.limits import Limits
from etl.sources.quarantine import NUMBER_OF_CELLS, Quarantine, Rejected, shortened, visible
from etl.sources.reading import TextTable, read_table
from etl.sources.references import enforce_references
from etl.sources.stops import BuildStopped
from etl.sources.typed_rows import READING_SCHEMA, typed_rows

_REPORTED_EACH = 20
"""Cells of one column that are remarked on one by one."""


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
    """The fact tables, the files they came from, what was rejected, and remarks on the way.

    `readings` has a row for each cell that was read otherwise than it is written, as READING_SCHEMA says.
    """

    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    files: list[SourceFile] = field(default_factory=list)
    quarantine: Quarantine = field(default_factory=Quarantine)
    remarks: list[str] = field(default_factory=list)
    tables: dict[str, TypedRows] = field(default_factory=dict)
    readings: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=READING_SCHEMA))

    @property
    def rejected(self) -> list[Rejected]:
        """The reasons why rows were rejected or cells emptied, in the order in which they were found."""
        return self.quarantine.reasons

    def source_files(self) -> pl.DataFrame:
        """The table `source_file`."""
        lines = self.quarantine.lines_by_file()
        rejected = {file.file: len(lines.get(file.file, ())) for file in self.files}
        rows = [
            asdict(file)
            | {"rows_kept": file.rows_read - rejected[file.file], "rows_rejected": rejected[file.file]}
            for file in self.files
        ]
        return table("source_file").frame(rows)


def load_facts(data_dir: Path, limits: Limits | None = None) -> Facts:
    """Read every table that has files.

    Raises BuildStopped, with every fault of structure found, or for a passed limit or a correction that no longer fits.
    """
    limits = limits or Limits()
    facts = Facts(quarantine=Quarantine(limits))
    cells = _read_files(data_dir, limits, facts)
    readings: list[pl.DataFrame] = []
    tables: dict[str, TypedRows] = {}

    def take(name: str) -> None:
        tables[name] = typed_rows(table(name), cells[name], limits.max_cell, facts.quarantine, readings)

    take("correction")
    # Not one correction may be left out: the facts would be published uncorrected.
    _check_reject_share(facts, limits)
    apply_corrections(tables["correction"].frame.to_dicts(), cells)
    for name in cells:
        if name not in tables:
            take(name)
    enforce_references(tables, facts.quarantine)
    facts.tables = tables
    facts.frames = {name: typed.frame for name, typed in tables.items()}
    _check_reject_share(facts, limits)
    if readings:
        facts.readings = pl.concat(readings)
        facts.remarks += _remarks_on(facts.readings)
    return facts


def _remarks_on(readings: pl.DataFrame) -> list[str]:
    """A sentence for each cell that was read otherwise than it is written; of many in one column, for the first ones."""
    remarks = []
    for (file, column), some in readings.group_by("file", "column", maintain_order=True):
        for row in some.head(_REPORTED_EACH).iter_rows(named=True):
            read = "not stated" if row["read"] is None else row["read"]
            remarks.append(
                visible(
                    f"{file}, line {row['line']}, column {column}: “{shortened(row['text'])}” is read as {read}."
                )
            )
        if more := some.height - min(some.height, _REPORTED_EACH):
            cells = "1 more cell is" if more == 1 else f"{more:,} more cells are"
            remarks.append(f"{file}, column {column}: {cells} not in plain form either.")
    return remarks


def files_of(contract: Table, data_dir: Path) -> list[str]:
    """Return the files of a table below a data folder, in order; a `*` in their names stands for any folder."""
    found = []
    for file in contract.files:
        several = sorted(path.relative_to(data_dir).as_posix() for path in data_dir.glob(file))
        # A folder whose name begins with a point is not finished.
        found += [one for one in several if "/." not in one] if "*" in file else [file]
    return found


def _read_files(data_dir: Path, limits: Limits, facts: Facts) -> dict[str, CellTable]:
    tables: dict[str, list[CellTable]] = {}
    faults: list[BuildStopped] = []
    for contract in TABLES:
        for file in files_of(contract, data_dir):
            try:
                text = read_table(data_dir / file, file, expected_header(contract), limits)
                facts.files.append(_source_file(text, contract, data_dir, facts.remarks))
            except BuildStopped as stopped:
                faults.append(stopped)
                continue
            facts.quarantine.rows_read[file] = text.height
            if not text.height and not contract.may_be_empty:
                faults.append(
                    BuildStopped(
                        f"{file} has a heading and no row below it. Expected at least one row.",
                        f"{file} には見出し行しかありません。1 行以上のデータが必要です。",
                    )
                )
            tables.setdefault(contract.name, []).append(_cell_table(text, contract, facts.quarantine))
    if faults:
        raise BuildStopped(
            "\n".join(fault.message_en for fault in faults), "\n".join(fault.message_ja for fault in faults)
        )
    return {
        name: CellTable(
            name, pl.concat([part.frame for part in parts]), any(part.may_be_damaged for part in parts)
        )
        for name, parts in tables.items()
    } | {
        contract.name: CellTable(contract.name, _no_cells(contract), may_be_damaged=False)
        for contract in TABLES
        if contract.is_read and contract.name not in tables
    }


def _no_cells(contract: Table) -> pl.DataFrame:
    """The cells of a table of which no file exists yet."""
    heads = [name if heading is None else heading for name, heading in headings(contract).items()]
    types = {FILE: pl.Categorical, LINE: pl.Int64}
    return pl.DataFrame(schema=types | dict.fromkeys(heads, pl.String))


def _cell_table(text: TextTable, contract: Table, quarantine: Quarantine) -> CellTable:
    """Rows of a file with a cell for every column; those with another number of cells are rejected."""
    for record in text.ragged:
        expected, found = len(text.header), len(record.cells)
        cells = dict(zip(text.header, record.cells, strict=False))
        cells |= {f"cell {n + 1}": record.cells[n] for n in range(expected, found)}
        message = (
            f"Expected {expected} cells, found {found}. Check commas and quotation marks.",
            f"セルは {expected} 個必要ですが、{found} 個です。コンマと引用符を確認してください。",
        )
        quarantine.reject(CellRow(contract.name, text.file, record.line, cells), NUMBER_OF_CELLS, message)
    columns = contract.schema.columns()
    defaults = [
        pl.lit((columns[name].metadata or {})["default"], pl.String).alias(name)
        for name, heading in headings(contract).items()
        if heading is None
    ]
    file = pl.lit(text.file, pl.Categorical).alias(FILE)
    order = [FILE, LINE, *expected_header(contract)]
    frame = text.frame.with_columns(file).select(order).with_columns(defaults)
    return CellTable(contract.name, frame, text.may_be_damaged)


def _source_file(text: TextTable, contract: Table, data_dir: Path, remarks: list[str]) -> SourceFile:
    descriptor: dict[str, Any] = {}
    path = (data_dir / text.file).with_suffix(".toml")
    if contract.origin in {"snapshot", "geography"}:
        try:
            descriptor = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:  # TOML and encoding faults are both ValueErrors
            raise BuildStopped(
                f"{text.file}: its descriptor {path.name} cannot be read ({error}). Every file of facts needs one.",
                f"{text.file} の記述ファイル {path.name} を読み取れません（{error}）。",
            ) from error
        if descriptor.get("sha256") != text.sha256:
            remarks.append(f"{text.file} was changed since its descriptor was written: the hash differs.")
        _check_cadence(text.file, path.name, descriptor)
    return SourceFile(
        text.file,
        contract.name,
        text.height,
        text.sha256,
        descriptor.get("retrieved_on"),
        descriptor.get("terms"),
        descriptor.get("facts_of", descriptor.get("retrieved_on")),
        descriptor.get("cadence_days"),
        descriptor.get("cadence_en"),
        descriptor.get("cadence_ja"),
    )


def _check_cadence(file: str, name: str, descriptor: dict[str, Any]) -> None:
    """Raises BuildStopped where a descriptor does not state how often its source changes, or dates facts after their reading."""
    days = descriptor.get("cadence_days")
    has_reason = all(descriptor.get(key) for key in ("cadence_en", "cadence_ja"))
    if not isinstance(days, int) or days < 0 or not has_reason:
        raise BuildStopped(
            f"{file}: {name} needs cadence_days (days until the source is due again, 0 for one that does not change) with its"
            f" reason in cadence_en and cadence_ja; found {days!r}.",
            f"{file}：{name} に cadence_days（更新間隔の日数。更新されないものは0）と理由（cadence_en、cadence_ja）が必要です。",
        )
    facts_of, read_on = descriptor.get("facts_of"), descriptor.get("retrieved_on")
    if facts_of is not None and read_on is not None and facts_of > read_on:
        raise BuildStopped(
            f"{file}: {name} dates the facts {facts_of}, after they were read ({read_on}).",
            f"{file}：{name} の facts_of（{facts_of}）が取得日（{read_on}）より後です。",
        )


def _check_reject_share(facts: Facts, limits: Limits) -> None:
    """Raises BuildStopped when more rows of a file are faulty than may be. Only facts of others may have any."""
    for file in facts.files:
        if "*" in table(file.table_name).files[0]:
            continue  # proposals are working papers: a slip in them is shown and stops nothing
        is_ours = table(file.table_name).origin != "snapshot"
        # What the project decided on a row that was rejected is not at fault itself.
        lines = facts.quarantine.own_faults if is_ours else facts.quarantine.faulty_lines
        faulty = len(lines(file.file))
        bearable = facts.quarantine.bearable(file.file)
        if faulty == 0 or (not is_ours and faulty <= bearable and faulty < file.rows_read):
            continue
        reasons = [reason for reason in facts.rejected if reason.file == file.file]
        limit_en = (
            "and a table of the project itself may have none"
            if is_ours
            else f"more than {limits.max_reject_share:.0%} (JCM_MAX_REJECT_SHARE)"
        )
        limit_ja = (
            "本サイトで作成した表には許容されません"
            if is_ours
            else f"上限 {limits.max_reject_share:.0%}（JCM_MAX_REJECT_SHARE）を超えました"
        )
        first = "\n".join(reason.message_en for reason in reasons[:5])
        first_ja = "\n".join(reason.message_ja for reason in reasons[:5])
        raise BuildStopped(
            f"{file.file}: {faulty} of {file.rows_read} rows {'was' if faulty == 1 else 'were'} rejected or lost a cell,"
            f" {limit_en}. {'The reason' if len(reasons) == 1 else 'The first reasons'}:\n{first}",
            f"{file.file}：{file.rows_read} 行中 {faulty} 行に不備がありました（行の除外又はセルの空欄化）。{limit_ja}。"
            f"最初の理由：\n{first_ja}",
        )
