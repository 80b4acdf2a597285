"""JCM website, issuances of a country (path `jc/{letters}-projects-issues`): one event a period, notified by country.

"Notified" is what the Joint Committee decided for each side, and so the amounts of the event; "issued" is what a country
has credited since, which may be open on one side. "Total notified" covers all periods of a project: it is checked, and
never taken for the amount of an event. A project with a fault is set aside whole.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from etl.importers.issuance_rows import (
    COLUMNS,
    CellFault,
    Entry,
    day_of,
    entries_of,
    period_of,
    tonnes_of,
)
from etl.importers.sheets import sheets_of
from etl.importers.source import Document, Importer, Names, Observed, Reading, SetAside
from etl.sources.value_text import in_half_width

JAPAN = "JPN"

_REFERENCE = re.compile(r"[A-Z]{2}[0-9]{3}")


@dataclass(frozen=True)
class Issue:
    """What one country was notified of, and the day it issued. None where the table has nothing."""

    notified_tco2: int | None
    issued_on: date | None


@dataclass
class Event:
    """One period of one project, with what each country (iso3) was notified of."""

    where: str
    period: tuple[date, date]
    decided_on: date | None
    issues: dict[str, Issue] = field(default_factory=dict)

    @property
    def total_tco2(self) -> int | None:
        """Tonnes notified, all countries; None where one of them is not known."""
        amounts = [issue.notified_tco2 for issue in self.issues.values()]
        return None if None in amounts else sum(a for a in amounts if a is not None)


@dataclass
class Project:
    """A project of the table: its events, the totals stated with the number of events down to there, and its faults."""

    reference: str
    iso3: str | None
    events: list[Event] = field(default_factory=list)
    totals: list[tuple[int, int, Entry]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)

    def total_of(self, event: Event) -> int | None:
        """Tonnes of an event; None where a side has no row and no stated total says that nothing is missing."""
        whole = sum(event.total_tco2 or 0 for event in self.events)
        is_confirmed = any(stated == whole for _, stated, _ in self.totals)
        return event.total_tco2 if is_confirmed or len(event.issues) > 1 else None


def read(document: Document, names: Names) -> Reading:
    """Return the events as rows of `issuance`, without their keys. Raises SourceNotRead for another layout."""
    entries, unknown = entries_of(document, sheets_of(document), names)
    projects, stray = _projects(entries, names)
    reading = Reading(unknown_headings=unknown)
    for fault in stray:
        reading.set_aside.append(_set_aside(fault))
    for project in projects:
        _check_totals(project)
        if project.faults:
            reading.set_aside += [_set_aside(fault, project) for fault in project.faults]
        else:
            events = sorted(project.events, key=lambda event: event.period)
            reading.observed += [_observed(project, event) for event in events]
    country = names.iso3(document.part)
    is_whole = bool(reading.observed) and not reading.set_aside
    if country and is_whole and all(row.cells.get("iso3") == country for row in reading.observed):
        reading.covers = {"issuance": country}
    return reading


def _projects(entries: Iterable[Entry], names: Names) -> tuple[list[Project], list[CellFault]]:
    """Rows gathered by project, and the faults of rows that belong to none."""
    projects: dict[str, Project] = {}
    stray: list[CellFault] = []
    project: Project | None = None
    is_below_title = False
    for entry in entries:
        if not entry.fields and not entry.fault:
            is_below_title = True
            continue
        reference = in_half_width(entry.fields.get("reference", "")).replace(" ", "").upper()
        if reference:
            project = projects.setdefault(reference, Project(reference, names.iso3(reference[:2])))
        fault = entry.fault
        if fault is None and (project is None or (is_below_title and not reference)):
            # It may be of either project, so neither the one above nor the one below is certain.
            fault = CellFault("reference", entry.fields.get("country", ""), "no project").at(entry)
        is_below_title = is_below_title and not reference
        if project is None:
            stray += [fault] if fault else []
            continue
        project.entries.append(entry)
        try:
            if fault:
                raise fault
            _take(project, entry, names)
        except CellFault as found:
            project.faults.append(found.at(entry))
    return list(projects.values()), stray


def _take(project: Project, entry: Entry, names: Names) -> None:
    """Book one row into its project. Raises CellFault."""
    fields = entry.fields
    if not _REFERENCE.fullmatch(project.reference):
        raise CellFault("reference", project.reference, "reference")
    if fields.get("reference") or fields.get("period"):
        event = _event(project, entry)
    elif project.events:
        event = project.events[-1]
        _same_decision(event, day_of("decided", fields.get("decided", "")))
    else:
        raise CellFault("period", "", "period")
    total = tonnes_of("total", fields.get("total", ""))
    if total is not None:
        project.totals.append((project.events.index(event) + 1, total, entry))
    _add_issue(project, event, entry, names)


def _event(project: Project, entry: Entry) -> Event:
    """The event of a row that states its period; one that is there already where the row repeats it."""
    text = entry.fields.get("period", "")
    period = period_of(text)
    decided = day_of("decided", entry.fields.get("decided", ""))
    for event in project.events:
        if event.period == period:
            _same_decision(event, decided)
            return event
        if event.period[0] <= period[1] and period[0] <= event.period[1]:
            raise CellFault("period", text, "overlap")
    if decided is not None and decided <= period[1]:
        raise CellFault("decided", entry.fields["decided"], "early decision")
    project.events.append(Event(entry.where, period, decided))
    return project.events[-1]


def _same_decision(event: Event, decided: date | None) -> None:
    if decided not in {None, event.decided_on}:
        raise CellFault("decided", str(decided), "two decisions", event.decided_on or "-")


def _add_issue(project: Project, event: Event, entry: Entry, names: Names) -> None:
    name = entry.fields.get("country", "")
    iso3 = names.iso3(name)
    if project.iso3 is None and iso3 != JAPAN:
        project.iso3 = iso3
    if iso3 is None or iso3 not in {JAPAN, project.iso3}:
        raise CellFault("country", name, "country")
    if iso3 in event.issues:
        raise CellFault("country", name, "twice")
    notified, issued_on, issued = (entry.fields.get(f, "") for f in ("notified", "issued_on", "issued"))
    issue = Issue(tonnes_of("notified", notified), day_of("issued_on", issued_on))
    issued_tco2 = tonnes_of("issued", issued)
    if issue.issued_on and event.decided_on and issue.issued_on < event.decided_on:
        raise CellFault("issued_on", issued_on, "early issue")
    if issue.notified_tco2 is not None and (issued_tco2 or 0) > issue.notified_tco2:
        raise CellFault("issued", issued, "too much", f"{issue.notified_tco2:,}")
    event.issues[iso3] = issue


def _check_totals(project: Project) -> None:
    """Note a total that is neither that of all periods nor that of the periods down to its row."""
    if project.faults:
        return
    for event in project.events:
        if event.total_tco2 == 0:
            entry = next(e for e in project.entries if e.where == event.where)
            project.faults.append(CellFault("notified", "0", "nothing").at(entry))
    amounts = [[i.notified_tco2 for i in event.issues.values()] for event in project.events]
    for down_to, stated, entry in project.totals:
        sums = {sum(a or 0 for event in amounts[:n] for a in event) for n in (down_to, len(amounts))}
        is_open = any(a is None for event in amounts for a in event)
        if stated not in sums and (not is_open or stated < min(sums)):
            project.faults.append(CellFault("total", f"{stated:,}", "sum", f"{max(sums):,}").at(entry))


def _observed(project: Project, event: Event) -> Observed:
    japan = event.issues.get(JAPAN)
    partner = next((issue for iso3, issue in event.issues.items() if iso3 != JAPAN), None)
    cells = {
        "project_id": project.reference,
        "project_ids": project.reference,
        "iso3": project.iso3,
        "decided_on": event.decided_on,
        "issued_on": japan and japan.issued_on,
        "period_start": event.period[0],
        "period_end": event.period[1],
        "total_tco2": project.total_of(event),
        "japan_tco2": japan and japan.notified_tco2,
        "partner_tco2": partner and partner.notified_tco2,
    }
    stated = {heading: str(value) for heading, value in cells.items() if value is not None}
    return Observed("issuance", project.reference, stated, event.where)


def _set_aside(fault: CellFault, project: Project | None = None) -> SetAside:
    column_en, column_ja = COLUMNS[fault.column]
    whole_en = whole_ja = ""
    if project is not None:
        numbers = ", ".join(str(entry.number) for entry in project.entries)
        whole_en = f" All rows of {project.reference} are set aside: {numbers}."
        whole_ja = f"{project.reference} の行は全て保留します（{numbers}）。"
    return SetAside(
        f"{fault.where}, {column_en}",
        fault.found[:200],
        f"{fault.where}, {column_en}: “{fault.found[:120]}”. Expected {fault.expected_en}.{whole_en}",
        f"{fault.where}、{column_ja}：「{fault.found[:120]}」。必要な値：{fault.expected_ja}。{whole_ja}",
    )


IMPORTER = Importer("jcm-issuances", read)
