"""The keys of the address: every control, the fixed options it has, and what earlier links called their values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from model.filters import FILTER
from model.outlook.parameters import PARAMETER

Kind = Literal["many", "one", "day", "text", "number"]

LANGUAGE_KEY = "lang"


@dataclass(frozen=True)
class Control:
    """A control: its key in the address, the field of Selection it sets, and its fixed options if it has any.

    The first option is the default and is not written. `field` is empty for a choice of one page alone.
    """

    key: str
    field: str
    kind: Kind
    options: tuple[str, ...] = ()

    @property
    def is_shared(self) -> bool:
        """Whether more than one page draws it, so that its value is kept when the page changes."""
        return bool(self.field)


CONTROLS: tuple[Control, ...] = (
    *(Control(key, "chosen", "many") for key in FILTER),
    Control("measure", "measure", "one", ("expected", "combined")),
    Control("share", "share", "one", ("total", "japan")),
    Control("form", "form", "one", ("cumulative", "yearly")),
    Control("year", "year_basis", "one", ("fiscal", "calendar")),
    Control("dating", "dating", "one", ("monitoring_period", "decision")),
    Control("axis", "axis", "one", ("auto", "targets", "data")),
    Control("as_of", "as_of", "day"),
    Control("v", "pinned", "one", ("",)),
    Control("record", "record", "one", ("public", "own")),
    # Of single pages.
    Control("iso3", "", "text"),
    Control("project", "", "text"),
    Control("name", "", "text"),
    Control("term", "", "text"),
    Control("methodology", "", "text"),
    Control("figure", "", "one"),
    Control("per", "", "one"),
    Control("until", "", "one"),
    Control("by", "", "one"),
    Control("cell", "", "one"),
    Control("q", "", "text"),
    Control("sort", "", "one"),
    Control("column", "", "many"),
    Control("page", "", "number"),
    Control("colour", "", "one"),
    Control("built_by", "", "number"),
    Control("show", "", "one"),
    Control("scenario", "", "one"),
    Control("goal", "", "one"),
    Control("query", "", "text"),
    Control("sql", "", "text"),
    Control("values", "", "text"),
    Control("version", "", "text"),
    Control("draw", "", "one"),
    Control("counted", "", "one"),
    Control("table", "", "one"),
    Control("gx", "", "one"),
    Control("audience", "", "one"),
    Control("scope", "", "one"),
    Control("pack", "", "one"),
    Control("earlier", "", "day"),
    Control("before", "", "one"),
    Control("compare", "", "one"),
    Control("first", "", "one"),
    Control("second", "", "one"),
    *(Control(name, "", "number") for name in PARAMETER),
    Control("count_for", "", "one"),
    Control("count_by", "", "one"),
    Control("deadline", "", "day"),
    Control("period_from", "", "number"),
    Control("period_to", "", "number"),
    Control("covered_mt", "", "text"),
)

SHARED_KEYS: tuple[str, ...] = (*FILTER, "share", "year", "dating", "as_of", "v", "record")
"""What a link to another page carries along."""

CONTROL: Mapping[str, Control] = {control.key: control for control in CONTROLS}


RENAMED: Mapping[tuple[str, str], str] = {("scenario", "announced-policies"): "more-private-projects"}
"""Values that links made earlier hold, by key and value, and what they are called now."""
