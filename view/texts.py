"""Texts by language: gettext catalogues for words, CLDR (through Babel) for numbers, dates and countries."""

import gettext
import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

Language = Literal["en", "ja", "es"]

Told = tuple[str, str]
"""What a figure tells: its message, one sentence without the full stop, empty where the data support none; and more."""

LANGUAGES: tuple[Language, ...] = ("ja", "en")
"""Languages in which everything is there: pages, files to take away, names of the record."""
PREVIEWS: tuple[Language, ...] = ("es",)
"""Languages with a catalogue for a part of the pages; the rest of a page is in English."""
LANGUAGE_NAMES: Mapping[Language, str] = {"ja": "日本語", "en": "English", "es": "Español (vista previa)"}
_FORMS = {"en": "en_GB"}
"""Where dates and lists are written as in one country: 23 November 2026; a, b and c."""
CATALOGUES = Path(__file__).parent / "locale"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_WITH_FORMER_NAME = frozenset({"MMR"})
_AS_THE_SITE = {("en", "VNM"): "Viet Nam", ("en", "LAO"): "Lao PDR"}
"""Names as the JCM website writes them, where CLDR has others."""


def language_of(browser_locale: str | None) -> Language:
    """Japanese for a browser set to Japanese, English for every other."""
    return "ja" if (browser_locale or "").lower().startswith("ja") else "en"


def catalogue_files(lang: Language) -> list[Path]:
    """The files of a language: one for what all pages share, one for each page or group of pages.

    English has none: it is the language of the texts in the code.
    """
    return sorted((CATALOGUES / lang / "LC_MESSAGES").glob("*.po"))


def _translations(lang: Language) -> gettext.NullTranslations:
    """The words of a language; without a catalogue the texts of the code."""
    files = catalogue_files(lang)
    if not files:
        return gettext.NullTranslations()
    catalogue = Catalog(locale=lang)
    for path in files:
        with path.open("rb") as file:
            for message in read_po(file, locale=lang):
                if message.id:
                    catalogue.add(message.id, message.string)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Texts:
    """Words, numbers and dates of one language. Call it with an English text to have that text in its language."""

    def __init__(self, lang: Language, wordings: Mapping[str, str] | None = None) -> None:
        """`wordings` is our Japanese of what the record keeps in English, by the English."""
        self.lang = lang
        self.wordings = wordings or {}
        self.locale = Locale.parse(_FORMS.get(lang, lang))
        self._words = _translations(lang)

    def __call__(self, message: str, /, **values: object) -> str:
        """The message in this language, its {named} places filled."""
        text = self._words.gettext(message)
        return text.format(**_apart(values)) if values else text

    def knowing(self, wordings: Mapping[str, str]) -> "Texts":
        """The same with the wordings of one data version."""
        return Texts(self.lang, wordings)

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """The message that fits the number; `{n}` is the number, written as the language writes it."""
        return self._words.ngettext(one, many, n).format(n=self.number(n), **_apart(values))

    @property
    def gap(self) -> str:
        """What separates two sentences."""
        return "" if self.lang == "ja" else " "

    def prose(self, told: Told) -> str:
        """What a figure tells as sentences after each other; what is empty is left out."""
        message, more = told
        stopped = f"{message}{'。' if self.lang == 'ja' else '.'}" if message else ""
        return self.gap.join(filter(None, (stopped, more)))

    def noted(self, text: str, note: str) -> str:
        """A text with a note in brackets: 2.1 Mt (4%), 210万t（4%）."""
        return f"{text}（{note}）" if self.lang == "ja" else f"{text} ({note})"

    def named(self, name: str, value: str) -> str:
        """A value behind its name: Mongolia: 3 projects, モンゴル：3件."""
        return f"{name}：{value}" if self.lang == "ja" else f"{name}: {value}"

    def span(self, first: str, last: str) -> str:
        """A range in short: 2013–2026, 2013～2026."""
        return f"{first}～{last}" if self.lang == "ja" else f"{first}–{last}"

    @property
    def of_files(self) -> Language:
        """The language of files made for the reader: that of the page, English for a preview."""
        return self.lang if self.lang in LANGUAGES else "en"

    @property
    def other(self) -> Language:
        """The other one of the two languages in which the record names things."""
        return "ja" if self.lang == "en" else "en"

    def other_of(self, en: str, ja: str) -> str:
        """The text of the data in the other language."""
        return en if self.other == "en" else ja

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with the language's separators and exactly this many decimals."""
        return _number(value, decimals, self.locale)

    def percent(self, share: float) -> str:
        """A share in percent: one decimal below 10 %, two below 1 %, never a rounded 0 for what is more."""
        if share <= 0:
            return format_percent(0, format="#,##0%", locale=self.locale)
        if share < 0.0001:
            return self("less than {share}", share=format_percent(0.0001, format="0.00%", locale=self.locale))
        decimals = 0 if share >= 0.1 else 1 if share >= 0.01 else 2
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + "%"
        return format_percent(share, format=pattern, locale=self.locale)

    def day(self, value: date) -> str:
        """A date: 23 November 2026, 2026年11月23日."""
        return format_date(value, "long", locale=self.locale)

    def day_short(self, value: date) -> str:
        """A date for axes and tables: 2026-11-23 in both languages."""
        return value.isoformat()

    def partial_day(self, value: date, precision: str) -> str:
        """A date known to the day, the month or the year only."""
        if precision == "year":
            return format_skeleton("y", value, locale=self.locale)
        if precision == "month":
            return format_skeleton("yMMMM", value, locale=self.locale)
        return self.day(value)

    def year(self, year: int, basis: str = "fiscal") -> str:
        """FY2030 and 2030年度, or 2030 and 2030年 for calendar years."""
        if basis == "fiscal":
            return self("FY{year}", year=year)
        return f"{year}年" if self.lang == "ja" else f"{year}"

    def country(self, iso3: str) -> str:
        """Name of a country by CLDR; raises KeyError for a code that CLDR does not know.

        A former name that CLDR adds in brackets, as to Myanmar, is left out as the ministries do.
        """
        if (self.lang, iso3) in _AS_THE_SITE:
            return _AS_THE_SITE[(self.lang, iso3)]
        name = str(self.locale.territories[_alpha2(iso3)])
        return name.partition(" (")[0] if iso3 in _WITH_FORMER_NAME else name

    def has_country(self, text: str) -> bool:
        """Whether a text is an ISO 3166-1 alpha-3 code."""
        return len(text) == 3 and text.isupper() and text in get_global("territory_aliases")

    def listing(self, items: list[str]) -> str:
        """Items in a row: a, b and c; a、b、c."""
        return format_list(items, locale=self.locale)

    def pick(self, en: str | None, ja: str | None) -> str:
        """The text of the data in this language, the other one where this one is missing.

        A preview shows the English one, translated where its catalogue has it.
        """
        first, second = (ja, en) if self.lang == "ja" else (en, ja)
        found = first or second or ""
        return self._words.gettext(found) if found and self.lang in PREVIEWS else found


def _apart(values: Mapping[str, object]) -> Mapping[str, object]:
    """The values, with a name that is written from right to left set apart, so that it turns nothing around it."""
    return {
        key: f"\u2068{value}\u2069" if isinstance(value, str) and _RIGHT_TO_LEFT.search(value) else value
        for key, value in values.items()
    }


def _alpha2(iso3: str) -> str:
    return str(get_global("territory_aliases")[iso3][0])


@lru_cache(maxsize=50_000)
def _number(value: float, decimals: int, locale: Locale) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=locale)


@cache
def texts(lang: Language) -> Texts:
    """The texts of a language, read once a process."""
    return Texts(lang)
