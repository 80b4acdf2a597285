"""Turns an error of DuckDB into what a reader can act on: a code, a message, a place, near names, its own words."""

import difflib
import json
from collections.abc import Mapping
from typing import Any, Final

from workbench.checking import Finding, place_of
from workbench.messages import Message, near_names

Tables = Mapping[str, list[str]]

_CODES: Final = {
    "Parser": "syntax",
    "Binder": "binder",
    "Catalog": "binder",
    "Conversion": "conversion",
    "Out of Range": "out_of_range",
}
_PHRASES: Final = (
    ("must appear in the GROUP BY clause", "not_grouped"),
    ("Ambiguous reference to column", "ambiguous"),
    ("No function matches the given name and argument types", "argument_types"),
    ("Could not choose a best candidate function", "argument_types"),
    ("WHERE clause cannot contain", "where_aggregate"),
    ("Referenced table", "unknown_alias"),
)
_QUOTES: Final = Message(
    "Put text in single quotes: 'MNG'. ", "文字列は 'MNG' のように一重引用符で囲みます。"
)
_FEWEST_LETTERS_ALIKE: Final = 0.6
_MOST_CHARACTERS: Final = 4_000


def facts_of(error: BaseException) -> dict[str, Any]:
    """What DuckDB says of an error in the form that names places; empty for an error in another form."""
    text = str(error)
    start = text.find("{")
    try:
        facts = json.loads(text[start:]) if start >= 0 else {}
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) and "exception_message" in facts else {}


def kind_of(error: BaseException) -> str:
    """DuckDB's name of the kind of error, such as "Binder" or "Out of Memory".

    What fails while rows are read comes through Arrow as an OSError, so the class does not say it.
    """
    return str(facts_of(error).get("exception_type") or str(error).partition(" Error:")[0])


def explain(error: BaseException, tables: Tables, hidden: tuple[str, ...], before: int = 0) -> Finding:
    """What to say about an error.

    `hidden` are texts, such as the path of the file, that are cut from DuckDB's words; `before` is the number of
    bytes that were put in front of the reader's text.
    """
    facts = facts_of(error)
    words = words_of(error, hidden)
    code, values = _named(_CODES.get(kind_of(error), "engine"), facts, words, tables)
    position, length = place_of(facts)
    return Finding(
        code,
        None if position is None or position < before else position - before,
        length or len(str(facts.get("name", "")).encode()),
        words=words,
        is_refusal=False,
        **values,
    )


def words_of(error: BaseException, hidden: tuple[str, ...] = ()) -> str:
    """DuckDB's own words, without traces of its inside and without the `hidden` texts."""
    said = facts_of(error).get("exception_message") or str(error).removeprefix(f"{kind_of(error)} Error: ")
    words = str(said).split("\nStack Trace", 1)[0].strip()
    for text in hidden:
        words = words.replace(text, "…")
    return words[:_MOST_CHARACTERS]


def _named(
    code: str, facts: Mapping[str, Any], words: str, tables: Tables
) -> tuple[str, dict[str, str | Message]]:
    """A closer code for what is often met, with near names for a name that is not known."""
    name = str(facts.get("name", ""))
    said = [x.strip() for x in str(facts.get("candidates", "")).split(",") if x.strip()]
    is_missing = facts.get("error_subtype") == "MISSING_ENTRY"
    if is_missing and "Function" in str(facts.get("type", "")):
        return "unknown_function", {"found": name, "near": near_names(said[:3])}
    if is_missing and facts.get("type") == "Table":
        near = difflib.get_close_matches(name.lower(), sorted(tables), 3)
        return "unknown_table", {"found": name, "near": near_names(near)}
    column = name if facts.get("error_subtype") == "COLUMN_NOT_FOUND" else _column_in(words)
    if column:
        return "unknown_column", {"found": column, "near": _near_columns(column, said, tables)}
    return next((closer for phrase, closer in _PHRASES if phrase in words and code == "binder"), code), {}


def _column_in(words: str) -> str:
    """The column that is not known, from words that name it without naming it apart."""
    before, mark, after = words.partition('" does not have a column named "')
    # DuckDB calls a view, which it takes in as a subquery, a list of values.
    if mark and before.startswith(("Table ", "Values list ")):
        return after.partition('"')[0]
    before, mark, _ = words.partition('" does not exist on ')
    if not mark:
        before, mark, _ = words.partition('" in EXCLUDE list not found')
    return before.removeprefix('Column "') if mark and before.startswith('Column "') else ""


def _near_columns(name: str, said: list[str], tables: Tables) -> Message:
    known = sorted({column for columns in tables.values() for column in columns})
    near = [*(x for x in said if _alike(name, x)), *difflib.get_close_matches(name.lower(), known, 3)]
    return near_names(list(dict.fromkeys(near))[:3]) if near else _QUOTES


def _alike(one: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, one.lower(), other.lower()).ratio() >= _FEWEST_LETTERS_ALIKE
