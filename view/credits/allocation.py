"""How content were shared: Japanese government and companies, partner, and what is not known."""

from html import escape

import pyarrow as pa

from view.amounts import amount_short, tonnes
from view.credits.content import Credits
from view.target.content import Rows, labelled
from view.texts import Texts

PARTS = ("government", "company", "unsplit", "partner", "unknown")


def part_names(t: Texts) -> dict[str, str]:
    """Names of the parts, in the order in which they are drawn."""
    return {
        "government": t("Japanese government"),
        "company": t("Japanese companies"),
        "unsplit": t("Japanese side, not divided in our records"),
        "partner": t("Partner side"),
        "unknown": t("Holder not known"),
    }


def allocation_table(content: Credits, rows: Rows, heading: str, t: Texts) -> str:
    """HTML: one row a group, a bar of its parts, and what the Japanese side holds at least and at most."""
    keys = "".join(
        f'<span><i class="jcm-swatch jcm-part-{part}"></i>{escape(name)}</span>'
        for part, name in part_names(t).items()
    )
    heads = (
        (heading, ""),
        (t("Events"), "jcm-n"),
        (t("Issuance decided"), "jcm-n"),
        (t("Shares"), "jcm-hide-narrow"),
        (t("Japanese side"), "jcm-n"),
    )
    head = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for name, css in heads)
    body = "".join(_row(row, content, t) for row in rows)
    return (
        f'<div class="jcm-keys">{keys}</div><div class="jcm-scroll"><table class="jcm-tight jcm-shares">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _name(row: dict[str, object], content: Credits, t: Texts) -> str:
    value = row["value"]
    if value is None:
        return t("no date known")
    text = str(value)
    return t.year(int(text)) if text.isdecimal() else content.names["country"].get(text, text)


def _row(row: dict[str, object], content: Credits, t: Texts) -> str:
    total = row["total_tco2"]
    missing = int(str(row["events_without_amount"]))
    small = f"<small>{escape(t('{n} without an amount', n=t.number(missing)))}</small>" if missing else ""
    name = f'<th scope="row">{escape(_name(row, content, t))}</th><td class="jcm-n">{t.number(int(str(row["events"])))}{small}</td>'
    if total is None:
        words = escape(t("amount not known"))
        return f'<tr class="jcm-kept">{name}<td class="jcm-n">–</td><td class="jcm-hide-narrow"></td><td class="jcm-n">{words}</td></tr>'
    whole = int(str(total)) or 1
    bar = "".join(
        f'<i class="jcm-part-{part}" style="width:{int(str(row[f"{part}_tco2"])) / whole * 100:.2f}%"></i>'
        for part in PARTS
    )
    return (
        f'<tr>{name}<td class="jcm-n">{escape(tonnes(int(str(total)), t))}</td>'
        f'<td class="jcm-hide-narrow"><div class="jcm-parts" aria-hidden="true">{bar}</div></td>'
        f'<td class="jcm-n">{escape(japan_range(row, t))}</td></tr>'
    )


def japan_range(row: dict[str, object], t: Texts) -> str:
    """Share of the Japanese side: one figure where it is known, else from the least to the most it can be."""
    total = int(str(row["total_tco2"])) or 1
    least, most = (int(str(row[f"japan_{end}_tco2"])) / total for end in ("least", "most"))
    low, high = t.percent(least), t.percent(most)
    return low if low == high else t("{low} to {high}", low=low, high=high)


def allocation_sentence(content: Credits, t: Texts) -> str:
    """What each side has of the known amounts."""
    parts, total = content.shares(), content.total_tco2
    if not total:
        return t("No amount is known in this selection.")
    return t(
        "Of {total} with a known amount, {japan} are known to be on the Japanese side, {partner} on the partner's; of"
        " {unknown} the holder is not known, so the Japanese side holds {low} to {high}.",
        total=amount_short(total, t),
        japan=amount_short(parts["japan_least"], t),
        partner=amount_short(parts["partner"], t),
        unknown=amount_short(parts["unknown"], t),
        low=t.percent(parts["japan_least"] / total),
        high=t.percent(parts["japan_most"] / total),
    )


def allocation_rows(content: Credits, rows: Rows, heading: str, t: Texts) -> pa.Table:
    """The same as a plain table."""
    names = part_names(t)
    columns: dict[str, list[object]] = {
        heading: [_name(r, content, t) for r in rows],
        t("Events"): [r["events"] for r in rows],
        t("Events without an amount"): [r["events_without_amount"] for r in rows],
        t("Issuance decided (tCO2)"): [r["total_tco2"] for r in rows],
    }
    for part in PARTS:
        columns[t("{part} (tCO2)", part=names[part])] = [r[f"{part}_tco2"] for r in rows]
    columns[t("Japanese side at least (tCO2)")] = [r["japan_least_tco2"] for r in rows]
    columns[t("Japanese side at most (tCO2)")] = [r["japan_most_tco2"] for r in rows]
    return labelled(columns)
