"""Whether GX-ETS could use a credit, and why not."""

from itertools import product

import pytest

from model.ledger.gx_eligibility import PARTNER, SCHEME, USES, WHY, gx_use
from model.ledger.rules import (
    FINAL_STATES,
    JAPAN_COMPANIES,
    JAPAN_GOVERNMENT,
    JAPAN_SIDE,
    NOT_KNOWN,
    STATES,
    UNALLOCATED,
)

HOLDERS = (JAPAN_GOVERNMENT, JAPAN_COMPANIES, JAPAN_SIDE, PARTNER, UNALLOCATED, NOT_KNOWN)


@pytest.mark.parametrize(
    ("state", "holder", "vintage", "use", "why"),
    [
        ("authorised", JAPAN_COMPANIES, 2021, "usable", ()),
        ("transferred", JAPAN_COMPANIES, 2025, "usable", ()),
        # Nothing earlier than the first vintage is authorised.
        ("transferred", JAPAN_COMPANIES, None, "usable", ()),
        ("issued", JAPAN_COMPANIES, 2020, "not_usable", ("early",)),
        ("transferred", JAPAN_GOVERNMENT, 2021, "not_usable", ("government",)),
        ("issued", PARTNER, 2022, "not_usable", ("partner",)),
        ("used_ndc", JAPAN_COMPANIES, 2021, "not_usable", ("spent",)),
        ("cancelled", JAPAN_COMPANIES, 2021, "not_usable", ("spent",)),
        ("issued", JAPAN_COMPANIES, 2021, "not_known", ("authorisation",)),
        ("issued", JAPAN_COMPANIES, None, "not_known", ("authorisation", "vintage")),
        ("transferred", JAPAN_SIDE, 2021, "not_known", ("holder",)),
        ("decided", UNALLOCATED, 2021, "not_known", ("issue", "holder", "authorisation")),
    ],
)
def test_the_rule_by_hand(
    state: str, holder: str, vintage: int | None, use: str, why: tuple[str, ...]
) -> None:
    assert gx_use(state, holder, vintage) == (use, why)


def test_the_system_begins_and_what_follows_its_last_named_year_is_not_known() -> None:
    before, _, after = SCHEME
    assert gx_use("transferred", JAPAN_COMPANIES, 2021, before) == ("not_usable", ("not begun",))
    assert gx_use("transferred", JAPAN_COMPANIES, 2021, after) == ("not_known", ("rules",))


def test_every_case_has_an_answer_and_every_other_answer_a_reason_in_both_languages() -> None:
    for state, holder, vintage, scheme in product(STATES, HOLDERS, (None, 2015, 2021), SCHEME):
        found = gx_use(state, holder, vintage, scheme)
        assert found.use in USES
        assert (found.use == "usable") == (not found.why)
        assert set(found.why) <= WHY.keys()
        assert state not in FINAL_STATES or found.use == "not_usable"
    assert all(any(ord(c) > 0x2FFF for c in japanese) for _, japanese in WHY.values())
