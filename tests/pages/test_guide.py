"""The explainer: both languages, an example that the ledger itself books, a term for every rung."""

import re

import pytest

from model.ladder import RUNGS
from model.ledger.ndc_period import NdcPeriod
from tests.model.adjustments import adjustments_of
from tests.pages.reading import html_of, opened
from view.guide.example import booked_steps
from view.guide.glossary import TERMS
from view.guide.term_links import SAID, TERM_OF_RUNG, with_terms

PAGE = "pages/guide.py"


def words_of(html: str) -> str:
    html = re.sub("<style>.*?</style>|<small lang=.*?</small>", "", html, flags=re.DOTALL)
    return re.sub("<.*?>", " ", html)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_speaks_its_language(lang: str) -> None:
    words = words_of(html_of(opened(PAGE, lang=lang)))
    japanese = re.findall("[ぁ-んァ-ヶ一-龠]", words)
    assert (len(japanese) > 1_000) == (lang == "ja")
    # Milestones without an English wording and units in use keep their Japanese.
    assert lang == "ja" or len(japanese) < 60


def test_the_worked_example_is_booked_without_a_fault_and_keeps_every_tonne() -> None:
    found, book = booked_steps()
    assert not book.faults
    assert not book.imbalances()
    assert [sum(tco2 for _, _, tco2 in held) for held in found] == [1_000] * 5
    rows = adjustments_of(book.accepted, book.events, NdcPeriod(2021, 2030, 2032))
    # The partner adds in the year of the reductions, Japan subtracts in the year of use.
    assert {(r.iso3, r.year, r.added_tco2, r.subtracted_tco2) for r in rows} == {
        ("MNG", 2024, 500, 0),
        ("JPN", 2026, 0, 400),
    }
    words = words_of(html_of(opened(PAGE, lang="en")))
    assert re.search(r"the partner\s+adds\s+500 t\s+\(2024\)", words)


def test_the_rule_of_2025_is_told() -> None:
    words = words_of(html_of(opened(PAGE, lang="en")))
    assert "On 1 April 2025" in words
    assert "1 April 2025" in words.split("by date")[1]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_rule_of_2021_is_told_with_how_well_it_is_known(lang: str) -> None:
    words = words_of(html_of(opened(PAGE, lang=lang, term="vintage")))
    assert ("Only reductions from 2021 on" if lang == "en" else "2021年以降に実現した削減分のみ") in words
    assert ("reported only" if lang == "en" else "未確認") in words


def test_every_term_has_both_languages() -> None:
    assert len({term.code for term in TERMS}) == len(TERMS)
    for term in TERMS:
        assert any(ord(c) > 0x2FFF for c in term.ja)
        assert any(ord(c) > 0x2FFF for c in term.meaning_ja)
        assert term.meaning_en.endswith(".")


def test_every_page_leads_here() -> None:
    for page in ("pages/target.py", "pages/credits.py", "pages/map.py"):
        assert 'href="guide?lang=en"' in html_of(opened(page, lang="en"))


def test_every_term_has_its_words_and_every_rung_its_term() -> None:
    assert set(SAID) == {term.code for term in TERMS}
    assert set(TERM_OF_RUNG) == {rung.code for rung in RUNGS}
    assert set(TERM_OF_RUNG.values()) <= set(SAID)


def test_terms_of_a_text_link_to_their_meaning_once_and_the_rest_is_text() -> None:
    html = with_terms("Issued <b>in</b> part: issued and verified tonnes.", "en")
    assert html.count("term=issuance") == 1
    assert html.count("term=verification") == 1
    assert "&lt;b&gt;in&lt;/b&gt; part: issued and" in html
    assert re.sub("<.*?>", "", with_terms("発行決定済みの量と配分", "ja")) == "発行決定済みの量と配分"
    assert "term=decision" in with_terms("発行決定済みの量と配分", "ja")
    assert "term=lapse" in with_terms("選定後長期未掲載の案件", "ja")
    assert "term=reported" in with_terms("of which 5 t reported, not confirmed", "en")


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_link_to_a_term_shows_its_meaning_first(lang: str) -> None:
    term = next(term for term in TERMS if term.code == "itmo")
    html = html_of(opened(PAGE, lang=lang, term="itmo"))
    meaning = term.meaning_en if lang == "en" else term.meaning_ja
    assert html.count(meaning) == 2, "first, and in the glossary"
    assert html.index(meaning) < html.index("jcm-terms")
    unknown = html_of(opened(PAGE, lang=lang, term="<script>"))
    assert unknown.count(meaning) == 1
    assert "<script>" not in unknown
    assert "term=&lt;script&gt;" in unknown, "what was ignored is said"


def test_the_sentences_of_the_target_page_link_their_terms() -> None:
    html = html_of(opened(lang="en"), with_term_links=True)
    linked = set(re.findall(r'class="jcm-term" href="guide\?lang=en&amp;term=(\w+)"', html))
    assert {"decision", "registration"} <= linked


@pytest.mark.parametrize(
    ("lang", "title", "made_for", "unknown"),
    [
        ("en", "Gender guideline", "made for it", "not known"),
        ("ja", "ジェンダー・ガイドライン", "対象事業", "不明"),
    ],
)
def test_safeguards_tell_what_is_known_of_each_programme(
    lang: str, title: str, made_for: str, unknown: str
) -> None:
    html = html_of(opened(PAGE, lang=lang))
    part = html[html.index(title) : html.index("jcm-terms")]
    assert part.count(f"<td>{made_for}</td>") == 1
    assert part.count(f"<td>{unknown}</td>") > 20
    assert "https://www.env.go.jp/earth/jcm" in part
