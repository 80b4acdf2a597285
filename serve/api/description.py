"""OpenAPI 3.1 of the API, made from the headers of the named queries; the types of columns are the warehouse's."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from queries.catalogue import DAY_OF_THE_DATA, Query, catalogue
from queries.parameters import Parameter
from queries.warehouse import Warehouse, kept_versions
from serve.api.asking import FORMAT, LANG, LIMIT, OFFSET, PAGE, Asked, options_of
from serve.api.encoding import FORMATS, json_of
from serve.api.envelope import Json, meta_of
from serve.api.keeping import Answer
from serve.api.problems import MEDIA_TYPE as PROBLEM
from serve.api.resources import (
    COUNTRY_PARTS,
    JSON,
    LADDER_PARTS,
    PROJECT_PARTS,
    description_of,
    parameters_of,
)
from view.texts import LANGUAGES
from workbench.limits import limits

_TYPES: Final[dict[str, Json]] = {
    "VARCHAR": {"type": "string"},
    "INTEGER": {"type": "integer", "format": "int32"},
    "BIGINT": {"type": "integer", "format": "int64"},
    "DATE": {"type": "string", "format": "date"},
    "BOOLEAN": {"type": "boolean"},
    "DOUBLE": {
        "type": ["number", "string"],
        "description": "a number, or Infinity, -Infinity or NaN as text",
    },
}
_FEW = 40
"""Values of a parameter that are listed; more are left to the queries `filter_options` and `project_keys`."""


def answer(asked: Asked) -> Answer:
    """The description as JSON, for the data published now."""
    asked.values(())
    return Answer(json_of(described(asked.warehouse, meta_of(asked, asked.warehouse.data_as_of))), JSON)


def described(warehouse: Warehouse, example: Json) -> Json:
    """The description. `example` is what an answer carries beside its rows; the schema of it follows from it."""
    licence = example["licences"]["en"][0]
    moving = [{"url": "."}]
    found: Json = {
        "openapi": "3.1.0",
        "info": {
            "title": "JCM target tracker",
            "version": "1",
            "summary": "How far the Joint Crediting Mechanism is from its targets. 二国間クレジット制度の目標に対する進捗",
            "description": "Read only. Every answer carries its data version, its days, coverage, rungs, sources and"
            " terms. null is unknown, never 0. Amounts are tonnes of CO2 equivalent. An expectation is what"
            " documents state, not a result.",
            "license": {"name": licence["title"], "url": "./#terms"},
        },
        "servers": [
            {"url": ".", "description": "the data published now"},
            {
                "url": "./versions/{version}",
                "description": "one data version: answers that never change",
                "variables": {"version": {"default": warehouse.data_version, "enum": kept_versions()}},
            },
        ],
        "paths": {
            "/queries": {"get": _operation("queries", "Every named query", "全ての問い合わせ", ())},
            **{
                f"/query/{query.name}": {"get": _query_operation(query, warehouse)}
                for query in catalogue().values()
            },
            "/ladder": {
                "get": _operation(
                    "ladder",
                    "The ladder with coverage, statements and sources",
                    "段階別の量",
                    _asked(parameters_of(), warehouse),
                    _LADDER,
                )
            },
            "/projects/{key}": {
                "get": _operation(
                    "project",
                    "One project",
                    "個別の案件",
                    (_in_path("key", "project_id"), *_asked(parameters_of("as_of"), warehouse)),
                    _parts("project", (*PROJECT_PARTS, "sites")),
                )
            },
            "/countries/{iso3}": {
                "get": _operation(
                    "country",
                    "One partner country",
                    "個別のパートナー国",
                    (
                        _in_path("iso3", "ISO 3166-1 alpha-3"),
                        *_asked(parameters_of("as_of", "until_fiscal_year"), warehouse),
                    ),
                    _parts("country", ("rungs", *COUNTRY_PARTS, "sources")),
                )
            },
            "/versions": {
                "servers": moving,
                "get": _operation("versions", "Data versions kept", "保存しているデータ版", ()),
            },
        },
        "components": {"schemas": {"Meta": _schema_of(example), "Problem": _PROBLEM}},
    }
    return found


def _query_operation(query: Query, warehouse: Warehouse) -> Json:
    columns = description_of(query, warehouse)["columns"]
    row = {
        "type": "object",
        "required": [one["name"] for one in columns],
        "properties": {
            one["name"]: _nullable(_TYPES.get(one["type"], {}))
            | {"description": f"{one['en']} | {one['ja']}"}
            for one in columns
        },
    }
    parameters = (*_asked(query.parameters, warehouse), *_paging())
    found = _operation(
        f"query_{query.name}", query.title_en, query.title_ja, parameters, {"type": "array", "items": row}
    )
    others: Json = {form.media_type: {} for name, form in FORMATS.items() if name != "json"}
    found["responses"]["200"]["content"] |= others
    return found


def _operation(name: str, en: str, ja: str, parameters: Sequence[Json], data: Json | None = None) -> Json:
    body = {
        "type": "object",
        "required": ["meta", "data"],
        "properties": {"meta": {"$ref": "#/components/schemas/Meta"}, "data": data or {}},
    }
    lang = {
        "name": LANG,
        "in": "query",
        "description": "language of problems | 問題を説明する言語",
        "schema": {"type": "string", "enum": list(LANGUAGES)},
    }
    return {
        "operationId": name,
        "summary": f"{en} | {ja}",
        "parameters": [*parameters, lang],
        "responses": {
            "200": {"description": "the answer", "content": {JSON: {"schema": body}}},
            "304": {"description": "what the client holds is still right (If-None-Match)"},
            "default": {
                "description": "why there is no answer (RFC 9457)",
                "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        },
    }


def _asked(parameters: Sequence[Parameter], warehouse: Warehouse) -> tuple[Json, ...]:
    return tuple(_parameter(one, warehouse) for one in parameters)


def _parameter(one: Parameter, warehouse: Warehouse) -> Json:
    kind = one.sql_type.removesuffix("[]")
    schema = dict(_TYPES[kind])
    options = options_of(one, warehouse)
    if options is not None and len(options) <= _FEW:
        schema["enum"] = [int(value) if kind == "INTEGER" else value for value in options]
    if one.sql_type.endswith("[]"):
        schema = {"type": "array", "items": schema}
    if one.default == DAY_OF_THE_DATA:
        schema["default"] = warehouse.data_as_of
    elif one.default not in {"null", "''"}:
        schema["default"] = int(one.default) if kind == "INTEGER" else one.default.strip("'")
    return {"name": one.name, "in": "query", "description": f"{one.en} | {one.ja}", "schema": schema}


def _paging() -> tuple[Json, ...]:
    most = limits().rows_downloaded
    said = f"rows given, {PAGE} of JSON by default, all of a file | 行数の上限。既定値はJSONで{PAGE}行、ファイルで全行"
    whole = {"type": "integer", "format": "int32"}
    return (
        {
            "name": LIMIT,
            "in": "query",
            "description": said,
            "schema": whole | {"minimum": 1, "maximum": most},
        },
        {
            "name": OFFSET,
            "in": "query",
            "description": "rows left out at the beginning | 先頭から除く行数",
            "schema": whole | {"minimum": 0, "default": 0},
        },
        {
            "name": FORMAT,
            "in": "query",
            "description": "format; goes before Accept | 形式（Acceptに優先）",
            "schema": {"type": "string", "enum": list(FORMATS), "default": "json"},
        },
    )


def _in_path(name: str, description: str) -> Json:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string"},
    }


def _parts(one: str, lists: Sequence[str]) -> Json:
    return {
        "type": "object",
        "required": [one, *lists],
        "properties": {one: {"type": "object"}, **dict.fromkeys(lists, _ROWS)},
    }


def _nullable(schema: Json) -> Json:
    kinds = schema.get("type")
    if kinds is None:
        return dict(schema)
    return {**schema, "type": [*(kinds if isinstance(kinds, list) else [kinds]), "null"]}


def _schema_of(value: Any) -> Json:  # noqa: ANN401 - any JSON
    """The schema that an example of what every answer carries fits; each part may be null."""
    if isinstance(value, dict):
        parts = {name: _schema_of(part) for name, part in value.items()}
        return {"type": ["object", "null"], "properties": parts}
    if isinstance(value, list):
        return {"type": "array", "items": _schema_of(value[0]) if value else {}}
    if isinstance(value, date):
        return {"type": ["string", "null"], "format": "date"}
    if value is None:
        return {}
    return {"type": ["string" if isinstance(value, str) else "number", "null"]}


_ROWS: Final[Json] = {"type": "array", "items": {"type": "object"}}
_LADDER: Final[Json] = {
    "type": "object",
    "required": list(LADDER_PARTS),
    "properties": dict.fromkeys(LADDER_PARTS, _ROWS),
}
_PROBLEM: Final[Json] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "next", "near"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "next": {"type": "string", "description": "what to do | 次に行うこと"},
        "near": {
            "type": "array",
            "items": {"type": "string"},
            "description": "names that may have been meant | 近い名前",
        },
        "parameter": {"type": "string", "description": "the parameter at fault | 該当するパラメーター"},
        "expected": {"type": "string"},
    },
}
