"""What is known of each partner country, from its signature to the first transfer."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from view.amounts import tonnes_between
from view.countries.ranking_content import Countries
from view.marks.table import Column, Markup, Table, linked, small
from view.texts import Texts, Told

Link = Callable[..., str]
Row = Mapping[str, Any]


def signed_words(partner: Row, t: Texts) -> str:
    """Day of signature, or the interval in which it lies."""
    if partner["signed_precision"] == "day":
        return t.day_short(partner["signed_to_on"])
    return f"{t.day_short(partner['signed_from_on'])} – {t.day_short(partner['signed_to_on'])}"


def matrix_html(countries: Countries, link: Link, t: Texts) -> Markup:
    """Signed, methodologies, projects by stage, credits, ITMOs, and which facts we hold, by country."""
    heads = (
        t("Partner country"),
        t("Signed"),
        t("Methodologies"),
        t("Selected long ago, never listed"),
        t("Selected or planned"),
        t("Under validation"),
        t("Registered"),
        t("Issuance decided"),
        t("Issued"),
        t("Authorised and first transferred"),
        t("NDC facts"),
        t("Carbon pricing facts"),
    )
    head = Markup("").join(
        Markup('<th scope="col" class="{}">{}</th>').format("" if i < 2 else "jcm-n", name)
        for i, name in enumerate(heads)
    )
    body = Markup("").join(_row(p, link, t) for p in countries.partners)
    return Markup(
        '<div class="jcm-scroll"><table class="jcm-tight jcm-matrix"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(head, body)


def _row(partner: Row, link: Link, t: Texts) -> Markup:
    start = Markup('<th scope="row">{}</th><td>{}</td>').format(
        linked(link("country", iso3=partner["iso3"]), t.country(partner["iso3"])), signed_words(partner, t)
    )
    if not partner["is_partner"]:
        return Markup(
            '<tr class="jcm-kept jcm-state-not-yet-a-partner">{}<td colspan="10">{}</td></tr>'
        ).format(start, t("not yet a partner"))
    low, high = partner["notified_low_tco2"], partner["notified_high_tco2"]
    amount = t("amount not known") if low is None else tonnes_between(low, high, t)
    counted = (
        "methodologies",
        "dormant",
        "pipeline",
        "validation",
        "registered",
        "notified",
        "issued",
        "itmo",
    )
    cells = [
        *(_count(partner[key], t, amount if key == "notified" else "") for key in counted),
        *(
            _fact(t("held") if partner[key] else t("no data"), has=partner[key])
            for key in ("has_ndc", "has_pricing")
        ),
    ]
    return Markup("<tr>{}{}</tr>").format(start, Markup("").join(cells))


def _count(n: int, t: Texts, remark: str) -> Markup:
    if n:
        return Markup('<td class="jcm-n jcm-has">{}{}</td>').format(t.number(n), small(remark))
    return Markup('<td class="jcm-n jcm-none" title="{}">·</td>').format(t("none known"))


def _fact(words: str, *, has: bool) -> Markup:
    return Markup('<td class="jcm-n {}">{}</td>').format("jcm-has" if has else "jcm-nodata", words)


def matrix_told(countries: Countries, t: Texts) -> Told:
    """How many partners have come how far, and how the table is read."""
    partners = [p for p in countries.partners if p["is_partner"]]
    registered, decided, moved = (
        t.number(sum(bool(p[key]) for p in partners)) for key in ("registered", "notified", "itmo")
    )
    message = t(
        "Of {n} partner countries {registered} have a registered project, {decided} a decision on issuance and {moved} a"
        " first transfer under Article 6",
        n=t.number(len(partners)),
        registered=registered,
        decided=decided,
        moved=moved,
    )
    how = t(
        "A dot: none known. “No data”: our facts do not cover it. The filters do not apply; the day does."
    )
    return message if len(partners) > 1 else "", how


def matrix_table(countries: Countries, t: Texts) -> Table[Row]:
    """The matrix for files."""
    filed = partial(Column[Row], cell=None)
    number, tonnes = partial(filed, kind="number"), partial(filed, kind="tonnes")
    return Table(
        (
            filed("iso3", t("Partner country"), value=lambda p: t.country(p["iso3"])),
            filed("signed", t("Signed"), value=lambda p: signed_words(p, t)),
            filed("is_partner", t("Partner on this day")),
            number("methodologies", t("Methodologies")),
            number("dormant", t("Selected long ago, never listed")),
            number("pipeline", t("Selected or planned")),
            number("validation", t("Under validation")),
            number("registered", t("Registered")),
            number("notified", t("Issuance decisions")),
            tonnes("notified_low_tco2", t("Issuance decided, low end (tCO2)")),
            tonnes("notified_high_tco2", t("Issuance decided, high end (tCO2)")),
            number("issued", t("Issued")),
            number("itmo", t("Authorised and first transferred")),
            filed("has_ndc", t("NDC facts")),
            filed("has_pricing", t("Carbon pricing facts")),
        ),
        countries.partners,
        t,
    )
