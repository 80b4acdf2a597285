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
    assert re.search(r"Mongolia\s+2026\s+not known\s+86,564 t\s+of which 86,564 t reported", words)


def test_reports_are_offered_from_the_year_of_the_first_authorisation_on_record() -> None:
    def years(**address: str) -> list[str]:
        return list(opened(PAGE, lang="en", **address).selectbox[0].options)

    assert years() == ["2026", "2025"]
    assert years(country="MNG") == ["2026"]
    assert years(as_of="2024-06-30") == ["2024"]


def test_an_implied_authorisation_is_marked() -> None:
    assert "AUTH-IMPLIED" in words_of(html_of(opened(PAGE, lang="en", country="THA")))
