"""What the tables of the page share: parts of a whole as a bar, their names, and the events behind a row."""

from collections.abc import Mapping
from typing import Any

from view.marks.table import Markup, escape, small
from view.texts import Texts


def part_keys(names: Mapping[str, str]) -> Markup:
    """The names of the parts, each beside its colour."""
    keys = Markup("").join(
        Markup('<span><i class="jcm-swatch jcm-part-{}"></i>{}</span>').format(part, name)
        for part, name in names.items()
    )
    return Markup('<div class="jcm-keys">{}</div>').format(keys)


def parts_bar(tco2: Mapping[str, int]) -> Markup:
    """Parts of the whole that they make up; nothing is drawn of 0 t."""
    whole = sum(tco2.values())
    drawn = Markup("").join(
        Markup('<i class="jcm-part-{}" style="width:{:.2f}%"></i>').format(part, own / whole * 100)
        for part, own in tco2.items()
        if own
    )
    return Markup('<div class="jcm-parts" aria-hidden="true">{}</div>').format(drawn)


def events_cell(row: Mapping[str, Any], t: Texts) -> Markup:
    """The events, and how many of them have no amount."""
    missing = row["events_without_amount"]
    lacking = t("{n} without an amount", n=t.number(missing)) if missing else ""
    return escape(t.number(row["events"])) + small(lacking)
