"""Words in which sources state their scope or their facts, in the reader's language.

The record keeps the English of each statement. Words known here are shown in the language of the page; others stand as
they were recorded, marked as English.
"""

import re
from html import escape

from view.texts import Texts

STATED_WORDS: tuple[str, ...] = (
    # Scopes of official totals.
    "176 adopted projects",
    "29 countries, mainly selected MOEJ model projects",
    "ADB JFJCM",
    "Bangladesh, first issuance",
    "Indonesia, first issuance, of 40 t",
    "JCM",
    "JCM MOEJ-funded",
    "JCM MoUs of 89 bilateral agreements worldwide (undated page)",
    "JCM and predecessor, 44 countries",
    "JCM projects supported",
    "JCM since 2013",
    "JCM, registered + pre-registration",
    "Japan national inventory, -27.1% against FY2013",
    "Japanese government financial support",
    "Lao PDR, first issuance",
    "MOEJ",
    "MOEJ (adopted)",
    "MOEJ 58 projects",
    "MOEJ JCM financing programmes",
    "MOEJ JCM model projects",
    "MOEJ JCM model projects (194)",
    "MOEJ JCM model projects (219)",
    "MOEJ adopted projects",
    "MOEJ and METI, 15 partner countries",
    "Thailand, first issuance",
    "Viet Nam, JCM website",
    "all JCM",
    "all JCM, 29 partner countries",
    "all JCM, 31 countries (weak third-party site)",
    "all JCM, cumulative",
    "all countries, 61 Parties (undated page)",
    "all countries: 6 buyers, 39 hosts, 136 pilot projects",
    "existing JCM projects if all continue",
    "first issuance: Indonesia, 2 projects",
    "government-funded JCM emission cuts between 2015 and 2030",
    "public-private, international reductions and removals",
    "public-private, international reductions and removals (2021 plan)",
    "world",
    # Figures stated for several projects together.
    "Two 9 MW Eurus solar projects (Teno and Yungay, FY2022)",
    "Third selection of FY2025 (Thailand and Cambodia)",
    "Two Mayekawa refrigeration projects",
    "Three Ebara / Nippon Koei chiller projects in textile factories",
    "Heat only boilers in Ulaanbaatar and Bornuur soum (one selection, FY2013)",
    "Two Palau solar projects (release of 2018-01-30)",
    "Issuances stated together",
    # Words of the databases on NDCs and on carbon pricing.
    "Economy-wide",
    "Sectoral",
    "BAU",
    "No",
    "Yes",
    "Yes, but not mentioned in NDC",
    "Yes, but not mentioned in the NDC",
    "Will be considered",
    "emissions trading",
    "emissions trading (GX-ETS, statutory)",
    "emissions trading (coal power plants)",
    "emissions trading (Carbon Credit Trading Scheme)",
    "emissions trading and exchange (pilot to 2028-12-31)",
    "offset mechanism of the Carbon Credit Trading Scheme",
    "carbon exchange",
    "carbon tax",
)
"""Every wording of the record that has a translation; the catalogues hold each."""

_KNOWN = frozenset(STATED_WORDS)
_SHARE_OF_TARGET = re.compile(r"^[\d.,%\- and]+(\((un)?conditional\)[\d.,%\- and]*)+$")


def stated(words: str, t: Texts) -> str:
    """The words in the reader's language: a country, a known wording, else as recorded. Plain text."""
    if t.has_country(words):
        return t.country(words)
    if words in _KNOWN:
        return t(words)
    if t.lang == "ja" and _SHARE_OF_TARGET.match(words):
        text = words.replace("unconditional", t("unconditional")).replace("conditional", t("conditional"))
        return text.replace(" and ", "、").replace(", ", "、").replace(" (", "(")
    return words


def stated_html(words: str, t: Texts) -> str:
    """The same as HTML; words that stay English on a Japanese page are marked so."""
    text = stated(words, t)
    if t.lang != "en" and text == words and re.search("[A-Za-z]{4}", text):
        return f'<span lang="en">{escape(text)}</span>'
    return escape(text)
