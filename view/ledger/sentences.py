"""The sentences at the head of the Article 6 page."""

from model.ledger.rules import STATES
from view.amounts import amount_short, between, tonnes
from view.ledger.content import Ledger
from view.texts import Texts


def answer(ledger: Ledger, t: Texts) -> str:
    """How much is issued, and how much of it can count towards the NDC."""
    issued = ledger.of_state(*STATES[1:])
    moved = ledger.of_state("transferred", "used_ndc", "used_other", "cancelled")
    used = ledger.of_state("used_ndc")
    first = t("No issue with a known amount is in our records.")
    if issued.tco2_high:
        first = t(
            "{issued} issued so far in our records.",
            issued=between(issued.tco2_low, issued.tco2_high, t, amount_short),
        )
    if not moved.tco2_high and not moved.without_amount:
        second = t("None is known to be first transferred under Article 6.")
    elif not moved.tco2_high:
        second = t.count(
            "{n} first transfer under Article 6, amount not stated.",
            "{n} first transfers under Article 6, amounts not stated.",
            moved.without_amount,
        )
    else:
        second = t("First transferred under Article 6: {amount}.", amount=moved.written(t, _exact))
    third = t("None is known to be used towards Japan's NDC.")
    if used.tco2_high or used.without_amount:
        third = t("{amount} used towards Japan's NDC.", amount=used.written(t, _exact))
    return t.gap.join((first, second, third))


def _exact(tco2: float, t: Texts) -> str:
    return tonnes(round(tco2), t)


def under(ledger: Ledger, t: Texts) -> str:
    """What the ledger is."""
    parts = [
        t("Every tonne stands in one state and with one holder; what is not stated stays unknown"),
        ledger.filters_text or t("all partner countries, public and private"),
        t("as of {day}", day=t.day(ledger.selection.as_of)),
    ]
    return " · ".join(parts)
