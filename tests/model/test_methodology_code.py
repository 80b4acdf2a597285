"""Codes and versions of methodologies, as lists and projects write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.methodology_code import NamedMethodology, code_of, methodologies_named, version_of

CODES = st.from_regex(r"[A-Z]{2}_(AM|PM)[0-9]{3}", fullmatch=True)
VERSIONS = st.tuples(st.integers(1, 99), st.integers(0, 9))


@given(st.dictionaries(CODES, VERSIONS, min_size=1, max_size=4), st.sampled_from(("", "JCM_")))
def test_every_methodology_of_a_list_is_named_once_with_its_version(
    stated: dict[str, tuple[int, int]], prefix: str
) -> None:
    cell = "; ".join(f"{prefix}{code} Ver{major:02}.{minor}" for code, (major, minor) in stated.items())
    wanted = [NamedMethodology(code, f"{major}.{minor}") for code, (major, minor) in stated.items()]
    assert methodologies_named(cell) == wanted
    assert methodologies_named(f"{cell};{cell}") == wanted


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("MN_AM003", [("MN_AM003", None)]),
        ("mn-am003 (ver. 2)", [("MN_AM003", "2.0")]),
        ("MN_AM003 Ver2.0, ver 3; TH_AM001", [("MN_AM003", None), ("TH_AM001", None)]),
        ("to be decided", []),
        ("", []),
    ],
)
def test_what_is_no_code_is_left_out_and_no_version_is_made_up(
    cell: str, named: list[tuple[str, str | None]]
) -> None:
    assert [(m.code, m.version) for m in methodologies_named(cell)] == named


@pytest.mark.parametrize(
    ("text", "version"), [("1", "1.0"), ("Ver02.1", "2.1"), ("version 3", "3.0"), ("A", None)]
)
def test_a_version_is_read_however_it_is_written(text: str, version: str | None) -> None:
    assert version_of(text) == version


@pytest.mark.parametrize(
    ("text", "code"), [("MN_AM001", "MN_AM001"), ("JCM_MN_PM001", "MN_PM001"), ("MN001", None)]
)
def test_a_code_is_of_a_country_and_a_number(text: str, code: str | None) -> None:
    assert code_of(text) == code
