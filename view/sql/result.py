"""An answer on the page: heading, rows with their types, what went wrong and where."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import streamlit as st

from view.marks.markup import code, draw, failure, heading, keys, line_under, note, titled
from view.marks.table import WIDE, Column, Markup, Table
from view.texts import Texts
from workbench.answers import Failed, Failure, Refused, Result

Meanings = Mapping[str, str]


def rows_words(result: Result, t: Texts) -> str:
    """How many rows, and whether there are more."""
    n = result.rows_shown
    if result.cut_off_by == "rows":
        return t("more than {n} rows, the first {n} shown", n=t.number(n))
    if result.cut_off_by == "size":
        return t("too large to show whole, the first {n} rows shown", n=t.number(n))
    if n == 0:
        return t("no row")
    return t.count("{n} row", "{n} rows", n)


def facts(result: Result, t: Texts) -> str:
    """Columns, time in the engine, time in the queue, size and data version, in one line."""
    size = result.size_bytes / 1_000
    parts = [
        t.count("{n} column", "{n} columns", len(result.columns)),
        t("{ms} ms in the engine", ms=t.number(result.milliseconds, 1 if result.milliseconds < 10 else 0)),
    ]
    if result.waited_milliseconds >= 1:
        parts.append(t("{ms} ms in the queue", ms=t.number(result.waited_milliseconds)))
    parts += [
        t("{kb} kB", kb=t.number(size, 1 if size < 10 else 0)),
        t("Data version {version}", version=result.data_version),
    ]
    return " · ".join(parts)


def draw_rows(result: Result, meanings: Meanings, t: Texts) -> None:
    """The rows, sortable, each column with its type and, where it is known, its meaning."""
    configuration = {
        c.name: st.column_config.Column(help=" · ".join(x for x in (c.sql_type, meanings.get(c.name)) if x))
        for c in result.columns
    }
    st.dataframe(
        _shown(result.table),
        hide_index=True,
        alt=t("Result of the statement"),
        column_config=configuration,
        height="content" if result.rows_shown < 14 else 480,
        width="stretch",
        placeholder="–",
        lazy=False,
    )
    types = (Markup("<span>{} {}</span>").format(code(c.name), c.sql_type) for c in result.columns)
    draw(t, keys(*types, css="jcm-types"))


def _shown(table: pa.Table) -> pa.Table:
    """The table as it is; one without columns cannot be drawn."""
    return table if table.num_columns else pa.table({"–": pa.nulls(table.num_rows)})


def failure_html(failed: Failure, t: Texts) -> Markup:
    """What went wrong, the place marked in its line, and the engine's own words beneath."""
    titles = {Refused: t("Not run"), Failed: t("The statement does not work")}
    title = next((words for kind, words in titles.items() if isinstance(failed, kind)), t("No result"))
    parts = [heading(title, t.pick(failed.message.en, failed.message.ja))]
    preformatted = Markup('<pre class="jcm-place">{}</pre>')
    if (place := failed.place) is not None:
        start, line = _window(place.text, place.column)
        marker = _blank(line[: place.column - 1 - start]) + "^" * min(place.length, 60)
        where = t("Line {line}, column {column}", line=place.line, column=place.column)
        parts += [line_under(where), preformatted.format(f"{line}\n{marker}")]
    if failed.words:
        parts += [line_under(t("DuckDB's own words")), preformatted.format(failed.words[:2_000])]
    return failure(*parts)


def _blank(text: str) -> str:
    """Blanks as wide as the text in a font of fixed width, where Japanese letters take two places."""
    return "".join("\u3000" if unicodedata.east_asian_width(c) in "WF" else " " for c in text)


def _window(text: str, column: int, width: int = 120) -> tuple[int, str]:
    """The part of a long line around a column: where it starts, and the part."""
    start = max(0, column - width // 2) if len(text) > width else 0
    return start, text[start : start + width]


def plan_text(result: Result) -> str:
    """The plan that EXPLAIN gave, as plain text."""
    rows: Sequence[Mapping[str, Any]] = result.table.to_pylist()
    return "\n".join(str(list(row.values())[-1]) for row in rows)


def limits_html(limits: Sequence[tuple[str, int, str, str, str]], t: Texts) -> Markup:
    """Limits in force: heading, value, unit, what it means and the variable that sets it."""
    return Table(
        (
            Column("name", t("Limit"), value=lambda r: r[0], is_head=True),
            Column("value", t("In force"), value=lambda r: f"{t.number(r[1])} {r[2]}", is_figure=True),
            Column("meaning", t("What it means"), value=lambda r: r[3]),
            Column(
                "variable",
                t("Set by"),
                value=None,
                cell=lambda r: Markup("<code>{}</code>").format(r[4]),
                css=WIDE,
            ),
        ),
        limits,
        t,
    ).html()


def head_html(version: str, day: date, t: Texts) -> Markup:
    """Title of the page, with the data version and the day that statements run on."""
    under = t(
        "One read-only query at a time on data version {version}, as of {day}. Nothing can be changed; each query runs apart, within limits.",
        version=version,
        day=t.day(day),
    )
    return titled(t("Ask the data in SQL"), under)


def other_version_html(version: str, t: Texts) -> Markup:
    """That a link was made on another data version."""
    words = t(
        "The link was made on data version {version}; the answer below is of the present one.",
        version=version,
    )
    return note(words)
