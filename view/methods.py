"""Tables of the page on data and methods: rungs, targets, assumptions, corrections, checks, files, rejected rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import pyarrow as pa

from model.freshness import OVERDUE_AFTER, age_days, state_of
from model.ladder import RUNGS
from view.stated_words import stated
from view.target.content import Rows, labelled
from view.target.statements import metric_names, ours_columns, reliability_names, unit_name
from view.texts import Texts


@dataclass(frozen=True)
class Section:
    """A section of the page: its title, what it holds in one sentence, its table and the query behind it."""

    key: str
    title: str
    sentence: str
    table: pa.Table
    query: str


def summary(build: Mapping[str, Any], t: Texts) -> str:
    """The build in one sentence, HTML."""
    return escape(
        t(
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
    )


def rungs_rows(t: Texts) -> pa.Table:
    """The rungs as a plain table."""
    return labelled(
        {
            t("Rung"): [t.pick(r.name_en, r.name_ja) for r in RUNGS],
            t("Code"): [r.code for r in RUNGS],
            t("What it is"): [t.pick(r.meaning_en, r.meaning_ja) for r in RUNGS],
        }
    )


def rungs_table(t: Texts) -> str:
    """What each rung means, HTML."""
    other = t.other
    rows = "".join(
        f'<tr><th scope="row"><span class="jcm-swatch jcm-fill-{r.code}"></span>{escape(t.pick(r.name_en, r.name_ja))}'
        f'<small lang="{other}">{escape(t.other_of(r.name_en, r.name_ja))}</small></th>'
        f"<td><code>{r.code}</code></td><td>{escape(t.pick(r.meaning_en, r.meaning_ja))}</td></tr>"
        for r in RUNGS
    )
    heads = "".join(f'<th scope="col">{escape(h)}</th>' for h in (t("Rung"), t("Code"), t("What it is")))
    return (
        f'<div class="jcm-scroll"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def state_names(t: Texts) -> dict[str, str]:
    """Names of the states of a source."""
    return {"current": t("current"), "due": t("due"), "overdue": t("overdue"), "frozen": t("frozen")}


def list_of_projects(list_of: date, cadence_days: int, today: date, t: Texts) -> str:
    """The day of the project list with its age and state, as the table of sources tells them."""
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
    states = [state_of(r["facts_of_on"], r["cadence_days"], today) for r in dated]
    names = state_names(t)
    counts = t.listing([f"{names[s]} {t.number(states.count(s))}" for s in names if s in states])
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
        labelled(
            {
                t("State"): [names[s] for s in states],
                t("File"): [r["file"] for r in dated],
                t("Facts of"): [r["facts_of_on"] for r in dated],
                t("Age (days)"): [age_days(r["facts_of_on"], today) for r in dated],
                t("Interval (days)"): [r["cadence_days"] or None for r in dated],
                t("Retrieved on"): [r["retrieved_on"] for r in dated],
                t("Why that interval"): [t.pick(r["cadence_en"], r["cadence_ja"]) for r in dated],
            }
        ),
        "source_files",
    )


def sections(rows: Mapping[str, Rows], t: Texts) -> tuple[Section, ...]:
    """Every section but the rungs, from the rows of the queries of the same names."""
    return (
        Section(
            "targets",
            t("Targets in force"),
            t("The wording of each target, its date and its source."),
            labelled(
                {
                    t("Target year"): [t.year(r["fiscal_year"]) for r in rows["targets"]],
                    t("Target (tCO2)"): [r["high_tco2"] for r in rows["targets"]],
                    t("Wording"): [t.pick(r["wording_en"], r["wording_ja"]) for r in rows["targets"]],
                    t("Announced on"): [r["known_on"] for r in rows["targets"]],
                    t("Source"): [r["url"] for r in rows["targets"]],
                }
            ),
            "targets",
        ),
        Section(
            "assumptions",
            t("Assumptions"),
            t(
                "Every assumed value, with its reason. Measured values come from the projects that state both dates."
            ),
            labelled(
                {
                    t("Code"): [r["assumption_code"] for r in rows["assumptions"]],
                    t("Value"): [r["value"] for r in rows["assumptions"]],
                    t("Unit"): [r["unit"] for r in rows["assumptions"]],
                    t("Basis"): [_basis(r["basis"], t) for r in rows["assumptions"]],
                    t("Observations"): [r["sample_size"] for r in rows["assumptions"]],
                    t("Reason"): [t.pick(r["reason_en"], r["reason_ja"]) for r in rows["assumptions"]],
                }
            ),
            "assumptions",
        ),
        Section(
            "corrections",
            t("Corrections"),
            t(
                "Changes made to the facts, each with its reason; a correction that no longer fits stops the build."
            ),
            labelled(
                {
                    t("Table"): [r["table_name"] for r in rows["corrections"]],
                    t("Row"): [r["row_key"] for r in rows["corrections"]],
                    t("Column"): [r["field"] for r in rows["corrections"]],
                    t("Before"): [r["expected_old"] for r in rows["corrections"]],
                    t("After"): [r["new_value"] for r in rows["corrections"]],
                    t("Reason"): [t.pick(r["reason_en"], r["reason_ja"]) for r in rows["corrections"]],
                }
            ),
            "corrections",
        ),
        Section(
            "checks",
            t("Checks"),
            t("Identities of accounting that every build must satisfy; one that fails stops the build."),
            labelled(
                {
                    t("Code"): [r["check_code"] for r in rows["checks"]],
                    t("What must hold"): [t.pick(r["title_en"], r["title_ja"]) for r in rows["checks"]],
                    t("Holds"): [t("holds") if r["is_passed"] else t("fails") for r in rows["checks"]],
                    t("Figures compared"): [r["detail"] for r in rows["checks"]],
                }
            ),
            "checks",
        ),
        Section(
            "findings",
            t("Doubtful, and why it stands"),
            t(
                "What the plausibility rules find in the facts. Where a rule holds the build, someone looked into it and gave"
                " the reason."
            ),
            labelled(
                {
                    t("Rule"): [r["rule_code"] for r in rows["findings"]],
                    t("Row"): [r["row_key"] for r in rows["findings"]],
                    t("Finding"): [t.pick(r["message_en"], r["message_ja"]) for r in rows["findings"]],
                    t("Reason"): [
                        t.pick(r["reason_en"], r["reason_ja"]) or t("told only") for r in rows["findings"]
                    ],
                }
            ),
            "findings",
        ),
        Section(
            "files",
            t("Files"),
            t("Every file read, with its rows, its hash and its terms."),
            labelled(
                {
                    t("File"): [r["file"] for r in rows["source_files"]],
                    t("Rows read"): [r["rows_read"] for r in rows["source_files"]],
                    t("Rows kept"): [r["rows_kept"] for r in rows["source_files"]],
                    t("Rows rejected"): [r["rows_rejected"] for r in rows["source_files"]],
                    t("Retrieved on"): [r["retrieved_on"] for r in rows["source_files"]],
                    t("Terms"): [r["terms"] for r in rows["source_files"]],
                    "SHA-256": [r["sha256"] for r in rows["source_files"]],
                }
            ),
            "source_files",
        ),
        Section(
            "rejected",
            t("Rejected rows"),
            t(
                "Rows and cells that failed a contract, with file, line and reason. A row is in no table; of a cell alone the"
                " row is kept and the cell counts as empty."
            ),
            labelled(
                {
                    t("Rejected"): [_levels(t).get(r["level"], r["level"]) for r in rows["rejected_rows"]],
                    t("File"): [r["file"] for r in rows["rejected_rows"]],
                    t("Line"): [r["line"] for r in rows["rejected_rows"]],
                    t("Column"): [r["column"] for r in rows["rejected_rows"]],
                    t("Value"): [r["value"] for r in rows["rejected_rows"]],
                    t("Reason"): [t.pick(r["message_en"], r["message_ja"]) for r in rows["rejected_rows"]],
                }
            ),
            "rejected_rows",
        ),
    )


def reconciliation_sections(rows: Mapping[str, Rows], t: Texts) -> tuple[Section, ...]:
    """The sources, and our totals beside what they state."""
    kinds = {
        "official": t("official"),
        "press": t("press"),
        "third-party copy": t("third-party copy"),
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
            labelled(
                {
                    t("Publisher"): [r["publisher"] for r in sources],
                    t("Kind"): [kinds.get(r["kind"], r["kind"]) for r in sources],
                    t("Reliability"): [reliabilities[r["reliability"]] for r in sources],
                    t("Facts resting on it"): [r["statements"] for r in sources],
                    t("Dated"): [
                        t.partial_day(r["as_of_on"], r["as_of_precision"]) if r["as_of_on"] else t("undated")
                        for r in sources
                    ],
                    t("Retrieved on"): [r["retrieved_on"] for r in sources],
                    t("Address"): [r["url"] for r in sources],
                }
            ),
            "source_list",
        ),
        Section(
            "reconciliation",
            t("Reconciliation"),
            t(
                "Our totals beside every stated one, with the coverage; differences are shown and never scaled away."
            ),
            labelled(
                {
                    t("Statement"): [metrics.get(r["metric"], r["metric"]) for r in statements],
                    t("Scope of the statement"): [stated(r["scope"], t) for r in statements],
                    t("Date of statement"): [
                        t("undated")
                        if r["as_of_on"] is None
                        else t.partial_day(r["as_of_on"], r["as_of_precision"])
                        for r in statements
                    ],
                    t("Stated"): [r["stated_value"] for r in statements],
                    **ours_columns(statements, t),
                    t("Unit"): [unit_name(r["unit"], t) for r in statements],
                    t("How ours was made"): [t.pick(r["basis_en"], r["basis_ja"]) for r in statements],
                }
            ),
            "reconciliation",
        ),
    )


def dictionary_section(columns: Rows, t: Texts) -> Section:
    """Every column of every table."""
    return Section(
        "dictionary",
        t("Data dictionary"),
        t("Every column of every table: what it is, its unit, and what an empty value means."),
        labelled(
            {
                t("Table"): [r["table_name"] for r in columns],
                t("Column"): [r["column_name"] for r in columns],
                t("Meaning"): [t.pick(r["meaning_en"], r["meaning_ja"]) for r in columns],
                t("Unit"): [r["unit"] for r in columns],
                t("Type"): [r["sql_type"] for r in columns],
                t("When empty"): [t.pick(r["null_en"], r["null_ja"]) for r in columns],
                t("Refers to"): [r["refers_to"] for r in columns],
            }
        ),
        "columns",
    )


def index_html(found: Sequence[Section], t: Texts) -> str:
    """The sections as links within the page, with the number of rows of each."""
    links = "".join(
        f'<a class="jcm-link" href="#{s.key}">{escape(s.title)}</a> <small>{t.number(s.table.num_rows)}</small> '
        for s in found
    )
    return f'<p class="jcm-keys">{links}</p>'


def _levels(t: Texts) -> dict[str, str]:
    return {"row": t("row"), "cell": t("cell")}


def _basis(basis: str, t: Texts) -> str:
    return {"stated": t("stated"), "measured": t("measured"), "convention": t("convention")}.get(basis, basis)
