"""How tonnes are written: Mt-CO₂ and 万t-CO₂, with as many digits as the figure deserves; a range with both its ends."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from view.texts import Texts

MEGATONNE = 1_000_000
TEN_THOUSAND = 10_000


def _decimals(value: float) -> int:
    for limit, decimals in ((1, 1), (0.1, 2), (0.01, 3), (0.001, 4), (0.0001, 5)):
        if value >= limit:
            return decimals
    return 6


def megatonnes(tco2: float, t: Texts) -> str:
    """The number alone, in Mt: 100, 23.2, 0.16, 0.0003."""
    value = tco2 / MEGATONNE
    decimals = _decimals(abs(value))
    # A round figure stays round: 100, not 100.0; 0.7, not 0.70.
    while decimals and round(tco2) % 10 ** (6 - decimals + 1) == 0:
        decimals -= 1
    return t.number(value, decimals)


def ten_thousands(tco2: float, t: Texts) -> str:
    """In 億t and 万t as Japanese ministries write it: 1億6,040万t, 7,680万t, 16.4万t, 300t."""
    if abs(tco2) < TEN_THOUSAND:
        return f"{t.number(round(tco2))}t"
    if abs(tco2) < 100 * TEN_THOUSAND:
        decimals = 0 if round(tco2) % TEN_THOUSAND == 0 else 1
        return f"{t.number(tco2 / TEN_THOUSAND, decimals)}万t"
    whole = round(tco2 / TEN_THOUSAND)
    hundred_millions, rest = divmod(whole, TEN_THOUSAND)
    if not hundred_millions:
        return f"{t.number(rest)}万t"
    return (
        f"{t.number(hundred_millions)}億{t.number(rest)}万t" if rest else f"{t.number(hundred_millions)}億t"
    )


def amount(tco2: float, t: Texts) -> str:
    """The figure with its unit as the language writes it: 23.2 Mt-CO₂, 2,320万t-CO₂."""
    if t.lang == "ja":
        return f"{ten_thousands(tco2, t)}-CO₂"
    if 0 < abs(tco2) < TEN_THOUSAND:
        return f"{t.number(round(tco2))} t-CO₂"
    return f"{megatonnes(tco2, t)} Mt-CO₂"


def amount_short(tco2: float, t: Texts) -> str:
    """The same without the gas: 23.2 Mt, 2,320万t."""
    return amount(tco2, t).removesuffix("-CO₂")


def per_year(tco2: float, t: Texts) -> str:
    """A pace: 19.9 Mt a year, 1,990万t/年."""
    return t("{amount} a year", amount=amount_short(tco2, t))


def tonnes(tco2: int, t: Texts) -> str:
    """Exact tonnes: 163,654 t, in Japanese 163,654t."""
    return f"{t.number(tco2)}t" if t.lang == "ja" else f"{t.number(tco2)} t"


_UNIT = re.compile(r" ?M?t(?:-CO₂)?(?:/年| \D+)?$")
"""The unit behind a figure, written once behind a range."""


def between(low: float, high: float, t: Texts, write: Callable[[float, Texts], str] = amount) -> str:
    """A figure known between two limits, in the words of `write`: 0.55 to 0.61 Mt-CO₂, 55万～61.3万t-CO₂.

    Equal limits, and limits that are written alike, are one figure.
    """
    first, last = write(low, t), write(high, t)
    if first == last:
        return first
    unit = _UNIT.search(last)
    if unit and first.endswith(unit[0]):
        first = first.removesuffix(unit[0])
    return t("{low} to {high}", low=first, high=last)


def tonnes_between(low: int, high: int, t: Texts) -> str:
    """Exact limits: 550,000 to 612,525 t, or one figure."""
    return between(low, high, t, lambda tco2, words: tonnes(round(tco2), words))


def reported(tco2: int, t: Texts) -> str:
    """The part of a sum that rests on sources alone that are never believed alone; empty for none."""
    return t("of which {tonnes} reported, not confirmed", tonnes=tonnes(tco2, t)) if tco2 else ""


def with_reported(text: str, reported_tco2: int, t: Texts) -> str:
    """A sum, and the part of it that rests on sources alone that are never believed alone where there is one."""
    if not reported_tco2:
        return text
    return t("{amount}, {reported}", amount=text, reported=reported(reported_tco2, t))


def event_tonnes(row: Mapping[str, Any], t: Texts) -> str:
    """The amount of an event (tco2_low, tco2_high, amount_basis, is_reported) as exactly as it is known."""
    if row["tco2_low"] is None:
        return t("not known")
    text = tonnes_between(row["tco2_low"], row["tco2_high"], t)
    if row["amount_basis"] == "at least":
        text = t("at least {amount}", amount=text)
    return as_reported(text, t) if row["is_reported"] else text


def japanese_tonnes(row: Mapping[str, Any], t: Texts) -> str:
    """The Japanese part of an event (japan_low_tco2, japan_high_tco2): not known where it may be nothing or the whole."""
    low, high = row["japan_low_tco2"], row["japan_high_tco2"]
    if low is None or (low == 0 and high == row["tco2_high"]):
        return t("not known")
    return tonnes_between(low, high, t)


def basis_names(t: Texts) -> dict[str, str]:
    """How far the amount of an event is known."""
    return {
        "exact": t("exactly"),
        "range": t("as a range"),
        "at least": t("a part only"),
        "unknown": t("not known"),
    }


def as_reported(text: str, t: Texts) -> str:
    """A figure or a fact that rests on sources alone that are never believed alone, with its mark."""
    return t("{text} (reported)", text=text)
