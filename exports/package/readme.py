"""The two READMEs of the package, from templates beside this module and the columns of the warehouse."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from exports.changes.markdown import markdown_table
from model.ladder import DORMANT, EXPECTED_RUNGS, RUNGS
from view.amounts import between, tonnes, tonnes_between
from view.target.content import stated_issued
from view.texts import LANGUAGES, Language, Texts, texts

FILES: Mapping[Language, str] = {"en": "README.md", "ja": "README.ja.md"}
_FOLDER = Path(__file__).parent

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Record:
    """What the READMEs are about: the columns with their tables, the rows of each, and how much of the JCM they cover."""

    data_version: str
    as_of: date
    columns: Rows
    sizes: Mapping[str, int]
    ladder: Rows
    issuances: Rows
    statements: list[dict[str, Any]]


def readmes(record: Record) -> dict[str, str]:
    """Name and text of each README."""
    return {FILES[lang]: _readme(record, lang) for lang in LANGUAGES}


def citation(data_version: str, as_of: date, lang: Language) -> str:
    """How the data set is cited."""
    t = texts(lang)
    return t(
        "JCM target tracker, data set, version {version}, facts of {day}.",
        version=data_version,
        day=t.day(as_of),
    )


def bibtex(data_version: str, as_of: date) -> str:
    """The same as a BibTeX entry."""
    return (
        f"@misc{{jcm_target_tracker_{data_version},\n"
        "  title = {JCM target tracker, data set},\n"
        f"  version = {{{data_version}}},\n"
        f"  year = {{{as_of.year}}},\n"
        f"  note = {{Facts of {as_of.isoformat()}; a compilation of public statements, each with its source}}\n"
        "}"
    )


def _readme(record: Record, lang: Language) -> str:
    t = texts(lang)
    template = (_FOLDER / f"README.{lang}.md").read_text(encoding="utf-8")
    tables = [(name, list(rows)) for name, rows in groupby(record.columns, key=lambda r: r["table_name"])]
    ja = lang == "ja"
    listed, described = [], []
    for name, rows in tables:
        title = rows[0]["table_ja" if ja else "table_en"]
        is_view = rows[0]["table_rows"] is None
        listed.append(
            (
                t.noted(f"`{name}`", t("view")) if is_view else f"`{name}`",
                _cell(title),
                t.number(record.sizes[name]),
            )
        )
        described.append(f"### {name}\n\n{title}\n\n{_dictionary(rows, lang)}")
    rungs = "\n".join(
        f"- {t.named(f'`{r.code}` {t.pick(r.name_en, r.name_ja)}', t.pick(r.meaning_en, r.meaning_ja))}"
        for r in RUNGS
    )
    on_rung = {row["rung"]: row for row in record.ladder}
    known = Counter(row["amount_basis"] for row in record.issuances)
    return template.format(
        version=record.data_version,
        day=t.day(record.as_of),
        projects=t.number(sum(on_rung[code]["projects"] for code in EXPECTED_RUNGS)),
        with_estimate=t.number(sum(on_rung[code]["projects_with_estimate"] for code in EXPECTED_RUNGS)),
        dormant=t.number(on_rung[DORMANT]["projects"]),
        events=t.number(len(record.issuances)),
        exact=t.number(known["exact"]),
        ranged=t.number(known["range"]),
        in_part=t.number(known["at least"]),
        unknown=t.number(known["unknown"]),
        reported=tonnes(on_rung["notified"]["reported_tco2"], t),
        decided=tonnes_between(on_rung["notified"]["tco2_low"], on_rung["notified"]["tco2_high"], t),
        stated=_stated(record.statements, t),
        tables=markdown_table((t("Table"), t("What it holds"), t("Number of rows")), listed, figures={2}),
        rungs=rungs,
        citation=citation(record.data_version, record.as_of, lang),
        dictionary="\n\n".join(described),
    )


def _stated(statements: list[dict[str, Any]], t: Texts) -> str:
    """How much of the latest stated total of issued tonnes the record has; nothing where none can be compared."""
    latest = stated_issued(statements)
    if latest is None or latest["coverage"] is None:
        return ""
    return t(
        " Of the tonnes stated as issued by {day} these records hold {share}.",
        day=t.partial_day(latest["as_of_on"], latest["as_of_precision"]),
        share=between(
            latest["coverage"],
            latest["our_high_value"] / latest["stated_value"],
            t,
            lambda x, into: into.percent(x),
        ),
    )


def _dictionary(rows: Rows, lang: Language) -> str:
    t = texts(lang)
    heads = (t("Column"), t("Type"), t("Unit"), t("Meaning"), t("When empty"), t("Refers to"))
    names = ("sql_type", "unit", f"meaning_{lang}", f"null_{lang}", "refers_to")
    cells = [
        [f"**{r['column_name']}**" if r["is_key"] else r["column_name"], *(_cell(r[n] or "") for n in names)]
        for r in rows
    ]
    return markdown_table(heads, cells)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
