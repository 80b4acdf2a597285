"""How tonnes are written: Mt-CO₂ and 万t-CO₂, with as many digits as the figure deserves."""

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


def amount_elsewhere(tco2: float, t: Texts) -> str:
    """The same figure as readers of the other language know it."""
    return f"{megatonnes(tco2, t)} Mt" if t.lang == "ja" else ten_thousands(tco2, t)


def per_year(tco2: float, t: Texts) -> str:
    """A pace: 19.9 Mt a year, 1,990万t/年."""
    return f"{ten_thousands(tco2, t)}/年" if t.lang == "ja" else f"{amount_short(tco2, t)} a year"


def tonnes(tco2: int, t: Texts) -> str:
    """Exact tonnes: 163,654 t."""
    return f"{t.number(tco2)} t"
