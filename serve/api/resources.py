"""The answers: of a named query, the ladder, a project, a country, the versions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import orjson
import pyarrow as pa

from model.ladder import RUNGS
from model.near_matches import exact_match
from queries.catalogue import Query, Value, catalogue
from queries.parameters import Parameter
from queries.warehouse import OlderFile, Warehouse, WarehouseUnavailable, kept_versions, version
from serve.api.asking import Asked, options_of
from serve.api.encoding import FORMATS, json_of, rows_of
from serve.api.envelope import Json, described, meta_of, rungs_in
from serve.api.keeping import Answer
from serve.api.problems import Problem, near
from workbench.limits import MEGABYTE, limits

JSON: Final = FORMATS["json"].media_type
_ROWS_BEFORE, _ROWS_AT_MOST = "rows_before", "rows_at_most"

LADDER_PARTS: Final = {
    "rungs": "ladder",
    "issued_by_year": "official_years",
    "stated": "reconciliation",
    "targets": "targets",
    "sources": "source_list",
}
PROJECT_PARTS: Final = {
    "participants": "project_participants",
    "years": "project_years",
    "events": "project_events",
    "claims": "project_claims",
    "sightings": "project_sightings",
    "similar": "project_similar",
    "sources": "project_sources",
}
COUNTRY_PARTS: Final = {
    "issuances": "country_issuances",
    "readiness": "readiness",
    "climate": "country_climate",
    "statements": "country_statements",
}
"""Parts of an answer, and the named query behind each."""


def queries(asked: Asked) -> Answer:
    """Every named query with its parameters and columns."""
    asked.values(())
    found = [description_of(query, asked.warehouse) for query in catalogue().values()]
    return _composed(asked, asked.warehouse.data_as_of, found)


def description_of(query: Query, warehouse: Warehouse) -> Json:
    """What the header of a query says, with the types of its columns; those are null where the file is too old."""
    try:
        types = warehouse.types(query.name)
    except OlderFile:
        types = {}
    return {
        "name": query.name,
        "title_en": query.title_en,
        "title_ja": query.title_ja,
        "parameters": [
            {
                "name": one.name,
                "type": one.sql_type,
                "default": None if one.default == "null" else one.default.strip("'"),
                "en": one.en,
                "ja": one.ja,
                "choices": list(one.choices),
            }
            for one in query.parameters
        ],
        "columns": _columns(query, types),
    }


def _columns(query: Query, types: Mapping[str, str | None]) -> list[Json]:
    return [{"name": c.name, "type": types.get(c.name), "en": c.en, "ja": c.ja} for c in query.columns]


def query(asked: Asked, name: str) -> Answer:
    """Rows of one named query."""
    found = catalogue().get(name)
    if found is None:
        t = asked.t
        raise Problem(
            404,
            "unknown-query",
            t("There is no query {name}.", name=name[:100]),
            t("The member see leads to all of them."),
            see=f"{asked.up}queries",
            near=near(name, {q.name: (q.title_en, q.title_ja) for q in catalogue().values()}),
            query=name[:100],
        )
    values = asked.values(found.parameters)
    offset, limit = asked.page(limits().rows_downloaded)
    bound = found.bind(values, asked.warehouse.data_as_of)
    table = asked.warehouse.run(name, **values)
    shown = table.slice(offset, limit)
    if shown.get_total_buffer_size() > limits().result_megabytes * MEGABYTE:
        t = asked.t
        raise Problem(
            413,
            "too-large",
            t("The answer is larger than {n} MB.", n=limits().result_megabytes),
            t("Ask for fewer rows with limit=."),
        )
    # A query that gives a page of its rows by itself does not say how many there are.
    most = bound.get(_ROWS_AT_MOST)
    total = None if most is not None and table.num_rows == most else table.num_rows
    meta = meta_of(asked, _day(bound, asked.warehouse)) | {
        "query": found.name,
        "title_en": found.title_en,
        "title_ja": found.title_ja,
        "parameters": bound,
        "rungs": rungs_in(table.column_names),
        "columns": _columns(found, {f.name: _sql_type(f.type) for f in table.schema}),
        "rows": shown.num_rows,
        "total": total,
        "limit": limit,
        "offset": offset,
    }
    headers = _headers(asked, meta, _pages(asked, meta, bound))
    form = FORMATS[asked.format]
    if form.write is None:
        body = b'{"meta":%b,"data":%b}' % (json_of(meta), json_of(rows_of(shown)))
        return Answer(body, JSON, headers)
    file = f"jcm_{name}_{asked.warehouse.data_version}{form.ending}"
    headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return Answer(
        form.write(shown.replace_schema_metadata({"jcm": orjson.dumps(meta)})), form.media_type, headers
    )


def _sql_type(kind: pa.DataType) -> str:
    names = {
        "string": "VARCHAR",
        "int64": "BIGINT",
        "int32": "INTEGER",
        "double": "DOUBLE",
        "bool": "BOOLEAN",
    }
    return "DATE" if pa.types.is_date(kind) else names.get(str(kind), str(kind).upper())


def _pages(asked: Asked, meta: Json, bound: Mapping[str, Value]) -> list[tuple[str, str]]:
    """Relative addresses of the pages beside this one, by their relation."""
    limit, offset, total = meta["limit"], meta["offset"], meta["total"]
    found: list[tuple[str, str]] = []
    if total is None or offset + limit < total:
        most = bound.get(_ROWS_AT_MOST)
        if total is not None or (isinstance(most, int) and offset + limit < most):
            found.append((asked.page_at(offset + limit), "next"))
        elif isinstance(most, int) and isinstance(before := bound.get(_ROWS_BEFORE), int):
            found.append((asked.page_at(0, **{_ROWS_BEFORE: before + most}), "next"))
    if offset:
        found.append((asked.page_at(max(0, offset - limit)), "prev"))
        found.append((asked.page_at(0), "first"))
    return found


def _headers(asked: Asked, meta: Json, links: Sequence[tuple[str, str]] = ()) -> dict[str, str]:
    about = (
        *links,
        *([(meta["lasting"], "bookmark")] if meta["lasting"] else []),
        (f"{asked.up}openapi.json", "service-desc"),
        (f"{asked.up}#terms", "license"),
    )
    headers = {
        "X-Data-Version": meta["data_version"],
        "X-Data-As-Of": meta["as_of"].isoformat(),
        "Link": ", ".join(f'<{address}>; rel="{relation}"' for address, relation in about),
    }
    if meta.get("total") is not None:
        headers["X-Total-Count"] = str(meta["total"])
    return headers


def _day(bound: Mapping[str, Value], warehouse: Warehouse) -> date:
    given = bound.get("as_of")
    return given if isinstance(given, date) else warehouse.data_as_of


def _composed(asked: Asked, as_of: date, data: object, **more: object) -> Answer:
    meta = meta_of(asked, as_of) | more
    return Answer(json_of({"meta": meta, "data": data}), JSON, _headers(asked, meta))


def _run(asked: Asked, name: str, values: Mapping[str, Value]) -> list[Json]:
    """Rows of a query with those of the values that it takes."""
    takes = {one.name for one in catalogue()[name].parameters}
    given = {key: value for key, value in values.items() if key in takes}
    return rows_of(asked.warehouse.run(name, **given))


def parameters_of(*names: str) -> tuple[Parameter, ...]:
    """Parameters of the query `ladder` by their names; all of them without any."""
    return tuple(one for one in catalogue()["ladder"].parameters if not names or one.name in names)


def ladder(asked: Asked) -> Answer:
    """The rungs with their tonnes and coverage, beside what was stated officially, the targets and the sources."""
    values = asked.values(parameters_of())
    bound = catalogue()["ladder"].bind(values, asked.warehouse.data_as_of)
    data: Json = {part: _run(asked, query, bound) for part, query in LADDER_PARTS.items()}
    data["rungs"] = _rungs(asked, bound)
    return _composed(asked, _day(bound, asked.warehouse), data, parameters=bound)


def _rungs(asked: Asked, bound: Mapping[str, Value]) -> list[Json]:
    known = {rung.code: described(rung) for rung in RUNGS}
    return [row | {"about": known.get(row["rung"])} for row in _run(asked, "ladder", bound)]


def _named(asked: Asked, kind: str, key: str, missing: str, query: str) -> Sequence[str]:
    """Names of a project or country in both languages. Raises Problem with those that are near, and the query of all."""
    names = options_of(Parameter(kind, "VARCHAR", "''", "", "", (f"@{kind}",)), asked.warehouse) or {}
    if key in names:
        return names[key]
    asked_for: dict[str, Any] = {kind: key[:100]}
    raise Problem(
        404,
        f"unknown-{kind}",
        missing,
        asked.t("The member see leads to all of them."),
        see=f"{asked.up}query/{query}",
        near=_near(key, names),
        **asked_for,
    )


def project(asked: Asked, key: str) -> Answer:
    """All facts of one project."""
    values = asked.values(parameters_of("as_of"))
    _named(asked, "project", key, asked.t("There is no project {name}.", name=key[:100]), "project_keys")
    about: dict[str, Value] = values | {"project": key}
    data: Json = {"project": _run(asked, "project_facts", about)[0]}
    data |= {part: _run(asked, query, about) for part, query in PROJECT_PARTS.items()}
    data["sites"] = [row for row in _run(asked, "project_sites", about) if row["project_id"] == key]
    return _composed(asked, _day(values, asked.warehouse), data, parameters=about)


def country(asked: Asked, iso3: str) -> Answer:
    """What is known of one partner country."""
    values = asked.values(parameters_of("as_of", "until_fiscal_year"))
    missing = asked.t("There is no partner country {name}.", name=iso3[:100])
    name_en, name_ja = _named(asked, "country", iso3, missing, "coverage_matrix")
    about: dict[str, Value] = values | {"country": iso3, "countries": [iso3]}
    known = [row for row in _run(asked, "coverage_matrix", about) if row["iso3"] == iso3]
    data: Json = {
        "country": {"iso3": iso3, "name_en": name_en, "name_ja": name_ja, **(known[0] if known else {})},
        "rungs": _rungs(asked, about),
        "sources": _run(asked, "source_list", about),
    }
    data |= {part: _run(asked, query, about) for part, query in COUNTRY_PARTS.items()}
    return _composed(asked, _day(values, asked.warehouse), data, parameters=about)


def _near(asked: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    exact = exact_match(asked[:100], list(names))
    return [exact] if exact else near(asked, names)


def versions(asked: Asked) -> Answer:
    """The data versions whose files are kept, the latest published first."""
    asked.values(())
    kept = [_version(name, asked) for name in kept_versions()]
    return _composed(
        asked, asked.warehouse.data_as_of, {"latest": asked.warehouse.data_version, "versions": kept}
    )


def one_version(asked: Asked) -> Answer:
    """One data version."""
    asked.values(())
    return _composed(asked, asked.warehouse.data_as_of, _version(asked.warehouse.data_version, asked))


def _version(name: str, asked: Asked) -> Json:
    try:
        held = asked.warehouse if name == asked.warehouse.data_version else version(name)
        days: Json = {"as_of": held.data_as_of, "first_on": held.first_on, "is_readable": True}
    except WarehouseUnavailable:
        days = {"as_of": None, "first_on": None, "is_readable": False}
    return {"version": name, **days, "address": f"{asked.up}versions/{name}"}
