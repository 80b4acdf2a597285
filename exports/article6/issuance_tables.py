"""Reads the issuance tables that the JCM website publishes for each partner country, saved as HTML or CSV.

A row of one cell is a title. A full row has a reference number, period, decision, the total notified over all periods of the
project, then country, notified, issuance date and issued. Short rows that follow are further countries of the same
event, rows whose first cell is blank further periods of the same project. The total is checked, never added.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from exports.article6.cells import Tables, day_of, tonnes_of
from exports.article6.faults import CellFault, fault_of

JAPAN = "JPN"
FULL, FURTHER_PERIOD, FURTHER_COUNTRY = 8, 7, 4
TEMPLATE = (
    "project_title",
    "reference_number",
    "period_start",
    "period_end",
    "decision_date",
    "country",
    "notified_tco2",
    "issuance_date",
    "issued_tco2",
)
"""Fields of our own plain template: one line an event and country, dates as 2026-03-31."""

_REFERENCE = re.compile(r"[A-Z]{2}\d{3}")
_HEADING = "reference"


@dataclass
class Issue:
    """What one country was notified of and issued. None where the table has nothing."""

    iso3: str
    notified_tco2: int | None
    issued_on: date | None
    issued_tco2: int | None


@dataclass
class IssuanceEvent:
    """One period of one project: the amount of the event is the sum of what its countries were notified of."""

    reference: str
    title: str
    period_start_on: date
    period_end_on: date
    decided_on: date | None
    issues: list[Issue] = field(default_factory=list)

    @property
    def total_tco2(self) -> int | None:
        """Tonnes notified, all countries; None where one of them is not known."""
        amounts = [issue.notified_tco2 for issue in self.issues]
        return None if None in amounts else sum(a for a in amounts if a is not None)


@dataclass
class Read:
    """Events that were read whole, and the faults of projects that were set aside with their rows."""

    events: list[IssuanceEvent] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    set_aside: list[tuple[int, Sequence[str]]] = field(default_factory=list)


def read_html(text: str, countries: Mapping[str, str]) -> Read:
    """Events of every table of a saved page. `countries` has ISO 3166-1 alpha-3 by the name the page uses."""
    parser = Tables()
    parser.feed(text)
    parser.close()
    return _read((_Line(n, row, row) for n, row in enumerate(parser.rows(), 1)), countries)


def read_csv(text: str, countries: Mapping[str, str]) -> Read:
    """Events of a table saved as CSV, in the layout of the page or in our template."""
    rows = [
        [" ".join(cell.split()) for cell in row]
        for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    ]
    if rows and tuple(cell.strip().lower() for cell in rows[0]) == TEMPLATE:
        return _read_template(rows, countries)
    trimmed = map(_trimmed, rows)
    return _read((_Line(n, row, row) for n, row in enumerate(trimmed, 1)), countries)


def _trimmed(row: list[str]) -> list[str]:
    """A spreadsheet fills short rows with empty cells at the end."""
    if len(row) < FULL or any(row[FURTHER_COUNTRY:]) or not row[0]:
        return row
    filled = [cell for cell in row if cell]
    return filled if len(filled) == 1 else row[:FURTHER_COUNTRY]


class _Line(NamedTuple):
    """A row of a file, and its cells in the layout of the page."""

    number: int
    row: Sequence[str]
    cells: Sequence[str]


@dataclass
class _Project:
    """The project being read: its rows, events, stated total and faults."""

    reference: str
    title: str
    total_tco2: int | None = None
    events: list[IssuanceEvent] = field(default_factory=list)
    rows: list[tuple[int, Sequence[str]]] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)


def _read(rows: Iterable[_Line], countries: Mapping[str, str]) -> Read:
    read, project, title = Read(), None, ""
    for line in rows:
        cells = line.cells
        if len(cells) == 1:
            title = cells[0] or title
        elif any(cells) and not cells[0].lower().startswith(_HEADING):
            if len(cells) >= FULL and cells[0]:
                _finish(project, read)
                project = _Project(cells[0], title)
            if project is None:
                _set_aside(read, line, fault_of("no project", cells[0]))
            else:
                _try(project, line, countries)
    _finish(project, read)
    return read


def _set_aside(read: Read, line: _Line, fault: CellFault) -> None:
    read.faults.append(fault.at(line.number))
    read.set_aside.append((line.number, line.row))


def _try(project: _Project, line: _Line, countries: Mapping[str, str]) -> None:
    """Takes a row into the project, or notes what is wrong in it."""
    project.rows.append((line.number, line.row))
    try:
        _take(project, line.cells, countries)
    except CellFault as fault:
        project.faults.append(fault.at(line.number))


def _finish(project: _Project | None, read: Read) -> None:
    """Takes over a project, whole or not at all."""
    if project is None:
        return
    amounts = [event.total_tco2 for event in project.events]
    total = sum(a for a in amounts if a is not None)
    if not project.faults and None not in amounts and project.total_tco2 not in {None, total}:
        wrong = fault_of("sum", f"{project.total_tco2:,}", reference=project.reference, n=total)
        project.faults.append(wrong.at(project.rows[0][0]))
    if project.faults:
        read.faults += project.faults
        read.set_aside += project.rows
    else:
        read.events += project.events


def _take(project: _Project, row: Sequence[str], countries: Mapping[str, str]) -> None:
    """Books one row into the project. Raises CellFault."""
    if len(row) >= FULL and row[0]:
        if not _REFERENCE.fullmatch(row[0]):
            raise fault_of("reference", row[0])
        project.total_tco2 = tonnes_of("total notified", row[3])
        project.events.append(_event(project, row[1], row[2]))
        _add_issue(project, row[4:8], countries)
    elif not row[0] and len(row) in {FURTHER_PERIOD, FULL}:
        # Either the cell of the total is there and blank, or the row is one cell shorter.
        rest = row[4:8] if len(row) == FULL and not row[3] else row[3:7]
        project.events.append(_event(project, row[1], row[2]))
        _add_issue(project, rest, countries)
    elif len(row) == FURTHER_COUNTRY:
        _add_issue(project, row, countries)
    else:
        raise fault_of("cells", " | ".join(row)[:120], n=len(row))


def _event(project: _Project, period: str, decided: str) -> IssuanceEvent:
    ends = re.split(r"\s+[-–—]\s+", period)
    if len(ends) != 2:
        raise fault_of("period", period)
    first, last = (day_of("monitoring period", end) for end in ends)
    if first is None or last is None or last < first:
        raise fault_of("order", period)
    day = day_of("decision date", decided)
    if day is not None and day <= last:
        raise fault_of("early decision", decided)
    if any(event.period_start_on <= last and first <= event.period_end_on for event in project.events):
        raise fault_of("overlap", period)
    return IssuanceEvent(project.reference, project.title, first, last, day)


def _add_issue(project: _Project, cells: Sequence[str], countries: Mapping[str, str]) -> None:
    name, notified, issued_on, issued = cells
    if not project.events:
        raise fault_of("no event", name)
    event = project.events[-1]
    iso3 = countries.get(name.strip().lower())
    if iso3 is None:
        raise fault_of("country", name)
    if any(issue.iso3 == iso3 for issue in event.issues):
        raise fault_of("twice", name)
    issue = Issue(
        iso3,
        tonnes_of("notified amount", notified),
        day_of("issuance date", issued_on),
        tonnes_of("issued amount", issued),
    )
    if issue.issued_on and event.decided_on and issue.issued_on < event.decided_on:
        raise fault_of("early issue", issued_on)
    if issue.notified_tco2 is not None and (issue.issued_tco2 or 0) > issue.notified_tco2:
        raise fault_of("too much", issued, n=issue.notified_tco2)
    event.issues.append(issue)


def _read_template(rows: Sequence[Sequence[str]], countries: Mapping[str, str]) -> Read:
    lines = [_Line(number, row, row) for number, row in enumerate(rows[1:], 2) if any(row)]
    read = _read(_rows_of_page(line for line in lines if len(line.row) == len(TEMPLATE)), countries)
    for line in lines:
        if (n := len(line.row)) != len(TEMPLATE):
            _set_aside(read, line, fault_of("fields", " | ".join(line.row)[:120], n=n))
    return read


def _rows_of_page(lines: Iterable[_Line]) -> Iterator[_Line]:
    """Lines of our template, each of which says everything, as the page has them: project by project."""
    before: tuple[str, str] | None = None
    for line in sorted(lines, key=lambda line: tuple(line.row[1:4])):
        title, reference, start, end, decided, *issue = line.row
        period = f"{start} - {end}"
        if before is None or reference != before[0]:
            yield _Line(line.number, line.row, [title])
            issue = [reference, period, decided, "", *issue]
        elif period != before[1]:
            issue = ["", period, decided, *issue]
        yield _Line(line.number, line.row, issue)
        before = reference, period


def template() -> str:
    """Our plain template with its heading and one line as an example."""
    example = "Example project,MN006,2019-07-06,2020-12-31,2026-01-24,Japan,24249,2026-01-30,24249"
    return "\ufeff" + ",".join(TEMPLATE) + "\r\n" + example + "\r\n"


ISSUANCE_FIELDS = (
    "issuance_id",
    "project_id",
    "project_ids",
    "iso3",
    "decided_on",
    "issued_on",
    "period_start",
    "period_end",
    "total_tco2",
    "total_low_tco2",
    "total_high_tco2",
    "japan_tco2",
    "japan_government_tco2",
    "partner_tco2",
)


def snapshot_rows(read: Read) -> list[dict[str, str]]:
    """The events as rows of `data/snapshot/issuances.csv` (sources are added by hand), numbered within each project."""
    rows = []
    numbers: Counter[str] = Counter()
    for event in sorted(read.events, key=lambda e: (e.reference, e.period_start_on)):
        numbers[event.reference] += 1
        of = {issue.iso3: issue for issue in event.issues}
        japan = of.get(JAPAN)
        partner = next((issue for code, issue in of.items() if code != JAPAN), None)
        values = {
            "issuance_id": f"{event.reference}-{numbers[event.reference]}",
            "project_id": event.reference,
            "project_ids": event.reference,
            "iso3": partner and partner.iso3,
            "decided_on": event.decided_on,
            "issued_on": japan and japan.issued_on,
            "period_start": event.period_start_on,
            "period_end": event.period_end_on,
            "total_tco2": event.total_tco2,
            "japan_tco2": japan and japan.notified_tco2,
            "partner_tco2": partner and partner.notified_tco2,
        }
        rows.append({name: "" if values.get(name) is None else str(values[name]) for name in ISSUANCE_FIELDS})
    return rows
