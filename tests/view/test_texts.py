"""The catalogue is complete and agrees with the code; numbers, dates and countries follow CLDR."""

import ast
import re
import string
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from model.filters import FILTERS
from model.ladder import RUNGS
from queries.catalogue import catalogue as queries
from view.guide.glossary import TERMS
from view.texts import PREVIEWS, Language, catalogue_files, language_of, texts

ROOT = Path(__file__).parent.parent.parent
SPEAKING = ("pages", "view", "exports", "serve")
"""Rooms whose texts a reader sees."""
Message = str | tuple[str, str]


def messages_in_code() -> set[Message]:
    found: set[Message] = set()
    rooms = [path for room in SPEAKING for path in (ROOT / room).rglob("*.py")]
    for path in [ROOT / "app.py", *rooms]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            function = node.func
            name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
            texts_given = [
                a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
            ]
            if name in {"t", "self"} and texts_given:
                found.add(texts_given[0])
            elif name == "count" and len(texts_given) >= 2:
                found.add((texts_given[0], texts_given[1]))
    for room in SPEAKING:
        for path in (ROOT / room).rglob("templates/*.html"):
            tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
            given = (text for _, _, text in extract_from_ast(tree, ("t",)))
            # With values for its places, a message comes with them.
            found |= {text if isinstance(text, str) else str(text[0]) for text in given}
    return found


def catalogue(lang: Language) -> dict[Message, Message]:
    held: dict[Message, Message] = {}
    for path in catalogue_files(lang):
        with path.open("rb") as file:
            for message in read_po(file, locale=lang):
                if message.id:
                    assert message.id not in held, f"{path.name} repeats {message.id}"
                    held[message.id] = message.string
    return held


def test_the_catalogue_holds_every_message_and_no_other() -> None:
    in_code, held = messages_in_code(), set(catalogue("ja"))
    assert in_code - held == set(), "not translated"
    assert held - in_code == set(), "no longer used"


def test_a_translation_is_there_and_keeps_every_named_place() -> None:
    for message, translation in catalogue("ja").items():
        originals = [message] if isinstance(message, str) else list(message)
        translations = [translation] if isinstance(translation, str) else list(translation)
        assert all(translations), message
        wanted = set().union(*(places(o) for o in originals))
        for text in translations:
            given = places(text)
            assert given <= wanted, (message, text)
            if isinstance(message, str):
                assert given >= min((places(o) for o in originals), key=len), (message, text)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", PREVIEWS)
def test_a_preview_translates_texts_that_are_there_and_keeps_every_named_place(lang: Language) -> None:
    names = {
        text for one in (*RUNGS, *TERMS, *FILTERS) for text in vars(one).values() if isinstance(text, str)
    }
    held = catalogue(lang)
    assert len(held) > 300
    assert set(held) - messages_in_code() - names == set(), "no longer used"
    for message, translation in held.items():
        originals = [message] if isinstance(message, str) else list(message)
        for text in [translation] if isinstance(translation, str) else translation:
            assert text
            assert places(text) <= set().union(*(places(o) for o in originals)), (message, text)
            assert text.count("[") == originals[0].count("["), message


def test_japanese_is_japanese() -> None:
    same_in_both = {"SHA-256"}
    for message, translation in catalogue("ja").items():
        text = translation if isinstance(translation, str) else translation[0]
        letters = [c for c in text if ord(c) > 0x2FFF]
        english = message if isinstance(message, str) else message[0]
        has_words = re.search("[A-Za-z]{3}", re.sub(r"\{.*?\}|tCO2", "", english))
        assert letters or not has_words or message in same_in_both, message


JAPANESE_SIDE = "[{}\u3041-\u30ff\u3400-\u9fff]"
"""A letter, or the end of a named place."""


def japanese_texts() -> list[str]:
    """What a reader sees in Japanese: catalogue, names of stages, filters and terms, and the heads of the queries."""
    words = [text for one in catalogue("ja").values() for text in ([one] if isinstance(one, str) else one)]
    words += [
        text for one in (*RUNGS, *TERMS, *FILTERS) for name, text in vars(one).items() if name.endswith("ja")
    ]
    words += [
        text
        for query in queries().values()
        for text in (query.title_ja, *(one.ja for one in (*query.parameters, *query.columns)))
    ]
    return words


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        ("full-width signs", rf"{JAPANESE_SIDE} ?[(),:;]|[(),:;] ?{JAPANESE_SIDE}"),
        ("～ for a range", "[~〜]|[0-9}]–[0-9{]"),
        ("案件, but for official names", "(?<!JCM)プロジェクト(?!一覧|設計書|概要書)"),
        ("no space before a unit", r"[0-9}] t(?![A-Za-z])"),
        ("実施規則", "実施ルール"),
        ("緩和の成果", "緩和成果"),
        ("国際協力排出削減量口座簿", "クレジット口座簿"),
    ],
)
def test_japanese_is_written_one_way(rule: str, broken: str) -> None:
    assert [text for text in japanese_texts() if re.search(broken, text)] == [], rule


def test_english_names_stages_and_medians() -> None:
    for message in catalogue("ja"):
        for text in [message] if isinstance(message, str) else message:
            assert not re.search(r"\brungs?\b|\bmiddle\b(?! half)", re.sub(r"\{.*?\}", "", text)), text


def test_no_text_tells_an_expectation_as_a_result_or_as_a_lower_bound() -> None:
    told = re.compile(
        r"\b(brought|would bring|brings|lower bounds?|level (as of|on)|from today.s level)\b|下限値|水準",
        re.IGNORECASE,
    )
    for message, translation in catalogue("ja").items():
        for one in (message, translation):
            for text in [one] if isinstance(one, str) else one:
                assert not told.search(text), text


def test_language_follows_the_browser() -> None:
    assert language_of("ja-JP") == "ja"
    assert language_of("ja") == "ja"
    assert language_of("en-GB") == "en"
    assert language_of("mn-MN") == "en"
    assert language_of(None) == "en"


def test_dates_and_fiscal_years() -> None:
    day = date(2026, 11, 23)
    assert texts("en").day(day) == "23 November 2026"
    assert texts("ja").day(day) == "2026年11月23日"
    assert texts("en").partial_day(date(2024, 6, 1), "month") == "June 2024"
    assert texts("ja").partial_day(date(2024, 6, 1), "month") == "2024年6月"
    assert texts("ja").partial_day(date(2016, 1, 1), "year") == "2016年"
    assert texts("ja").year(2030) == "2030年度"
    assert texts("en").year(2030) == "FY2030"
    assert texts("en").year(2030, "calendar") == "2030"


def test_shares_never_read_as_zero_when_they_are_not() -> None:
    t = texts("en")
    assert t.percent(0) == "0%"
    assert t.percent(0.0016) == "0.16%"
    assert t.percent(0.031) == "3.1%"
    assert t.percent(0.232) == "23%"
    assert t.percent(0.00001) == "less than 0.01%"
    assert texts("ja").percent(0.00001) == "0.01%未満"


def test_every_partner_has_a_name_in_both_languages() -> None:
    for line in (ROOT / "data/snapshot/partner_countries.csv").read_text(encoding="utf-8").splitlines()[1:]:
        iso3 = line.split(",", 1)[0]
        assert texts("en").country(iso3)
        assert texts("ja").country(iso3) != texts("en").country(iso3)


def test_a_country_stands_without_its_former_name() -> None:
    assert texts("ja").country("MMR") == "ミャンマー"
    assert texts("en").country("MMR") == "Myanmar"
