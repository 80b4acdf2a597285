"""Whether a credit may be used in GX-ETS, Japan's emissions trading system: an illustration of reported rules.

Sources: press on the subcommittee of the Ministry of Economy, Trade and Industry of 2025-12-19 (vintage, limit), webinar of
the Ministry of the Environment of 2026-07-03 through article6-wiki (day of cancellation).
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from model.ledger.rules import (
    FINAL_STATES,
    FIRST_VINTAGE,
    JAPAN_COMPANIES,
    JAPAN_GOVERNMENT,
    STATES,
    UNALLOCATED,
)

USES: Final = ("usable", "not_usable", "not_known")
SCHEME: Final = ("before", "in force", "after")
"""A day is before the first compliance year, up to the last cancellation that the rules name, or after it."""
PARTNER: Final = "partner"
"""Any holder of the partner side."""
CODES: Final = ("VINTAGE-2021", "GX-ARTICLE6", "GX-HOLDERS-KIND", "GX-DEADLINE")

WHY: Final[Mapping[str, tuple[str, str]]] = {
    "spent": ("used or cancelled already", "使用又は取消し済み"),
    "early": ("reductions before the first vintage", "対象となる最初の年より前の削減分"),
    "partner": ("held by the partner side", "パートナー国側が保有"),
    "government": ("held by the government, not by a company", "企業ではなく日本政府が保有"),
    "not begun": ("the system had not begun", "制度の開始前"),
    "issue": ("whether it is issued", "発行の有無"),
    "holder": ("who holds it", "保有者"),
    "authorisation": ("whether it is authorised under Article 6", "6条に基づく承認の有無"),
    "vintage": ("in which year the reductions took place", "削減が行われた年"),
    "rules": ("the rules of later years", "以後の年度の規則"),
}
"""Why a credit is not usable, or what is not known of it; in English and in Japanese."""


class GxUse(NamedTuple):
    """Whether a credit is usable, and why not: the one reason, or all that is not known."""

    use: str
    why: tuple[str, ...] = ()


def gx_use(state: str, holder: str, vintage: int | None, scheme: str = SCHEME[1]) -> GxUse:
    """Whether credits of a state, a holder and a vintage (None where not known) may be used on a day of the scheme.

    Nothing earlier than the first vintage is authorised, so that of an authorised credit it need not be known.
    """
    is_authorised = state in STATES[STATES.index("authorised") :]
    excluded = {
        "spent": state in FINAL_STATES,
        "early": vintage is not None and vintage < FIRST_VINTAGE,
        "partner": holder == PARTNER,
        "government": holder == JAPAN_GOVERNMENT,
        "not begun": scheme == SCHEME[0],
    }
    if reasons := [why for why, is_so in excluded.items() if is_so]:
        return GxUse(USES[1], (reasons[0],))
    missing = {
        "issue": state == STATES[0] or holder == UNALLOCATED,
        "holder": holder != JAPAN_COMPANIES,
        "authorisation": not is_authorised,
        "vintage": vintage is None and not is_authorised,
        "rules": scheme == SCHEME[2],
    }
    unknown = tuple(why for why, is_so in missing.items() if is_so)
    return GxUse(USES[2], unknown) if unknown else GxUse(USES[0])
