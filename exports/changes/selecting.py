"""What a feed or a watch list asks for by the names of the shared filters, checked against the data."""

from collections.abc import Mapping, Sequence
from typing import Final

from model.filters import FILTER
from model.near_matches import near_matches
from queries.warehouse import Warehouse
from view.control_words import filter_labels
from view.names import filter_options, former_values, names_of, texts_of
from view.selection import Selection
from view.texts import Texts

SYNONYMS: Final = {"stage": "status"}
"""What else a filter may be called; addresses of pages call the stage of a project its status."""
_LETTERS = 60
_ALL_NAMED = 20


class NotThere(ValueError):
    """A filter or a value that is not there, in the reader's words, with what is near.

    `key` is what was asked for; `is_value` where the filter is there and the value is not.
    """

    def __init__(self, key: str, said: str, near: Sequence[str], t: Texts, *, is_value: bool) -> None:
        self.key = key
        self.is_value = is_value
        hint = t("Near: {names}.", names=t.listing(list(near))) if near else ""
        super().__init__(t.gap.join(filter(None, (said, hint))))


def selection_of(given: Mapping[str, Sequence[str]], warehouse: Warehouse, t: Texts) -> Selection:
    """The selection of values by names of filters, on the day of the data; each value once and in order.

    Raises NotThere.
    """
    names = names_of(filter_options(warehouse, t))
    renamed = former_values(warehouse) if "participant" in given else {}
    chosen: dict[str, set[str]] = {}
    for asked, values in given.items():
        key = SYNONYMS.get(asked, asked)
        if key not in FILTER:
            said = t("There is no choice “{key}”.", key=asked[:_LETTERS])
            known = [*FILTER, *SYNONYMS]
            near = near_matches(asked, dict.fromkeys(known, ())) or known
            raise NotThere(asked, said, near, t, is_value=False)
        for text in values:
            value = renamed.get((key, text), text)
            if value not in names[key]:
                raise _no_value(asked, text, names[key], warehouse, t)
            chosen.setdefault(key, set()).add(value)
    return Selection(warehouse.data_as_of).narrowed(**{key: sorted(some) for key, some in chosen.items()})


def _no_value(asked: str, text: str, own: Mapping[str, str], warehouse: Warehouse, t: Texts) -> NotThere:
    key = SYNONYMS.get(asked, asked)
    other = names_of(filter_options(warehouse, texts_of(warehouse, t.other)))[key]
    near = near_matches(text, {value: (name, other.get(value, "")) for value, name in own.items()})
    if not near and len(own) <= _ALL_NAMED:
        near = list(own)
    said = t("“{label}” has no value “{value}”.", label=filter_labels(t)[key][1], value=text[:_LETTERS])
    return NotThere(
        asked,
        said,
        [value if own[value] == value else t.noted(value, own[value]) for value in near],
        t,
        is_value=True,
    )
