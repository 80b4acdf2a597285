"""Reads the issuance tables that the JCM website publishes for each partner country, saved as HTML or CSV.

A row of one cell is a title. A full row has a reference number, period, decision, the total notified over all periods of the
project, then country, notified, issuance date and issued. Short rows that follow hold further countries of the same
event, rows whose first cell is blank further periods of the same project. The total is checked, never added.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from exports.article6.cells import CellFault, Tables, day_of, tonnes_of

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


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell; rows count from 1 in the order of the file. The whole project is set aside."""

    row: int
    column: str
    value: str
    message_en: str
    message_ja: str


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
    faults: list[Fault] = field(default_factory=list)
    set_aside: list[tuple[int, Sequence[str]]] = field(default_factory=list)


def read_html(text: str, countries: Mapping[str, str]) -> Read:
    """Events of every table of a saved page. `countries` gives ISO 3166-1 alpha-3 by the name the page uses."""
    parser = Tables()
    parser.feed(text)
    parser.close()
    return _read(list(parser.rows()), countries)


def read_csv(text: str, countries: Mapping[str, str]) -> Read:
    """Events of a table saved as CSV, in the layout of the page or in our template."""
    rows = [
        [" ".join(cell.split()) for cell in row]
        for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    ]
    if rows and tuple(cell.strip().lower() for cell in rows[0]) == TEMPLATE:
        return _read_template(rows, countries)
    return _read([_trimmed(row) for row in rows], countries)


def _trimmed(row: list[str]) -> list[str]:
    """A spreadsheet fills short rows with empty cells at the end."""
    if len(row) < FULL or any(row[FURTHER_COUNTRY:]) or not row[0]:
        return row
    filled = [cell for cell in row if cell]
    return filled if len(filled) == 1 else row[:FURTHER_COUNTRY]


@dataclass
class _Project:
    """The project being read: its rows, events, stated total and faults."""

    reference: str
    title: str
    total_tco2: int | None = None
    events: list[IssuanceEvent] = field(default_factory=list)
    rows: list[tuple[int, Sequence[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def _read(rows: Iterable[Sequence[str]], countries: Mapping[str, str]) -> Read:
    read, project, title = Read(), None, ""
    for number, row in enumerate(rows, 1):
        if not any(row) or row[0].lower().startswith(_HEADING):
            continue
        if len(row) == 1:
            title = row[0]
            continue
        if len(row) >= FULL and row[0]:
            _finish(project, read)
            project = _Project(row[0], title)
        if project is None:
            read.faults.append(_no_project(number, row))
            read.set_aside.append((number, row))
            continue
        project.rows.append((number, row))
        try:
            _take(project, row, countries)
        except CellFault as fault:
            project.faults.append(Fault(number, fault.column, fault.value, fault.en, fault.ja))
    _finish(project, read)
    return read


def _no_project(number: int, row: Sequence[str]) -> Fault:
    return Fault(
        number,
        "reference number",
        row[0],
        "A row without a project before it; a full row with a reference number comes first.",
        "対応するプロジェクトがありません。参照番号のある行を先に置いてください。",
    )


def _finish(project: _Project | None, read: Read) -> None:
    """Takes over a project, whole or not at all."""
    if project is None:
        return
    if not project.faults:
        project.faults += _wrong_sum(project)
    if project.faults:
        read.faults += project.faults
        read.set_aside += project.rows
    else:
        read.events += project.events


def _wrong_sum(project: _Project) -> Iterator[Fault]:
    amounts = [event.total_tco2 for event in project.events]
    total = sum(a for a in amounts if a is not None)
    if project.total_tco2 is not None and None not in amounts and total != project.total_tco2:
        yield Fault(
            project.rows[0][0],
            "total notified",
            f"{project.total_tco2:,}",
            f"The periods of {project.reference} sum to {total:,} t. The total notified covers all periods of a project.",
            f"{project.reference} の各期間の合計は{total:,} tです。通知量の合計欄は全期間の累計です。",
        )


def _take(project: _Project, row: Sequence[str], countries: Mapping[str, str]) -> None:
    """Books one row into the project. Raises CellFault."""
    if len(row) >= FULL and row[0]:
        if not _REFERENCE.fullmatch(row[0]):
            raise CellFault(
                "reference number",
                row[0],
                "A reference number has two letters and three digits, such as MN006.",
                "参照番号は英字2字と数字3桁(例:MN006)です。",
            )
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
        raise CellFault(
            "row",
            " | ".join(row)[:120],
            f"A row has {FULL} cells (project), {FURTHER_PERIOD} with a blank first one (further period), "
            f"{FURTHER_COUNTRY} (further country) or 1 (title); this has {len(row)}.",
            f"行のセル数は{FULL}(プロジェクト)、{FURTHER_PERIOD}(先頭が空欄。追加の期間)、{FURTHER_COUNTRY}(追加の国)又は1(件名)です。"
            f"この行は{len(row)}です。",
        )


def _event(project: _Project, period: str, decided: str) -> IssuanceEvent:
    ends = re.split(r"\s+[-–—]\s+", period)
    if len(ends) != 2:
        raise CellFault(
            "monitoring period",
            period,
            "A period is written as 06 Jul 19 - 31 Dec 20.",
            "モニタリング期間は 06 Jul 19 - 31 Dec 20 の形で記載します。",
        )
    first, last = day_of("monitoring period", ends[0]), day_of("monitoring period", ends[1])
    if first is None or last is None or last < first:
        raise CellFault(
            "monitoring period", period, "The period ends before it starts.", "期間の終期が始期より前です。"
        )
    day = day_of("decision date", decided)
    if day is not None and day <= last:
        raise CellFault(
            "decision date",
            decided,
            "The decision lies before the end of the monitoring period.",
            "発行決定日がモニタリング期間の終期より前です。",
        )
    if any(event.period_start_on <= last and first <= event.period_end_on for event in project.events):
        raise CellFault(
            "monitoring period",
            period,
            "The period overlaps an earlier one of the project.",
            "同じプロジェクトの他の期間と重複しています。",
        )
    return IssuanceEvent(project.reference, project.title, first, last, day)


def _add_issue(project: _Project, cells: Sequence[str], countries: Mapping[str, str]) -> None:
    name, notified, issued_on, issued = cells
    if not project.events:
        raise CellFault(
            "country", name, "A country without an event before it.", "対応する発行がない国の行です。"
        )
    event = project.events[-1]
    iso3 = countries.get(name.strip().lower())
    if iso3 is None:
        raise CellFault(
            "country",
            name,
            "No partner of that name; write it as the page does, such as Japan or Mongolia.",
            "該当する国名がありません。資料の表記(Japan、Mongoliaなど)で記載してください。",
        )
    if any(issue.iso3 == iso3 for issue in event.issues):
        raise CellFault(
            "country",
            name,
            "The country stands twice in one event.",
            "同じ発行に同じ国が二度記載されています。",
        )
    issue = Issue(
        iso3,
        tonnes_of("notified amount", notified),
        day_of("issuance date", issued_on),
        tonnes_of("issued amount", issued),
    )
    if issue.issued_on and event.decided_on and issue.issued_on < event.decided_on:
        raise CellFault(
            "issuance date", issued_on, "Issued before the decision.", "発行日が発行決定日より前です。"
        )
    if (
        issue.issued_tco2 is not None
        and issue.notified_tco2 is not None
        and issue.issued_tco2 > issue.notified_tco2
    ):
        raise CellFault(
            "issued amount",
            issued,
            f"More was issued than the {issue.notified_tco2:,} t notified.",
            f"通知量{issue.notified_tco2:,} tを超えて発行されています。",
        )
    event.issues.append(issue)


def _read_template(rows: Sequence[Sequence[str]], countries: Mapping[str, str]) -> Read:
    """Our template says everything on each line; it is turned into the rows of the page, project by project."""
    projects: dict[str, dict[tuple[str, str], list[tuple[int, Sequence[str]]]]] = {}
    read = Read()
    for number, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        if len(row) != len(TEMPLATE):
            en = f"A line of the template has {len(TEMPLATE)} fields; this has {len(row)}."
            ja = f"様式の1行は{len(TEMPLATE)}項目です。この行は{len(row)}項目です。"
            read.faults.append(Fault(number, "row", " | ".join(row)[:120], en, ja))
            read.set_aside.append((number, row))
            continue
        projects.setdefault(row[1], {}).setdefault((row[2], row[3]), []).append((number, row))
    for reference, events in projects.items():
        project = _Project(reference, next(iter(events.values()))[0][1][0])
        for (start, end), lines in events.items():
            for place, (number, row) in enumerate(lines):
                project.rows.append((number, row))
                first = [reference, f"{start} - {end}", row[4], "", *row[5:9]]
                further = ["", f"{start} - {end}", row[4], *row[5:9]]
                shown = row[5:9] if place else further if project.events else first
                try:
                    _take(project, shown, countries)
                except CellFault as fault:
                    project.faults.append(Fault(number, fault.column, fault.value, fault.en, fault.ja))
        _finish(project, read)
    return read


def template() -> str:
    """Our plain template with its heading and one line as an example."""
    example = (
        "Example project",
        "MN006",
        "2019-07-06",
        "2020-12-31",
        "2026-01-24",
        "Japan",
        "24249",
        "2026-01-30",
        "24249",
    )
    return "\ufeff" + ",".join(TEMPLATE) + "\r\n" + ",".join(example) + "\r\n"


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


def snapshot_rows(read: Read, iso3_of_reference: Mapping[str, str]) -> list[dict[str, str]]:
    """The events as rows of `data/snapshot/issuances.csv` (sources are added by hand), numbered within each project."""
    rows = []
    numbers: dict[str, int] = {}
    for event in sorted(read.events, key=lambda e: (e.reference, e.period_start_on)):
        numbers[event.reference] = numbers.get(event.reference, 0) + 1
        of = {issue.iso3: issue for issue in event.issues}
        japan = of.get(JAPAN)
        partner = next((issue for code, issue in of.items() if code != JAPAN), None)
        values = {
            "issuance_id": f"{event.reference}-{numbers[event.reference]}",
            "project_id": event.reference,
            "project_ids": event.reference,
            "iso3": iso3_of_reference.get(event.reference[:2], partner.iso3 if partner else ""),
            "decided_on": event.decided_on,
            "issued_on": japan.issued_on if japan else None,
            "period_start": event.period_start_on,
            "period_end": event.period_end_on,
            "total_tco2": event.total_tco2,
            "japan_tco2": japan.notified_tco2 if japan else None,
            "partner_tco2": partner.notified_tco2 if partner else None,
        }
        rows.append({name: "" if values.get(name) is None else str(values[name]) for name in ISSUANCE_FIELDS})
    return rows
