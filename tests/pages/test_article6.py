"""The Article 6 page: what may count towards the NDC, told apart from what was issued."""

import re

import pytest

from tests.pages.reading import answer_of, html_of, opened

PAGE = "pages/article6.py"


def words_of(html: str) -> str:
    return re.sub("<.*?>", " ", re.sub("<style>.*?</style>", "", html, flags=re.DOTALL))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_speaks_its_language(lang: str) -> None:
    words = words_of(html_of(opened(PAGE, lang=lang)))
    japanese = re.findall("[ぁ-んァ-ヶ一-龠]", words)
    assert (len(japanese) > 600) == (lang == "ja")
    assert lang == "ja" or not set(japanese)
    assert ("no source states the rule" if lang == "en" else "確認できていません") not in words


def test_issued_and_usable_towards_the_ndc_are_told_apart() -> None:
    answer = answer_of(opened(PAGE, lang="en"))
    assert "0.76 to 0.83 Mt issued so far in our records." in answer
    assert "First transferred under Article 6: 88,200 t, of which 86,564 t reported, not confirmed." in answer
    assert "None is known to be used towards Japan's NDC." in answer


def test_before_the_first_transfer_none_is_told() -> None:
    answer = answer_of(opened(PAGE, lang="en", as_of="2025-10-31"))
    assert "None is known to be first transferred under Article 6." in answer
    words = words_of(html_of(opened(PAGE, lang="en", as_of="2025-10-31")))
    assert "No adjustment follows from what is known in this selection." in words


def test_a_partner_without_credits_says_so() -> None:
    words = words_of(html_of(opened(PAGE, lang="en", country="IND")))
    assert "No entry is known in this selection." in words
    assert "No issue with a known amount is in our records." in words
    assert "0 Mt" not in words


def test_a_range_is_held_with_both_ends() -> None:
    words = words_of(html_of(opened(PAGE, lang="en", country="KHM")))
    assert "550,000 to 612,525 t" in words
    assert "550,000～612,525t" in words_of(html_of(opened(PAGE, lang="ja", country="KHM")))


def test_the_rest_of_a_known_part_and_what_is_reported_are_told() -> None:
    words = words_of(html_of(opened(PAGE, lang="en", country="MNG")))
    assert "the rest, not known" in words
    assert "86,564 t (reported)" in words
    assert re.search(r"Mongolia\s+2021–2030\s+not known\s+86,564 t\s+of which 86,564 t reported", words)


def test_reports_are_offered_of_every_party_from_the_year_of_its_first_authorisation() -> None:
    def offered(**address: str) -> tuple[list[str], list[str]]:
        party, year = opened(PAGE, lang="en", **address).selectbox[:2]
        return list(party.options), list(year.options)

    parties, years = offered()
    assert parties == ["Japan", "Maldives", "Mongolia", "Palau", "Thailand"]
    assert years == ["2026", "2025"]
    assert offered(as_of="2024-06-30") == (["Japan"], ["2024"])


def test_an_implied_authorisation_is_marked() -> None:
    assert "AUTH-IMPLIED" in words_of(html_of(opened(PAGE, lang="en", country="THA")))


def test_adjustments_stand_at_the_vintage_and_in_the_ndc_period() -> None:
    words = words_of(html_of(opened(PAGE, lang="en")))
    assert re.search(r"Thailand\s+2021–2030\s+2021\s+1,009 t", words)
    assert re.search(
        r"2021–2030\s+88,200 t\s+of which 86,564 t reported, not confirmed\s+none known\s+–", words
    )


def test_the_partners_side_tells_an_expectation_from_what_happened() -> None:
    words = words_of(html_of(opened(PAGE, lang="en", country="CRI")))
    assert "None is known to be first transferred under Article 6." in words
    assert "an expectation, not a result" in words
    assert re.search(r"Costa Rica\s+–\s+none known\s+–\s+[\d.]+ to [\d.]+ Mt\s+106.5 Mt\s+2021–2030", words)
    words = words_of(html_of(opened(PAGE, lang="en", country="PHL")))
    assert re.search(r"Philippines\s+–\s+none known\s+–\s+[\d.]+ to [\d.]+ Mt\s+not known\s+not known", words)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_credits_are_chosen_by_their_use_in_gx_ets(lang: str) -> None:
    def listed(gx: str) -> str:
        html = html_of(opened(PAGE, lang=lang, gx=gx, country="THA"))
        return words_of(html[html.index("GX-ETS") :])

    held, early = (
        ("held by the government", "reductions before")
        if lang == "en"
        else ("日本政府が保有", "より前の削減分")
    )
    assert held in listed("not_usable")
    assert early in listed("all")
    assert held not in listed("not_known")
    none = "No credit of this kind" if lang == "en" else "該当するクレジットは確認されていません"
    assert none in listed("usable")
