"""Two spellings of a name are one, and what the rule cannot know is left to the record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.participant_names import KnownNames, plain_name, plain_names, unresolved_key

NAMES = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20).filter(
    lambda name: bool(plain_name(name)) and plain_name(name) == plain_name(plain_name(name))
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TISCO Tokyo Leasing Co.,Ltd.", "TISCO Tokyo Leasing Co., Ltd."),
        ("PT. Nikawa Textile Industry", "P.T. NIKAWA TEXTILE INDUSTRY Tbk"),
        ("University of the Philippines – Los Baños", "University of the Philippines - Los Banos"),
        ("丸紅株式会社", "丸紅（株）"),
        ("ＫＤＤＩ株式会社", "KDDI"),
        ("The Kansai Electric Power Company, Inc.", "Kansai Electric Power Co., Inc."),
        ("KUROTA MEXICO, S.A. DE C.V", "Kurota Mexico SA de CV"),
    ],
)
def test_spelling_and_legal_form_make_no_other_name(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kansai Energy Solutions (Thailand)", "Kansai Energy Solutions (Vietnam)"),
        ("Marubeni Green Power Asset (Thailand)", "Marubeni Green Power Asset 2 (Thailand)"),
        ("Sharp Corporation", "Sharp Energy Solutions Corporation"),
    ],
)
def test_place_number_and_business_make_another_name(one: str, other: str) -> None:
    assert plain_name(one) != plain_name(other)


@given(NAMES)
def test_a_legal_form_adds_nothing_to_a_name(name: str) -> None:
    assert (
        plain_name(f"{name} Co., Ltd.") == plain_name(f"PT. {name.upper()}")
        or name.upper().lower() != name.lower()
    )
    assert plain_names(f"{name}; {name} Inc.") == {plain_name(name)}


def test_a_name_of_two_is_nobodys_but_where_a_country_tells() -> None:
    known = KnownNames()
    known.add("Ministry of Energy", "mongolia", "MNG")
    known.add("Ministry of Energy", "thailand", "THA")
    known.add("Twin Inc.", "one")
    known.add("TWIN Ltd.", "other")
    assert known.find("Ministry of Energy", "MNG") == "mongolia"
    assert known.find("Ministry of Energy", "VNM") is None
    assert known.find("Twin") is None
    assert known.contested() == {"twin"}


def test_a_name_that_is_not_known_has_one_key_in_all_spellings() -> None:
    assert unresolved_key("架空商事株式会社") == unresolved_key("架空商事") == "as-recorded-架空商事"
    assert unresolved_key("Invented  Power LLC") == unresolved_key("INVENTED POWER")
