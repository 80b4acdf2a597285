"""Reads single cells of an own record as the record writes them."""

import re
import unicodedata

from etl.contracts import Table
from etl.contracts.columns import SAME
from etl.importers.layout import Found, plain_heading
from etl.importers.office_rows import listed_names, said_in, scaled_tonnes, scales_in
from etl.importers.selections import vocabulary
from etl.importers.source import Names
from etl.own_record.mapping import Mapped
from etl.sources.date_values import partial_date
from etl.sources.value_text import ValueNotUnderstood, in_half_width, states_no_amount
from etl.sources.values import reader

_VOCABULARIES = {"technology": ("technologies.csv", "技術"), "programme": ("programmes.csv", "支援事業")}
_NAMES = frozenset({"jp_participants", "partner_participants", "methodology"})
_WORDS = frozenset({"text"})


class CellReader:
    """Reads the cells of one table; a cell that states nothing gives none."""

    def __init__(self, contract: Table, found: Found, mapped: Mapped, names: Names) -> None:
        self._reads: dict[str, tuple[str, str]] = {}
        self._terms: dict[str, tuple[str, ...]] = {}
        for name, column in contract.schema.columns().items():
            meaning = column.metadata or {}
            heading = name if meaning["header"] == SAME else meaning["header"]
            if heading is not None:
                self._reads.setdefault(heading, (name, meaning["reads"]))
                self._terms.setdefault(heading, tuple(meaning["terms"] or ()))
        self._found, self._mapped, self._names = found, mapped, names

    def read(self, name: str, text: str) -> dict[str, str]:
        """Return the cell under the column of the record. Raises ValueNotUnderstood."""
        text = self._mapped.values.get(name, {}).get(text, said_in(text))
        if not text:
            return {}
        if name in {"country", "iso3"}:
            return {"iso3": self._country(text)}
        if name not in self._reads:
            return {}
        column, how = self._reads[name]
        if how not in _WORDS and states_no_amount(text):
            return {}
        return {name: self._value(name, column, how, text)}

    def _value(self, name: str, column: str, how: str, text: str) -> str:
        if how == "tonnes":
            return str(self._tonnes(name, column, text))
        if how == "text":
            return self._words(name, text)
        if how == "partial_date":
            return str(partial_date(text))
        if how == "year":
            plain = in_half_width(text)
            is_era = plain[:1] in "RHrh令平" and plain[-1:] in "0123456789元"
            text = f"{plain}年度" if is_era else plain
        value = reader(column, how)(text)
        return str(value).lower() if isinstance(value, bool) else str(value)

    def _tonnes(self, name: str, column: str, text: str) -> int:
        """Whole tonnes. A unit of the cell itself goes before that of its heading, that one before the mapping's."""
        scales = scales_in(self._found.unit_of(name)) or scales_in(self._mapped.unit) or {1}
        if scales_in(text) or scales == {1}:
            value = reader(column, "tonnes")(text)
            if int(value) < 0:  # type: ignore[arg-type]
                raise ValueNotUnderstood("an amount of zero or more", "0以上の量")
            return int(value)  # type: ignore[arg-type]
        if len(scales) > 1:
            raise ValueNotUnderstood("an amount in one unit", "単位が一つに定まる量")
        return scaled_tonnes(text, scales.pop())

    def _words(self, name: str, text: str) -> str:
        if name in _VOCABULARIES:
            return _term(text, *_VOCABULARIES[name], name)
        if self._terms[name] and text.casefold() not in self._terms[name]:
            known = ", ".join(self._terms[name])
            raise ValueNotUnderstood(f"one of {known}", f"{known} のいずれか")
        if self._terms[name]:
            return text.casefold()
        if name in _NAMES:
            return listed_names(text)
        if name == "project_ids":
            return ";".join(part for part in re.split(r"[;；、,\s]+", in_half_width(text)) if part)
        if name == "ref_no" or name.endswith("_id"):
            return unicodedata.normalize("NFKC", text).strip()
        return "; ".join(filter(None, (part.strip() for part in text.split("\n"))))

    def _country(self, text: str) -> str:
        plain = " ".join(unicodedata.normalize("NFKC", text).split())
        code = self._names.iso3(plain) or self._names.iso3(re.split(r"\s*/\s*", plain)[-1])
        if code is None or code == "JPN":
            raise ValueNotUnderstood("a partner country", "パートナー国")
        return code


def _term(text: str, file: str, what_ja: str, what_en: str) -> str:
    """Term of a vocabulary, from the term itself or its name in either language."""
    plain = plain_heading(text)
    for term, chosen in vocabulary(file):
        if plain in {plain_heading(name) for name in (term, chosen, *chosen.split(" / "))}:
            return term
    raise ValueNotUnderstood(f"a {what_en} of the list in the template", f"様式の一覧にある{what_ja}")
