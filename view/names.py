"""Words that a data version brings: its wordings, and the names of the values of each filter."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from queries.warehouse import OlderFile, Warehouse
from view.control_words import Option
from view.texts import Language, Texts, texts

Options = Mapping[str, list[Option]]
Names = Mapping[str, Mapping[str, str]]
"""Names of the values of each filter, in one language."""


def plain_name(name: str) -> str:
    """A name without the number before it and what stands in brackets, for sentences."""
    return re.split(r"\s*[(（]", name)[0].lstrip("0123456789 ")


def texts_of(warehouse: Warehouse, lang: Language) -> Texts:
    """The texts of a language with the wordings of the data version; a file from before there were any has none."""
    try:
        rows = warehouse.run("wordings").to_pylist()
    except OlderFile:
        rows = []
    return texts(lang).knowing({row["text_en"]: row["text_ja"] for row in rows})


def filter_options(warehouse: Warehouse, t: Texts, as_of: date | None = None) -> Options:
    """The values of each filter, named in one language, with the projects known to have them on a day.

    By default on the day of the data. Every value stays in its list on every day, so that a choice holds.
    """
    options: dict[str, list[Option]] = {}
    for row in warehouse.run("filter_options", as_of=as_of or warehouse.data_as_of).to_pylist():
        name = (
            t.country(row["value"]) if row["filter"] == "country" else t.pick(row["name_en"], row["name_ja"])
        )
        if row["filter"] == "sector" and row["value"] != "0":
            name = f"{row['value']} {name}"
        counted = t.noted(name, t.number(row["projects"]))
        options.setdefault(row["filter"], []).append(Option(row["value"], name, counted))
    return options


def former_values(warehouse: Warehouse) -> Mapping[tuple[str, str], str]:
    """Values that links made earlier hold, by filter and value: participants were known by their recorded names."""
    try:
        rows = warehouse.run("participant_names").to_pylist()
    except OlderFile:
        return {}
    return {("participant", row["participant"]): row["participant_id"] for row in rows if row["participant"]}


def names_of(options: Mapping[str, Sequence[Option]]) -> Names:
    """Names of the values of each filter."""
    return {key: {o.value: o.name for o in found} for key, found in options.items()}
