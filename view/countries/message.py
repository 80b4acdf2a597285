"""The message of a country's profile: what it has on paper, what was verified, how far that is from what others have."""

from collections.abc import Sequence

from model.ranking import Standing
from view.amounts import amount_short, between, tonnes
from view.countries.content import CountryProfile
from view.texts import Texts


def message(profile: CountryProfile, t: Texts) -> str:
    """The country's expected and verified tonnes, each with its place among the partners that have any."""
    return t(
        "{country}: {paper}; {verified}",
        country=t.country(profile.iso3),
        paper=_on_paper(profile, t),
        verified=_verified(profile, t),
    )


def _own(standings: Sequence[Standing], profile: CountryProfile) -> Standing:
    return next(s for s in standings if s.iso3 == profile.iso3)


def _tonnes(standing: Standing, t: Texts) -> str:
    return between(standing.tco2 or 0, standing.tco2_high or 0, t, amount_short)


def _on_paper(profile: CountryProfile, t: Texts) -> str:
    own, is_japan = _own(profile.on_paper, profile), profile.selection.share == "japan"
    if own.value is None:
        if is_japan and own.with_estimate:
            return t("the Japanese side's part on paper is not known")
        return t("no estimate on paper") if own.projects else t("no project known")
    values = {
        "amount": _tonnes(own, t),
        "year": t.year(profile.first_year),
        **_place(profile.on_paper, own, t),
    }
    if is_japan:
        return t(
            "{amount} on paper for the Japanese side by {year} (no. {rank} of {n} partners of which it is known)",
            **values,
        )
    return t("{amount} on paper by {year} (no. {rank} of {n} partners with an estimate)", **values)


def _verified(profile: CountryProfile, t: Texts) -> str:
    own = _own(profile.verified, profile)
    if own.value is None:
        if not own.events:
            return t("no decision on issuance known")
        if profile.verified_rung == "japan":
            return t("the Japanese side's part of the credits is not known")
        return t("decided for issuance, amount not known")
    values = {"amount": _tonnes(own, t), **_place(profile.verified, own, t)}
    text = (
        t("{amount} to the Japanese side (no. {rank} of {n} with an amount)", **values)
        if profile.verified_rung == "japan"
        else t("{amount} decided for issuance (no. {rank} of {n} with an amount)", **values)
    )
    if not own.reported_tco2:
        return text
    return t("{text}, {tonnes} of it only reported", text=text, tonnes=tonnes(own.reported_tco2, t))


def _place(standings: Sequence[Standing], own: Standing, t: Texts) -> dict[str, str]:
    """Where a country stands, and among how many that have a value."""
    known = sum(1 for s in standings if s.value is not None)
    return {"rank": t.number(own.rank or 0), "n": t.number(known)}


def far_from_most(profile: CountryProfile, t: Texts) -> str:
    """How far the country is from those with the most; empty where it has the most itself or nothing to compare."""
    parts = []
    for is_paper, standings in ((True, profile.on_paper), (False, profile.verified)):
        first, own = standings[0], _own(standings, profile)
        if not first.tco2 or not own.tco2 or own.iso3 == first.iso3:
            continue
        ratio = first.tco2 / own.tco2
        values = {
            "country": t.country(first.iso3),
            "amount": _tonnes(first, t),
            "times": t.number(ratio, 1 if ratio < 100 else 0),
        }
        parts.append(
            t("{country} has the most on paper, {amount} ({times} times as much)", **values)
            if is_paper
            else t("{country} has the most verified, {amount} ({times} times as much)", **values)
        )
    return t("For comparison: {parts}.", parts=t("; ").join(parts)) if parts else ""
