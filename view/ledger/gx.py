"""Credits one by one, and whether GX-ETS could use them: an illustration of reported rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from model.ledger.gx_eligibility import CODES, USES, WHY
from view.amounts import as_reported, tonnes_between
from view.ledger.content import Ledger, holder_name, state_names, vintage_words
from view.marks.table import ONE_LINE, WIDE, Column, Table
from view.texts import Texts, Told

Row = Mapping[str, Any]
ALL = "all"


def gx_names(t: Texts) -> dict[str, str]:
    """Choices among credits by whether GX-ETS could use them."""
    names = (t("usable"), t("not usable"), t("not known"))
    return {ALL: t("All credits"), **dict(zip(USES, names, strict=True))}


def credits_table(ledger: Ledger, t: Texts) -> Table[Row]:
    """One row an event, vintage, state and holder."""
    uses, states = gx_names(t), state_names(t)

    def why(row: Row) -> str:
        return _listed((t.pick(*WHY[code]) for code in (row["gx_why"] or "").split(";") if code), t)

    def use(row: Row) -> str:
        is_usable = row["gx_why"] is None
        return uses[row["gx_use"]] if is_usable else t("{use}: {why}", use=uses[row["gx_use"]], why=why(row))

    def amount(row: Row) -> str:
        if row["tco2_low"] is None:
            return t("not known")
        text = tonnes_between(row["tco2_low"], row["tco2_high"], t)
        return as_reported(text, t) if row["is_reported"] else text

    return Table(
        (
            Column("issuance_id", t("Event"), css=ONE_LINE),
            Column("iso3", t("Partner country"), value=lambda r: t.country(r["iso3"]), css=WIDE),
            Column("vintage", t("Vintage"), value=lambda r: vintage_words(r["vintage"], t), is_figure=True),
            Column("state", t("State"), value=lambda r: states[r["state"]], css=WIDE),
            Column("holder", t("Holder"), value=lambda r: holder_name(r["holder"], t), css=WIDE),
            Column("tco2_low", t("Low end (tCO2)"), "tonnes", cell=amount, page_label=t("Amount")),
            Column("tco2_high", t("High end (tCO2)"), "tonnes", cell=None),
            Column("gx_use", t("Usable in GX-ETS"), value=lambda r: uses[r["gx_use"]], cell=use),
            Column("gx_why", t("Why not, or what is not known"), value=why, cell=None),
        ),
        ledger.listed,
        t,
        is_long=True,
    )


def _listed(parts: Iterable[str], t: Texts) -> str:
    return ("、" if t.lang == "ja" else "; ").join(parts)


def credits_told(ledger: Ledger, t: Texts) -> Told:
    """How much of the credits listed GX-ETS could use, could not, and of how much it is not known."""
    if not ledger.listed:
        return "", t("No credit of this kind is known in this selection.")
    names = gx_names(t)
    parts = []
    for use in USES:
        rows = [row for row in ledger.listed if row["gx_use"] == use]
        low, high = (sum(row[f"tco2_{end}"] or 0 for row in rows) for end in ("low", "high"))
        if high:
            parts.append(t("{use}: {why}", use=names[use], why=tonnes_between(low, high, t)))
    if not parts:
        return "", t("No amount is known.")
    return t("In GX-ETS {parts}", parts=_listed(parts, t)), ""


def gx_note(t: Texts) -> str:
    """The rule in words."""
    return t(
        "An illustration of reported rules, not a statement of law: reductions from the first vintage, authorised under"
        " Article 6, held by a company, cancelled by the end of June after the fiscal year ({codes}).",
        codes=", ".join(CODES),
    )
