"""The sentences at the head of the Article 6 page."""

from collections import Counter

from model.ledger.rules import STATES
from view.amounts import amount_short, as_reported, between, tonnes, with_reported
from view.ledger.content import Ledger
from view.texts import Texts, Told


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


def states_told(ledger: Ledger, t: Texts) -> Told:
    """How much of what was decided is not known to have gone on to a first transfer, and how the table is read."""
    how = t("Each tonne is counted once; the row and the column it stands in tell its holder and its state.")
    every = ledger.of_state(*STATES)
    moved = ledger.of_state("transferred", "used_ndc", "used_other", "cancelled")
    if not every.tco2_high:
        return "", how
    values = {"total": between(every.tco2_low, every.tco2_high, t, amount_short)}
    if not moved.tco2_high:
        return t("Of {total} decided, no first transfer of a known amount", **values), how
    return t("Of {total} decided, first transferred: {moved}", moved=moved.written(t, _exact), **values), how


def adjustments_told(ledger: Ledger, t: Texts) -> Told:
    """Who has to add most, and the rule."""
    if not ledger.adjustments:
        return "", t("No adjustment follows from what is known in this selection.")
    how = t(
        "The partner adds what it first transferred in the year in which the reductions took place; Japan"
        " subtracts in the year in which it uses them."
    )
    added, weak = Counter[str](), Counter[str]()
    for row in ledger.adjustments:
        if row["party"] != "JPN":
            added[row["party"]] += row["added_tco2"] or 0
            weak[row["party"]] += row["reported_tco2"] or 0
    total = added.total()
    if not total:
        return "", how
    party, most = max(added.items(), key=lambda item: (item[1], item[0]))
    values = {
        "country": t.country(party),
        "amount": as_reported(tonnes(most, t), t)
        if weak[party] == most
        else with_reported(tonnes(most, t), weak[party], t),
        "total": tonnes(total, t),
    }
    if most == total:
        return t("All that partners have to add so far is {country}'s: {amount}", **values), how
    return t("Of {total} that partners have to add so far, {country} adds the most: {amount}", **values), how


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
