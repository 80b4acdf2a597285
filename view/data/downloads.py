"""Words and tables of the downloads page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from view.marks.table import ONE_LINE, WIDE, Column, Markup, Table, escape, small
from view.texts import Texts

Row = Mapping[str, Any]
Rows = Sequence[Row]


def head_html(version: str, day: str, t: Texts) -> str:
    """Title of the page."""
    under = t(
        "Data version {version}, facts of {day}. Every file carries its version in its name; an empty cell is not known,"
        " never zero.",
        version=version,
        day=day,
    )
    return f'<h1 class="jcm-answer">{escape(t("Take the data away"))}</h1><p class="jcm-under">{escape(under)}</p>'


def whole_html(tables: int, rows: int, t: Texts) -> str:
    """What the package and the data file are."""
    package = t(
        "Data Package: {tables} tables with {rows} rows as CSV and Parquet, with a machine-readable schema, meanings in both"
        " languages, limits, terms and citation.",
        tables=t.number(tables),
        rows=t.number(rows),
    )
    file = t("DuckDB file: the same tables in one file of DuckDB 2.0, with a comment on every column.")
    return (
        f'<h2 class="jcm-title">{escape(t("Everything"))}</h2>'
        f'<p class="jcm-sentence">{escape(package)}</p><p class="jcm-sentence">{escape(file)}</p>'
    )


def table_names(columns: Rows, t: Texts) -> dict[str, str]:
    """Every table with what it holds."""
    return {
        r["table_name"]: f"{r['table_name']} · {t.pick(r['table_en'], r['table_ja'])}"
        for r in columns
        if r["position"] == 1
    }


def columns_html(columns: Rows, t: Texts) -> Markup:
    """The columns of one table: name, type, unit, meaning and what an empty cell means."""

    def name(row: Row) -> Markup:
        template = Markup("<b><code>{}</code></b>") if row["is_key"] else Markup("<code>{}</code>")
        return template.format(row["column_name"])

    def meaning(row: Row) -> Markup:
        refers = small(Markup("→ <code>{}</code>").format(row["refers_to"]) if row["refers_to"] else "")
        return escape(t.pick(row["meaning_en"], row["meaning_ja"])) + refers

    return Table(
        (
            Column("column_name", t("Column"), cell=name, is_head=True, css=ONE_LINE),
            Column("sql_type", t("Type"), css=WIDE),
            Column("unit", t("Unit"), cell=lambda r: r["unit"] or "", css=WIDE),
            Column("meaning", t("Meaning"), value=None, cell=meaning),
            Column("null", t("When empty"), value=lambda r: t.pick(r["null_en"], r["null_ja"])),
        ),
        columns,
        t,
        is_long=True,
    ).html()


def returns_html(columns: Sequence[tuple[str, str, str]], t: Texts) -> Markup:
    """The columns that a query returns: name and meaning in both languages."""
    return Table(
        (
            Column("name", "", value=None, cell=lambda c: Markup("<code>{}</code>").format(c[0]), is_head=True, css=ONE_LINE),
            Column("meaning", "", value=lambda c: t.pick(c[1], c[2])),
        ),
        columns,
        t,
        is_long=True,
        has_headings=False,
    ).html()


def about_table(name: str, columns: Rows, version: str, cite: str, t: Texts) -> list[tuple[str, str]]:
    """What travels with the workbook of a table: what it is, then every column."""
    first = columns[0]
    return [
        (t("Table"), f"{name}: {t.pick(first['table_en'], first['table_ja'])}"),
        (t("Data version"), version),
        (t("Unit"), t("tCO2: tonnes of CO2 equivalent; an empty cell is not known, never zero")),
        (t("Cite as"), cite),
        *(
            (
                r["column_name"],
                t.pick(r["meaning_en"], r["meaning_ja"])
                + (f" [{r['unit']}]" if r["unit"] else "")
                + (f" – {t.pick(r['null_en'], r['null_ja'])}" if r["null_en"] else ""),
            )
            for r in columns
        ),
    ]


def limits_html(t: Texts) -> str:
    """What the files do not cover, and the terms."""
    points = (
        t(
            "An annual estimate is not known for every project: expected totals are the sum of the stated estimates only."
        ),
        t("Amounts of many issuance decisions are not stated; what no source states is shown as not known."),
        t(
            "Facts read from public pages, each named in the table source; rights in the pages stay with their publishers."
        ),
        t("Places are from GeoNames (CC BY 4.0); outlines are UN geodata as shipped with plotly.js."),
        t("An independent compilation of public statements, not a publication of a government."),
    )
    items = "".join(f"<li>{escape(p)}</li>" for p in points)
    title = escape(t("What the files do not cover, and their terms"))
    return f'<h2 class="jcm-title">{title}</h2><ul class="jcm-sentence">{items}</ul>'


def total(rows: Iterable[int | None]) -> int:
    """Rows of all tables; a view repeats rows of tables and has no number."""
    return sum(n for n in rows if n is not None)


def section_html(title: str, sentence: str) -> str:
    """Heading of a part of the page."""
    return f'<h2 class="jcm-title">{escape(title)}</h2><p class="jcm-sentence">{escape(sentence)}</p>'
