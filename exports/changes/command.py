"""`python -m exports changes`: what differs between two editions, as the page shows it."""

import json
import sys
from dataclasses import asdict
from datetime import date
from typing import Annotated, Literal

from cyclopts import Parameter

from exports.changes.feed import feed_of
from exports.changes.markdown import markdown_of
from exports.writing_files import DONE, NOTHING, refuse
from model.timing import TIMINGS
from queries.editions import difference_between
from queries.warehouse import OlderFile, Warehouse, WarehouseUnavailable, current, kept_versions, version
from view.changes.sentences import summary
from view.changes.wording import issuance_lines, other_lines, project_lines
from view.names import filter_options, names_of, texts_of
from view.texts import Language


def changes(
    *,
    earlier: Annotated[str, Parameter(name="--from")] = "",
    later: Annotated[str, Parameter(name="--to")] = "",
    lang: Language = "en",
    form: Annotated[Literal["markdown", "json", "atom"], Parameter(name="--format")] = "markdown",
) -> int:
    """Print what differs between two editions: a data version on a day beside another.

    Exit codes: 0 something differs; 3 nothing does; 2 wrong usage or no data.

    Parameters
    ----------
    earlier
        version@day, a day or a version; a year before the later edition when left out.
    later
        The same; the published version on the day of its data when left out.
    lang
        en or ja.
    form
        markdown, json, or atom for the feed of all months and versions.
    """
    try:
        published = current()
        t = texts_of(published, lang)
        if form == "atom":
            sys.stdout.write(feed_of(published, lang).decode())
            return DONE
        newer, last = _edition(later, published, published.data_as_of)
        older, first = _edition(earlier, newer, last.replace(year=last.year - 1, day=min(last.day, 28)))
        found = difference_between(older, first, newer, last)
    except (WarehouseUnavailable, ValueError) as error:
        return refuse(str(error))
    names = names_of(filter_options(newer, t))
    if form == "json":
        parts = {"projects": project_lines, "issuances": issuance_lines, "others": other_lines}
        found_in_json = {
            "from": {"version": older.data_version, "as_of": first.isoformat()},
            "to": {"version": newer.data_version, "as_of": last.isoformat()},
            "summary": summary(found, t),
            "changes": {timing: found.timings[timing] for timing in TIMINGS},
            **{
                f"rungs_fy{year}": [asdict(e) | {"difference": e.difference} for e in effects]
                for year, effects in zip(found.new.years, (found.near, found.far), strict=True)
            },
            **{part: [asdict(x) for x in lines(found, names, t)] for part, lines in parts.items()},
        }
        sys.stdout.write(
            json.dumps(found_in_json, ensure_ascii=False, indent=2, default=date.isoformat) + "\n"
        )
    else:
        sys.stdout.write(markdown_of(found, names, t))
    return NOTHING if found.is_empty else DONE


def _edition(text: str, usual: Warehouse, day: date) -> tuple[Warehouse, date]:
    """Reads version@day, a version or a day. Raises ValueError naming what is kept, or the form expected."""
    code, _, when = text.partition("@")
    if text and not when and len(text) == len("yyyy-mm-dd") and text.count("-") == 2:
        code, when = "", text
    warehouse = usual
    if code:
        try:
            warehouse = version(code)
        except OlderFile:
            raise
        except WarehouseUnavailable as error:
            kept = ", ".join(kept_versions())
            raise ValueError(f"version {code} is not kept here; kept are {kept}") from error
    if not when:
        return warehouse, warehouse.data_as_of if code else day
    try:
        return warehouse, date.fromisoformat(when)
    except ValueError as error:
        raise ValueError(f"{when}: a day is written yyyy-mm-dd") from error
