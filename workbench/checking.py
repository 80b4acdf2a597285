"""Decides by DuckDB's own parser whether a text is one statement that only reads this data.

The text is split and turned into a tree by DuckDB; every part of the tree must be of a kind known here, every
table one of the data or of the statement itself, every table function one that reads nothing, every function
one that reveals nothing about the machine. What is not known is refused.
"""

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import duckdb

from workbench.functions import TABLE_FUNCTIONS, refusal
from workbench.limits import Limits
from workbench.messages import REASONS, near_names, say
from workbench.pivots import BRACKETS, Token, tokens_of, with_listed_pivots

Tree: TypeAlias = dict[str, Any]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NODES: Final = _names("SELECT_NODE SET_OPERATION_NODE RECURSIVE_CTE_NODE CTE_NODE")
_REFERENCES: Final = _names("BASE_TABLE EMPTY EXPRESSION_LIST JOIN PIVOT SHOW_REF SUBQUERY TABLE_FUNCTION")
_EXPRESSIONS: Final = _names(
    "BETWEEN CASE CAST COLLATE COLUMN_REF COMPARISON CONJUNCTION CONSTANT FUNCTION LAMBDA OPERATOR PARAMETER"
    " POSITIONAL_REFERENCE STAR SUBQUERY TYPE WINDOW"
)
_MODIFIERS: Final = _names(
    "ORDER_MODIFIER LIMIT_MODIFIER LIMIT_PERCENT_MODIFIER DISTINCT_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING"
)
_CHANGING: Final = ("INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "CREATE", "DROP", "ALTER")
_SHOWN: Final = frozenset({'"tables"', "__show_tables_expanded"})
_SYSTEM: Final = ("duckdb_", "pragma_", "sqlite_", "pg_", "information_schema")
_PATH_MARKS: Final = ("/", "\\", ".", ":", "*", "~", "%")
AS_OF: Final = "_as_of"
_UNKNOWN_PLACE: Final = 2**64 - 1
_PIVOT_WITH_PARAMETERS: Final = "PIVOT statements with pivot elements extracted"
_ENGINE_DEPTH: Final = 240


class Finding(Exception):
    """Why a text is not run, or does not work.

    `position` and `length` are bytes in its UTF-8 form, None where not known; `words` are DuckDB's own.
    `is_refusal` is false for a slip (syntax, an unknown table) in a text that would otherwise be allowed.
    """

    def __init__(
        self,
        code: str,
        position: int | None = None,
        length: int = 0,
        *,
        words: str = "",
        is_refusal: bool = True,
        **values: object,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = say(code, **values)
        self.position = position
        self.length = length
        self.words = words
        self.is_refusal = is_refusal


@dataclass(frozen=True)
class Accepted:
    """A text that may be run: the names of its parameters, the tables of the data that it reads, and whether it
    runs as several steps (PIVOT).
    """

    parameters: frozenset[str]
    reads: frozenset[str]
    runs_in_steps: bool


@dataclass(frozen=True)
class Readable:
    """What may be read: tables and views, and macros that give rows, in lower case as `name` or `schema.name`.

    Names of the schema main come without it.
    """

    tables: frozenset[str]
    macros: frozenset[str]


def check_text(sql: str, limits: Limits) -> None:
    """Looks at length and characters, before any parser sees the text. Raises Finding."""
    if len(sql) > limits.statement_characters:
        raise Finding("statement_too_long", found=f"{len(sql):,}", limit=f"{limits.statement_characters:,}")
    for index, character in enumerate(sql):
        if character == "\0" or "\ud800" <= character <= "\udfff":
            raise Finding("characters", len(sql[:index].encode("utf-8", "replace")), 1, found=index + 1)


def check(connection: duckdb.DuckDBPyConnection, sql: str, readable: Readable, limits: Limits) -> Accepted:
    """What a text needs that may be run. Raises Finding for any other text.

    The connection only parses; nothing of the text is bound or run.
    """
    check_text(sql, limits)
    tokens = tokens_of(sql)
    if _depth(tokens) > limits.nesting:
        raise Finding("nesting", limit=limits.nesting)
    if _kind_of_one(connection, sql) == "SELECT":
        return _read(connection, sql, readable, runs_in_steps=False)
    text = with_listed_pivots(connection, sql, tokens)
    if text is None:
        raise Finding("pivot")
    try:
        return _read(connection, text, readable, runs_in_steps=True)
    except Finding as found:
        # Places in the text with lists are not places in the text of the reader.
        found.position, found.length = None, 0
        raise


def _kind_of_one(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """SELECT or MULTI, the kind of the only statement. Raises Finding for none, several or another kind."""
    try:
        statements = connection.extract_statements(sql)
        kinds = [x.type.name for x in statements]
    except duckdb.Error:
        raise _syntax(_tree(connection, sql)) from None
    except ValueError:
        # A kind of statement that the Python package has no name for.
        raise Finding("part", found="statement") from None
    if not statements:
        raise Finding("empty")
    if len(statements) > 1:
        start = len(sql.encode()) - len(statements[-1].query.encode())
        raise Finding("several", max(start, 0), found=len(statements))
    if kinds[0] == "EXPLAIN":
        raise Finding("explain")
    if kinds[0] not in {"SELECT", "MULTI"}:
        raise Finding("kind", found=kinds[0])
    return str(kinds[0])


def _read(
    connection: duckdb.DuckDBPyConnection, sql: str, readable: Readable, *, runs_in_steps: bool
) -> Accepted:
    """What a SELECT needs. Raises Finding at the first part that is not allowed."""
    tree = _tree(connection, sql)
    if tree.get("error"):
        raise _syntax(tree)
    reader = _Reader(readable)
    try:
        reader.read(tree["statements"], frozenset())
    except RecursionError:
        raise Finding("nesting", limit=_ENGINE_DEPTH) from None
    return Accepted(frozenset(reader.parameters), frozenset(reader.reads), runs_in_steps)


def _tree(connection: duckdb.DuckDBPyConnection, sql: str) -> Tree:
    with connection.cursor() as cursor:
        row = cursor.execute("SELECT json_serialize_sql($sql)", {"sql": sql}).fetchone()
    try:
        tree: Tree = json.loads(row[0]) if row else {"error": True}
    except RecursionError:
        return {"error": True, "error_type": "nesting"}
    return tree


def _syntax(tree: Tree) -> Finding:
    words = str(tree.get("error_message", ""))
    if tree.get("error_type") == "nesting" or words.startswith("Max expression depth"):
        return Finding("nesting", words=words, limit=_ENGINE_DEPTH)
    if tree.get("error_type") != "parser":
        return Finding("part", words=words, found=words or "unknown")
    if words.startswith(_PIVOT_WITH_PARAMETERS):
        return Finding("pivot_parameters", words=words, is_refusal=False)
    return Finding("syntax", *place_of(tree), words=words, is_refusal=False)


def place_of(error: Mapping[str, object]) -> tuple[int | None, int]:
    """Place and length in bytes that an error of DuckDB in JSON form names; None where it names none."""
    start, _, length = str(error.get("location", "")).strip("[]").partition(",")
    if start.isdigit() and length.isdigit():
        return int(start), int(length)
    position = error.get("position")
    return (int(position), 0) if isinstance(position, str) and position.isdigit() else (None, 0)


def _depth(tokens: list[Token]) -> int:
    depth = deepest = 0
    for _, text in tokens:
        # Neighbouring brackets may come as one token.
        for character in text if text[:1] in BRACKETS else "":
            depth = max(0, depth + BRACKETS.get(character, 0))
            deepest = max(deepest, depth)
    return deepest


class _Reader:
    """Walks a tree with the names that the statement itself defines, part by part."""

    def __init__(self, readable: Readable) -> None:
        self.tables = readable.tables
        self.macros = readable.macros
        self.parameters: set[str] = set()
        self.reads: set[str] = set()

    def read(self, part: object, names: frozenset[str]) -> None:
        """Raises Finding at the first part that is not allowed. `names` are the tables of enclosing WITH clauses."""
        if isinstance(part, list):
            for item in part:
                self.read(item, names)
        elif isinstance(part, dict):
            names = self._kind(part, names)
            for key, value in part.items():
                if key != "cte_map":
                    self.read(value, names)

    def _kind(self, part: Tree, names: frozenset[str]) -> frozenset[str]:
        kind = part.get("type")
        if "cte_map" in part:
            if kind not in _NODES:
                raise _changing(part, str(kind))
            return self._with_clause(part, names)
        if not isinstance(kind, str):
            return names
        if "class" in part:
            self._expression(part, str(part["class"]))
        elif kind in _REFERENCES:
            self._reference(part, kind, names)
        elif kind not in _MODIFIERS:
            raise _changing(part, kind)
        return names

    def _with_clause(self, part: Tree, names: frozenset[str]) -> frozenset[str]:
        for entry in part["cte_map"]["map"]:
            own = str(entry["key"]).lower()
            body = entry["value"]["query_node"]
            is_recursive = isinstance(body, dict) and body.get("type") == "RECURSIVE_CTE_NODE"
            self.read(entry["value"], names | {own} if is_recursive else names)
            names |= {own}
        return names

    def _expression(self, part: Tree, kind: str) -> None:
        if kind not in _EXPRESSIONS:
            raise _at(part, "part", found=kind)
        if kind == "PARAMETER":
            name = str(part.get("identifier", ""))
            if not name or name.isdigit():
                raise _at(part, "parameter_unnamed")
            self.parameters.add(name)
        for name in _names_called(part):
            if (reason := refusal(name)) is not None:
                raise _at(part, "function", found=name, reason=REASONS[reason])
        if part.get("export_state"):
            raise _at(part, "function", found="export_state", reason=REASONS["internal"])

    def _reference(self, part: Tree, kind: str, names: frozenset[str]) -> None:
        if part.get("at_clause") is not None:
            raise _at(part, "part", found="AT")
        if kind == "BASE_TABLE":
            self._table(part, [str(x) for x in part["qualified_name"]["path"]], names)
        elif kind == "TABLE_FUNCTION":
            called = part["function"]
            if called.get("class") != "FUNCTION":
                raise _at(part, "part", found=str(called.get("class")))
            self._table_function(part, called)
        elif kind == "SHOW_REF" and part.get("query") is None:
            path = [str(x) for x in part["qualified_name"]["path"]]
            schemas = {"main", *(x.partition(".")[0] for x in self.tables if "." in x)}
            if path not in [[x] for x in _SHOWN] and path not in [[x, ""] for x in schemas]:
                self._table(part, [x.strip('"') for x in path], names)

    def _table_function(self, part: Tree, called: Tree) -> None:
        macro = _own_name(called.get("qualified_name", {}).get("path", []))
        if macro in self.macros:
            # The macro of a view gives the columns of the view.
            self.reads |= self.tables & {macro.removesuffix(AS_OF)}
            return
        for name in _names_called(called):
            if name.lower() not in TABLE_FUNCTIONS:
                allowed = ", ".join(sorted(TABLE_FUNCTIONS | self.macros))
                raise _at(part, "table_function", found=name, allowed=allowed)

    def _table(self, part: Tree, path: list[str], names: frozenset[str]) -> None:
        lowered = [x.lower() for x in path]
        name = lowered[-1]
        if lowered in ([name], ["recurring", name]) and name in names:
            return
        own = _own_name(path)
        if own in self.tables:
            self.reads.add(own)
            return
        shown = ".".join(path)
        if any(x.startswith(_SYSTEM) for x in lowered):
            raise _at(part, "system_table", found=shown)
        if any(mark in x for x in path for mark in _PATH_MARKS):
            raise _at(part, "file", found=shown, allowed=", ".join(sorted(self.tables)))
        elsewhere = sorted(x for x in self.tables if x.endswith(f".{name}"))
        alike = difflib.get_close_matches(own or name, sorted(self.tables | names), 3)
        near = near_names(list(dict.fromkeys([*elsewhere, *alike]))[:3])
        raise _at(part, "unknown_table", is_refusal=False, found=shown, near=near)


def _own_name(path: Sequence[object]) -> str:
    """A name as `Readable` has it; empty where a part holds a point of its own, which would read as two."""
    parts = [str(x).lower() for x in path]
    if any("." in x for x in parts):
        return ""
    return ".".join(parts[1:] if len(parts) == 2 and parts[0] == "main" else parts)


def _names_called(part: Tree) -> Iterator[str]:
    if "function_name" in part:
        yield str(part["function_name"])
        path = part.get("qualified_name", {}).get("path", [])
        yield from (str(x) for x in path[-1:])


def _changing(part: Tree, kind: str) -> Finding:
    is_changing = kind.startswith(_CHANGING)
    return _at(part, "changes_data" if is_changing else "part", found=kind.removesuffix("_QUERY_NODE"))


def _at(part: Tree, code: str, *, is_refusal: bool = True, **values: Any) -> Finding:  # noqa: ANN401
    position = part.get("query_location", _UNKNOWN_PLACE)
    if position == _UNKNOWN_PLACE:
        return Finding(code, is_refusal=is_refusal, **values)
    length = int(part.get("query_location_length", 0))
    return Finding(code, int(position), length, is_refusal=is_refusal, **values)
