"""What every answer carries beside its rows: data version, days, coverage, rungs, sources, terms."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from exports.package.descriptor import licences
from model.ladder import DORMANT, EXPECTED_RUNGS, RUNGS, Rung
from queries.record import build_of
from queries.warehouse import Warehouse
from serve.api.asking import Asked
from view.target.content import stated_issued
from view.texts import LANGUAGES, texts

Json = dict[str, Any]


def meta_of(asked: Asked, as_of: date) -> Json:
    """What is said of every answer; addresses are relative to that of the answer.

    `lasting` is that of the same answer by its data version, which never changes; null for the list of versions.
    """
    warehouse, up = asked.warehouse, asked.up
    build = build_of(warehouse)
    return {
        "data_version": warehouse.data_version,
        "data_as_of": warehouse.data_as_of,
        "as_of": as_of,
        "lasting": None if asked.of == "versions" else up + asked.lasting(),
        "coverage": _coverage(warehouse, as_of),
        "sources": {
            "count": build["sources"],
            "list_of_projects_on": build["list_of_on"],
            "address": f"{up}versions/{warehouse.data_version}/query/source_list",
        },
        "licences": {lang: _terms(lang, up) for lang in LANGUAGES},
        "documentation": up,
    }


def _terms(lang: Any, up: str) -> list[dict[str, str]]:  # noqa: ANN401 - a language
    return [
        {**one, "path": one["path"] if "://" in one["path"] else f"{up}#terms"}
        for one in licences(texts(lang))
    ]


def _coverage(warehouse: Warehouse, as_of: date) -> Json:
    """How much of the JCM the record holds on a day; null is unknown, never none."""
    ladder = {row["rung"]: row for row in warehouse.run("ladder", as_of=as_of).to_pylist()}
    counted = [ladder[code] for code in EXPECTED_RUNGS if code in ladder]
    stated = stated_issued(warehouse.run("reconciliation", as_of=as_of).to_pylist())
    decided = ladder.get("notified", {})
    return {
        "projects": sum(row["projects"] or 0 for row in counted),
        "projects_with_estimate": sum(row["projects_with_estimate"] or 0 for row in counted),
        "projects_dormant": ladder.get(DORMANT, {}).get("projects"),
        "issuance_events": decided.get("events"),
        "issuance_events_without_amount": decided.get("events_without_amount"),
        "issued": None
        if stated is None
        else {
            "stated_tco2": stated["stated_value"],
            "itemised_low_tco2": stated["our_value"],
            "itemised_high_tco2": stated["our_high_value"],
            "share": stated["coverage"],
            "stated_on": stated["as_of_on"],
            "address": stated["url"],
        },
    }


def described(rung: Rung) -> Json:
    """A rung in both languages, with the one that it is a part of."""
    return {
        "kind": rung.kind,
        "is_part_of": rung.part_of,
        "name_en": rung.name_en,
        "name_ja": rung.name_ja,
        "meaning_en": rung.meaning_en,
        "meaning_ja": rung.meaning_ja,
    }


def rungs_in(columns: Iterable[str]) -> Mapping[str, Json]:
    """The rungs that columns name: by their own names, or all of them where a column holds rungs or stages."""
    names = list(columns)
    holds_any = bool({"rung", "stage"} & set(names))
    return {
        rung.code: described(rung)
        for rung in RUNGS
        if holds_any or any(name == rung.code or name.startswith(f"{rung.code}_") for name in names)
    }
