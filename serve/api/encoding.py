"""The formats of an answer, and which of them a client takes."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import orjson
import pyarrow as pa
from starlette.datastructures import Headers
from starlette.types import Scope

from serve.api.asking import FORMAT
from serve.api.problems import Problem, near
from view.downloads import parquet, plain_csv
from view.texts import Texts


@dataclass(frozen=True)
class Format:
    """A format of rows: its media type, other names of it, the ending of a file, and what writes it (not for JSON)."""

    media_type: str
    also: tuple[str, ...] = ()
    ending: str = ""
    write: Callable[[pa.Table], bytes] | None = None


def _arrow(table: pa.Table) -> bytes:
    buffer = BytesIO()
    with pa.ipc.new_stream(buffer, table.schema) as stream:
        stream.write_table(table)
    return buffer.getvalue()


FORMATS: Final[Mapping[str, Format]] = {
    "json": Format("application/json"),
    "csv": Format("text/csv", (), ".csv", plain_csv),
    "parquet": Format("application/vnd.apache.parquet", ("application/x-parquet",), ".parquet", parquet),
    "arrow": Format(
        "application/vnd.apache.arrow.stream", ("application/vnd.apache.arrow.file",), ".arrows", _arrow
    ),
}

_UNUSUAL: Final = {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}
"""JSON has no such numbers, and null means unknown: they are texts."""


def rows_of(table: pa.Table) -> list[dict[str, Any]]:
    """Rows for JSON: what is no finite number is its name."""
    rows: list[dict[str, Any]] = table.to_pylist()
    for field in table.schema:
        if pa.types.is_floating(field.type):
            for row in rows:
                value = row[field.name]
                if value is not None and not math.isfinite(value):
                    row[field.name] = _UNUSUAL[str(value)]
    return rows


def json_of(value: object) -> bytes:
    """JSON: days as ISO 8601 text."""
    return orjson.dumps(value)


def format_of(scope: Scope, given: Mapping[str, Sequence[str]], offered: Sequence[str], t: Texts) -> str:
    """The format asked by `format=`, else the one that the client likes best of those offered. Raises Problem."""
    if FORMAT in given:
        asked = given[FORMAT][-1]
        if asked not in offered or len(given[FORMAT]) > 1:
            expected = t("one of {values}", values=t.listing(list(offered)))
            raise Problem(
                422 if asked not in FORMATS else 406,
                "wrong-format",
                t("There is no such format here: {found}.", found=repr(asked[:100])),
                t("Give {expected}.", expected=expected),
                near=near(asked, offered),
                parameter=FORMAT,
                expected=expected,
            )
        return asked
    accepted = Headers(scope=scope).get("accept", "")[:1_000].lower()
    if not accepted.strip():
        return offered[0]
    weights = [(_weight(accepted, FORMATS[name]), -place, name) for place, name in enumerate(offered)]
    weight, _, best = max(weights)
    if weight <= 0:
        types = t.listing([FORMATS[name].media_type for name in offered])
        raise Problem(
            406,
            "wrong-format",
            t("None of the media types in the header Accept is offered here."),
            t("Ask for one of {values}, or add format= to the address.", values=types),
            header="Accept",
        )
    return best


def _weight(accepted: str, offered: Format) -> float:
    """How much a client likes a format; the most exact range that names it counts."""
    best = (0, 0.0)
    for part in accepted.split(","):
        kind, *parameters = (piece.strip() for piece in part.split(";"))
        for media_type in (offered.media_type, *offered.also):
            ranges = ("*/*", f"{media_type.partition('/')[0]}/*", media_type)
            if kind in ranges:
                best = max(best, (ranges.index(kind) + 1, _quality(parameters)))
    return best[1]


def _quality(parameters: Sequence[str]) -> float:
    for one in parameters:
        name, _, value = one.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0 <= weight <= 1 else 0.0
    return 1.0
