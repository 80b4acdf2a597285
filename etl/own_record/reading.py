"""Reads the files of an own record: tables in our templates, or in the layout of the office with a mapping file."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

from etl.contracts import Table, table
from etl.importers.layout import Found, Heading, Line, find_table, is_total, not_understood
from etl.importers.sheets import sheets_of
from etl.importers.source import Document, Names, Observed, Reading, SetAside, SourceNotRead
from etl.importers.templates import TEMPLATES, template_headings
from etl.own_record.cells import CellReader
from etl.own_record.mapping import MAPPING, Mapped, plain_name, read_mapping
from etl.sources.value_text import ValueNotUnderstood

CODE = "own-record"
SUFFIXES = frozenset({".csv", ".xlsx"})
_NO_RECORD = frozenset({".toml", ".md", ".txt"})
TABLES: Mapping[str, str] = {
    "projects": "project",
    "selections": "project",
    "issuances": "issuance",
    "article6-events": "article6_event",
}
"""Table of facts by the template that fills it."""
_KEYS: Mapping[str, str] = {
    "project": "project_id",
    "issuance": "issuance_id",
    "article6_event": "article6_event_id",
}
_OF_THE_SOURCE = frozenset(
    {
        *("source_id", "other_source_ids", "source_ids", "est_annual_source_id", "est_annual_basis"),
        *("title_en_basis", "source_url", "publisher", "announced_on"),
    }
)
"""Columns that an own record does not state of itself: they follow from the file it stands in."""
_OF_SEVERAL_ROWS = ("jp_participants", "partner_participants")


@dataclass(frozen=True)
class OwnFile:
    """A file of the record: its row of the table source, and what was read from it."""

    name: str
    source: Mapping[str, str]
    reading: Reading


@dataclass
class OwnFiles:
    """All files of a folder, and those that no record is read from, with the reason."""

    read: list[OwnFile] = field(default_factory=list)
    passed_over: list[SetAside] = field(default_factory=list)


def record_paths(folder: Path) -> list[Path]:
    """Return the files of a folder that hold a record, by name; hidden and locked copies (`~$…`) are none."""
    return [path for path in _visible(folder) if path.suffix.lower() in SUFFIXES]


def _visible(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part[0] in ".~" for part in parts):
            yield path


def read_folder(folder: Path, names: Names, today: date) -> OwnFiles:
    """Return the files of an own record, by name. Raises SourceNotRead for one that is not understood at all."""
    paths = record_paths(folder)
    mapping = read_mapping(folder, {plain_name(path.name) for path in paths})
    found = OwnFiles([_file(path, mapping.get(plain_name(path.name)), names, today) for path in paths])
    for path in _visible(folder):
        if path.suffix.lower() not in SUFFIXES | _NO_RECORD:
            found.passed_over.append(
                SetAside(
                    path.name,
                    "",
                    f"{path.name}: not read. Save it as .xlsx or .csv.",
                    f"{path.name}：読み取っていません。.xlsx 又は .csv で保存してください。",
                )
            )
    return found


def _file(path: Path, mapped: Mapped | None, names: Names, today: date) -> OwnFile:
    try:
        content, changed = path.read_bytes(), path.stat().st_mtime
    except OSError as error:
        raise SourceNotRead(
            f"{path.name}: cannot be read ({error.strerror}).",
            f"{path.name}：読み取れません（{error.strerror}）。",
        ) from error
    day = min(datetime.fromtimestamp(changed, UTC).date(), today)
    document = Document(CODE, "", plain_name(path.name), content, day)
    template, found = _found(document, mapped)
    source = {
        "source_id": f"own-{_slug(path.stem)}-{hashlib.sha256(content).hexdigest()[:8]}",
        "url": f"own-record:{document.name}",
        "publisher": document.name,
        "kind": "own record",
        "as_of": day.isoformat(),
        "retrieved_on": day.isoformat(),
    }
    return OwnFile(document.name, source, _reading(template, found, mapped or Mapped(template), names))


def _slug(stem: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-").lower()[:40] or "file"


def _found(document: Document, mapped: Mapped | None) -> tuple[str, Found]:
    """The template that a file fills, and its table: that of the mapping, else the one that names most columns."""
    sheets = sheets_of(document)
    if mapped is not None:
        theirs: dict[str, tuple[str, ...]] = {}
        for heading, column in mapped.columns.items():
            theirs[column] = (*theirs.get(column, ()), heading)
        headings = [
            Heading(h.field, theirs.get(h.field, h.names), is_needed=h.field in theirs)
            for h in template_headings(mapped.template)
        ]
        return mapped.template, find_table(document, sheets, headings, named=mapped.sheet)
    fitting: list[tuple[int, str, Found]] = []
    refused: SourceNotRead | None = None
    for template in TEMPLATES:
        for needed in _least(template):
            try:
                found = find_table(document, sheets, _needed(template, needed))
            except SourceNotRead as other:
                refused = refused or other
                continue
            fitting.append((len(found.columns), template, found))
    if not fitting:
        templates = ", ".join(TEMPLATES)
        raise SourceNotRead(
            f"{document.name}: neither a template ({templates}) nor named in {MAPPING}."
            f" {refused.message_en if refused else ''}",
            f"{document.name}：様式（{templates}）でもなく、{MAPPING} にも記載がありません。"
            f"{refused.message_ja if refused else ''}",
        )
    _, template, found = max(fitting, key=lambda one: one[0])
    return template, found


def _least(template: str) -> Sequence[set[str]]:
    """Columns without which a table does not fill a template; an own record may leave out what follows from others."""
    return {
        "projects": [{"iso3", "est_annual_tco2"}, {"ref_no", "est_annual_tco2"}, {"ref_no", "status"}],
        "issuances": [{"project_id", "total_tco2"}, {"project_ids", "total_tco2"}],
        "article6-events": [{"action", "quantity_tco2"}],
        "selections": [{"country", "title_ja"}, {"country", "title_en"}],
    }[template]


def _needed(template: str, needed: set[str]) -> Sequence[Heading]:
    return [Heading(h.field, h.names, is_needed=h.field in needed) for h in template_headings(template)]


def _reading(template: str, found: Found, mapped: Mapped, names: Names) -> Reading:
    contract = table(TABLES[template])
    reading = Reading(unknown_headings=tuple(found.unknown))
    cell = CellReader(contract, found, mapped, names)
    for lines in _rows(found):
        line = lines[0]
        if any(is_total(line[name]) for name in ("title_ja", "title_en", "country", "iso3", "ref_no")):
            continue
        cells: dict[str, str] = {}
        for name, text in _joined(lines).items():
            if not text or name in _OF_THE_SOURCE:
                continue
            try:
                _refuse_shared(found, lines, name)
                cells |= cell.read(name, text)
            except ValueNotUnderstood as wrong:
                expected = (wrong.expected_en, wrong.expected_ja)
                reading.set_aside.append(not_understood(line, text, *expected, column=name))
        observed = _observed(contract, cells, line)
        if isinstance(observed, SetAside):
            reading.set_aside.append(observed)
        else:
            reading.observed.append(observed)
    return reading


def _rows(found: Found) -> Iterator[list[Line]]:
    """Lines by row of the record: those that share a merged number or title are one, as those of several participants."""
    name = next((n for n in ("ref_no", "title_ja", "title_en") if n in found.columns), "")
    for _, lines in groupby(found.lines, key=lambda line: found.span_of(line, name)):
        yield list(lines)


def _joined(lines: Sequence[Line]) -> dict[str, str]:
    cells = dict(lines[0].cells)
    for name in _OF_SEVERAL_ROWS:
        cells[name] = "\n".join(dict.fromkeys(line[name] for line in lines if line[name]))
    return cells


def _refuse_shared(found: Found, lines: Sequence[Line], name: str) -> None:
    """Refuse an amount in a cell that is merged over several projects: it is the figure of none of them."""
    first, last = found.span_of(lines[0], name)
    if name.endswith("_tco2") and (first < lines[0].number or last > lines[-1].number):
        raise ValueNotUnderstood(
            f"a figure of one row (it is stated for rows {first} to {last} together)",
            f"1件のみの値（当該セルは{first}～{last}行目にまたがる）",
        )


def _observed(contract: Table, cells: dict[str, str], line: Line) -> Observed | SetAside:
    key = cells.get("ref_no") or cells.get(_KEYS[contract.name])
    held = " | ".join(text for text in line.cells.values() if text)
    if "est_annual_tco2" in cells:
        cells["est_annual_basis"] = "own record"
    if contract.name == "project":
        if not key and not (cells.get("iso3") and (cells.get("title_en") or cells.get("title_ja"))):
            return not_understood(
                line,
                held,
                "a project with a reference number, or with a country and a title",
                "参照番号、又は国と件名のある案件",
            )
    elif contract.name == "issuance":
        if "project_id" not in cells and ";" not in cells.get("project_ids", ""):
            cells |= {"project_id": cells["project_ids"]} if cells.get("project_ids") else {}
        cells.setdefault("project_ids", cells.get("project_id", ""))
        if not cells["project_ids"]:
            return not_understood(line, held, "an issuance with its project", "対象プロジェクトのある発行")
        cells.setdefault("project_id", "")
    elif "action" not in cells:
        return not_understood(line, held, "an event with its action", "行為の区分のある記録")
    return Observed(contract.name, key, cells, line.where)
