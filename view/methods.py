"""Tables of the page on data and methods: rungs, targets, assumptions, corrections, checks, files, rejected rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from model.freshness import OVERDUE_AFTER, age_days, state_of
from model.ladder import RUNGS, Rung
from view.marks.markup import joined
from view.marks.table import DASH, Column, Markup, Table
from view.page import Rows
from view.stated_words import stated
from view.target.statements import metric_names, reliability_names, unit_name
from view.texts import Texts

Row = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """A section of the page: its title, what it holds in one sentence, and its table."""

    key: str
    title: str
    sentence: str
    columns: Sequence[Column[Any]]
    rows: Sequence[Any]


def summary(build: Mapping[str, Any], t: Texts) -> str:
    """The build in one sentence."""
    return t(
        "Data version {version}, facts of {day}: {projects} projects, {events} issuance events and {partners} partner"
        " countries from {sources} sources. {rejected} of {read} rows were rejected; {passed} of {checks} identities"
        " hold.",
        version=build["data_version"],
        day=t.day(build["data_as_of_on"]),
        projects=t.number(build["projects"]),
        events=t.number(build["events"]),
        partners=t.number(build["partners"]),
        sources=t.number(build["sources"]),
        rejected=t.number(build["rows_rejected"]),
        read=t.number(build["rows_read"]),
        passed=t.number(build["checks_passed"]),
        checks=t.number(build["checks"]),
    )


def rungs_table(t: Texts) -> Table[Rung]:
    """What each rung means."""
    return Table(
        (
            Column(
                "name",
                t("Stage"),
                value=lambda r: t.pick(r.name_en, r.name_ja),
                cell=lambda r: Markup(
                    '<span class="jcm-swatch jcm-fill-{}"></span>{}<small lang="{}">{}</small>'
                ).format(r.code, t.pick(r.name_en, r.name_ja), t.other, t.other_of(r.name_en, r.name_ja)),
                is_head=True,
            ),
            Column(
                "code",
                t("Code"),
                value=lambda r: r.code,
                cell=lambda r: Markup("<code>{}</code>").format(r.code),
            ),
            Column("meaning", t("What it is"), value=lambda r: t.pick(r.meaning_en, r.meaning_ja)),
        ),
        RUNGS,
        t,
        css="",
    )


def _value(value: float | None, unit: str | None, t: Texts) -> str:
    """A value with the decimals it has; a year stands as it is."""
    if value is None:
        return DASH
    if unit in {"year", "fiscal year"}:
        return f"{value:.0f}"
    return t.number(value, len(f"{value:g}".partition(".")[2]))


def state_names(t: Texts) -> dict[str, str]:
    """Names of the states of a source."""
    return {"current": t("current"), "due": t("due"), "overdue": t("overdue"), "frozen": t("frozen")}


def list_of_projects(list_of: date, cadence_days: int, today: date, t: Texts) -> str:
    """The day of the project list with its age and state, as in the table of sources."""
    return t.count(
        "Project list: copy of the list of {day} ({n} day old, {state}).",
        "Project list: copy of the list of {day} ({n} days old, {state}).",
        age_days(list_of, today),
        day=t.day(list_of),
        state=state_names(t)[state_of(list_of, cadence_days, today)],
    )


def freshness_section(rows: Rows, today: date, t: Texts) -> Section:
    """Each kind of facts with its age against its own interval."""
    dated = [r for r in rows if r["cadence_days"] is not None and r["facts_of_on"] is not None]
    names = state_names(t)

    def state(row: Row) -> str:
        return names[state_of(row["facts_of_on"], row["cadence_days"], today)]

    states = [state(row) for row in dated]
    counts = t.listing(
        [f"{name} {t.number(states.count(name))}" for name in names.values() if name in states]
    )
    return Section(
        "freshness",
        t("How fresh the sources are"),
        t(
            "On {day}: {counts}. Current within its own interval, due after one, overdue after {n}; frozen where the source does"
            " not change or was read once.",
            day=t.day(today),
            counts=counts,
            n=OVERDUE_AFTER,
        ),
        (
            Column("state", t("State"), value=state),
            Column("file", t("File")),
            Column("facts_of_on", t("Facts of"), "day"),
            Column("age_days", t("Age (days)"), "number", value=lambda r: age_days(r["facts_of_on"], today)),
            Column("cadence_days", t("Interval (days)"), "number", value=lambda r: r["cadence_days"] or None),
            Column("retrieved_on", t("Retrieved on"), "day"),
            _picked("cadence", t("Why that interval"), t),
        ),
        dated,
    )


def sections(rows: Mapping[str, Rows], t: Texts) -> tuple[Section, ...]:
    """Every section but the rungs, from the rows of the queries of the same names."""
    return (
        Section(
            "targets",
            t("Targets in force"),
            t("The wording of each target, its date and its source."),
            (
                Column("fiscal_year", t("Target year"), value=lambda r: t.year(r["fiscal_year"])),
                Column("high_tco2", t("Target (tCO2)"), "tonnes"),
                _picked("wording", t("Wording"), t),
                Column("known_on", t("Announced on"), "day"),
                Column("url", t("Source"), "source"),
            ),
            rows["targets"],
        ),
        Section(
            "assumptions",
            t("Assumptions"),
            t(
                "Every assumed value, with its reason. Measured values come from the projects that state both dates."
            ),
            (
                Column("assumption_code", t("Code")),
                Column("value", t("Value"), "number", cell=lambda r: _value(r["value"], r["unit"], t)),
                Column("unit", t("Unit")),
                Column("basis", t("Basis"), value=lambda r: _basis(r["basis"], t)),
                Column("sample_size", t("Observations"), "number"),
                _picked("reason", t("Reason"), t),
            ),
            rows["assumptions"],
        ),
        Section(
            "corrections",
            t("Corrections"),
            t(
                "Changes made to the facts, each with its reason; a correction that no longer fits stops the build."
            ),
            (
                Column("table_name", t("Table")),
                Column("row_key", t("Row")),
                Column("field", t("Column")),
                Column("expected_old", t("Before")),
                Column("new_value", t("After")),
                _picked("reason", t("Reason"), t),
            ),
            rows["corrections"],
        ),
        Section(
            "checks",
            t("Checks"),
            t("Identities of accounting that every build must satisfy; one that fails stops the build."),
            (
                Column("check_code", t("Code")),
                _picked("title", t("What must hold"), t),
                Column("is_passed", t("Holds"), value=lambda r: t("holds") if r["is_passed"] else t("fails")),
                Column("detail", t("Figures compared")),
            ),
            rows["checks"],
        ),
        Section(
            "findings",
            t("Doubtful, and why it stands"),
            t(
                "What the plausibility rules find in the facts. Where a rule holds the build, someone looked into it and gave"
                " the reason."
            ),
            (
                Column("rule_code", t("Rule")),
                Column("row_key", t("Row")),
                _picked("message", t("Finding"), t),
                Column(
                    "reason",
                    t("Reason"),
                    value=lambda r: t.pick(r["reason_en"], r["reason_ja"]) or t("told only"),
                ),
            ),
            rows["findings"],
        ),
        Section(
            "files",
            t("Files"),
            t("Every file read, with its rows, its hash and its terms."),
            (
                Column("file", t("File")),
                Column("rows_read", t("Rows read"), "number"),
                Column("rows_kept", t("Rows kept"), "number"),
                Column("rows_rejected", t("Rows rejected"), "number"),
                Column("retrieved_on", t("Retrieved on"), "day"),
                Column("terms", t("Terms")),
                Column("sha256", "SHA-256"),
            ),
            rows["source_files"],
        ),
        Section(
            "rejected",
            t("Rejected rows"),
            t(
                "Rows and cells that failed a check, with file, line and reason. A row is in no table; of a cell alone the"
                " row is kept and the cell counts as empty."
            ),
            (
                Column("level", t("Rejected"), value=lambda r: _levels(t).get(r["level"], r["level"])),
                Column("file", t("File")),
                Column("line", t("Line"), "number"),
                Column("column", t("Column")),
                Column("value", t("Value"), "number"),
                _picked("message", t("Reason"), t),
            ),
            rows["rejected_rows"],
        ),
    )


def reconciliation_sections(rows: Mapping[str, Rows], t: Texts) -> tuple[Section, ...]:
    """The sources, and our totals beside what they state."""
    kinds = {
        "official": t("official"),
        "press": t("press"),
        "third-party copy": t("third-party copy"),
        "own record": t("own record"),
        "research": t("research"),
    }
    metrics = metric_names(t)
    reliabilities = reliability_names(t)
    sources, statements = rows["source_list"], rows["reconciliation"]
    return (
        Section(
            "sources",
            t("Sources"),
            t("Every page that a fact names, with the day it states and how many facts rest on it."),
            (
                Column("publisher", t("Publisher")),
                Column("kind", t("Kind"), value=lambda r: kinds.get(r["kind"], r["kind"])),
                Column("reliability", t("Reliability"), value=lambda r: reliabilities[r["reliability"]]),
                Column("statements", t("Facts resting on it"), "number"),
                _dated(t("Dated"), t),
                Column("retrieved_on", t("Retrieved on"), "day"),
                Column("url", t("Address"), "source"),
            ),
            sources,
        ),
        Section(
            "reconciliation",
            t("Reconciliation"),
            t(
                "Our totals beside every stated one, with the coverage; differences are shown and never scaled away."
            ),
            (
                Column("metric", t("Statement"), value=lambda r: metrics.get(r["metric"], r["metric"])),
                Column("scope", t("Scope of the statement"), value=lambda r: stated(r["scope"], t)),
                _dated(t("Date of statement"), t),
                Column("stated_value", t("Stated"), "number"),
                Column("our_value", t("In our records, low end"), "number"),
                Column("our_high_value", t("In our records, high end"), "number"),
                Column("coverage", t("Ours (low end) ÷ stated"), "share"),
                Column("unit", t("Unit"), value=lambda r: unit_name(r["unit"], t)),
                _picked("basis", t("How ours was made"), t),
            ),
            statements,
        ),
    )


def dictionary_section(columns: Rows, t: Texts) -> Section:
    """Every column of every table."""
    return Section(
        "dictionary",
        t("Data dictionary"),
        t("Every column of every table: what it is, its unit, and what an empty value means."),
        (
            Column("table_name", t("Table")),
            Column("column_name", t("Column")),
            _picked("meaning", t("Meaning"), t),
            Column("unit", t("Unit")),
            Column("sql_type", t("Type")),
            _picked("null", t("When empty"), t),
            Column("refers_to", t("Refers to")),
        ),
        columns,
    )


def index_html(found: Sequence[Section], t: Texts) -> Markup:
    """The sections as links within the page, with the number of rows of each."""
    link = Markup('<a class="jcm-link" href="#{}">{}</a> <small>{}</small> ')
    links = joined(link.format(s.key, s.title, t.number(len(s.rows))) for s in found)
    return Markup('<p class="jcm-keys">{}</p>').format(links)


def _picked(key: str, label: str, t: Texts) -> Column[Row]:
    """A field kept in both languages, in that of the reader."""
    return Column(key, label, value=lambda row: t.pick(row[f"{key}_en"], row[f"{key}_ja"]))


def _dated(label: str, t: Texts) -> Column[Row]:
    """The day that a source or a statement names, as exact as it is."""
    return Column(
        "as_of_on",
        label,
        value=lambda row: (
            t.partial_day(row["as_of_on"], row["as_of_precision"]) if row["as_of_on"] else t("undated")
        ),
    )


def _levels(t: Texts) -> dict[str, str]:
    return {"row": t("row"), "cell": t("cell")}


def _basis(basis: str, t: Texts) -> str:
    return {"stated": t("stated"), "measured": t("measured"), "convention": t("convention")}.get(basis, basis)
