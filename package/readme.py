"""The two READMEs of the package, from templates beside this module and what the warehouse tells."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from model.ladder import RUNGS
from view.texts import LANGUAGES, Language, texts

FILES: Mapping[Language, str] = {"en": "README.md", "ja": "README.ja.md"}
_FOLDER = Path(__file__).parent

Rows = Sequence[Mapping[str, Any]]


def readmes(columns: Rows, data_version: str, as_of: date) -> dict[str, str]:
    """Name and text of each README."""
    return {FILES[lang]: _readme(columns, data_version, as_of, lang) for lang in LANGUAGES}


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


def _readme(columns: Rows, data_version: str, as_of: date, lang: Language) -> str:
    t = texts(lang)
    template = (_FOLDER / f"README.{lang}.md").read_text(encoding="utf-8")
    tables = [(name, list(rows)) for name, rows in groupby(columns, key=lambda r: r["table_name"])]
    ja = lang == "ja"
    listed = [f"| {t('Table')} | {t('What it holds')} | {t('Number of rows')} |", "|---|---|---:|"]
    described = []
    for name, rows in tables:
        title = rows[0]["table_ja" if ja else "table_en"]
        listed.append(f"| `{name}` | {_cell(title)} | {t.number(rows[0]['table_rows'])} |")
        described.append(f"### {name}\n\n{title}\n\n" + "\n".join(_dictionary(rows, lang)))
    rungs = "\n".join(
        f"- `{r.code}` {r.name_ja if ja else r.name_en}: {r.meaning_ja if ja else r.meaning_en}"
        for r in RUNGS
    )
    return template.format(
        version=data_version,
        day=t.day(as_of),
        tables="\n".join(listed),
        rungs=rungs,
        citation=citation(data_version, as_of, lang),
        dictionary="\n\n".join(described),
    )


def _dictionary(rows: Rows, lang: Language) -> list[str]:
    t = texts(lang)
    heads = (t("Column"), t("Type"), t("Unit"), t("Meaning"), t("When empty"), t("Refers to"))
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for r in rows:
        name = f"**{r['column_name']}**" if r["is_key"] else r["column_name"]
        cells = (
            name,
            r["sql_type"],
            r["unit"] or "",
            r[f"meaning_{lang}"],
            r[f"null_{lang}"] or "",
            r["refers_to"] or "",
        )
        lines.append("| " + " | ".join(_cell(c) for c in cells) + " |")
    return lines


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
