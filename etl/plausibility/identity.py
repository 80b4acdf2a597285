"""Identity: keys, countries, titles, statuses, and whether two rows are one project."""

import re
import unicodedata
from collections.abc import Iterator

import polars as pl

from etl.plausibility.record import KEPT_ASIDE, Record, capacity_mw
from etl.plausibility.rule import Doubt, Rule, of_event, of_project

LISTED = ("registered", "validation", "withdrawn")
"""Statuses of the list of the JCM site; the projects on it have a reference number, and no others have."""
SAME_CAPACITY = 0.05
"""Two statements of one capacity differ by rounding at most."""
TELLING_ESTIMATE = 100
"""tCO2 a year from which one and the same estimate of two projects is hardly chance; below it, it is."""
FAR_APART = 5
"""Factor; the statements on one project differ by 4 at most on record, but for one whose scope changed."""

_FILLERS = frozenset(
    {
        *("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"),
        *("installation", "introducing", "introduction", "project", "system", "systems"),
    }
)


def normalised_title(title: str) -> str:
    """The words and numbers of a title that tell projects apart, sorted: without case, width, signs and filling words."""
    words = re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+", unicodedata.normalize("NFKC", title).casefold())
    telling = {f"{float(word):g}" if word[0].isdecimal() else word for word in words if word not in _FILLERS}
    return " ".join(sorted(telling))


def normalised_title_ja(title: str) -> str:
    """A Japanese title without width, case, signs and spaces: its words are not separated."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", title).casefold())


def _letters(column: str) -> pl.Expr:
    return pl.col(column).str.slice(0, 2)


def _reference_of_another_country(record: Record) -> Iterator[Doubt]:
    hosts = record["country_letters"].select("letters", pl.col("iso3").alias("host"))
    rows = (
        record["project"]
        .filter(~pl.col("project_id").str.starts_with("P-"))
        .with_columns(_letters("project_id").alias("letters"))
        .join(hosts, on="letters", how="left")
        .filter(pl.col("host").ne_missing(pl.col("iso3")))
    )
    for r in rows.iter_rows(named=True):
        yield of_project(
            r,
            r["iso3"],
            f"The country is {r['iso3']}, but {r['letters']} stands for {r['host'] or 'no partner'}.",
            f"国は{r['iso3']}だが、{r['letters']}は{r['host'] or '該当国なし'}を表す。",
        )


def _key_of_another_country(record: Record) -> Iterator[Doubt]:
    in_key = pl.col("project_id").str.extract("^P-([A-Z]{3})-")
    for r in record["project"].filter(in_key != pl.col("iso3")).iter_rows(named=True):
        yield of_project(
            r,
            r["iso3"],
            f"The country is {r['iso3']}, but the key is {r['project_id']}.",
            f"国は{r['iso3']}だが、識別子は{r['project_id']}。",
        )


def _methodology_of_another_country(record: Record) -> Iterator[Doubt]:
    hosts = record["country_letters"].select("letters", pl.col("iso3").alias("host"))
    rows = (
        record["project"]
        .with_columns(pl.col("methodology").str.extract("^([A-Z]{2})_").alias("letters"))
        .join(hosts, on="letters", how="left")
        .filter(pl.col("letters").is_not_null() & pl.col("host").ne_missing(pl.col("iso3")))
    )
    for r in rows.iter_rows(named=True):
        yield of_project(
            r,
            r["methodology"],
            f"The methodology {r['methodology']} is not of {r['iso3']}.",
            f"方法論{r['methodology']}は{r['iso3']}のものではない。",
        )


def _event_of_another_key(record: Record) -> Iterator[Doubt]:
    of_country = pl.concat_str(pl.col("iso3"), pl.lit("-"))
    of_project = pl.concat_str(pl.col("project_id"), pl.lit("-"))
    fits = pl.col("issuance_id").str.starts_with(pl.coalesce(of_project, of_country))
    for r in record["issuance"].filter(~fits).iter_rows(named=True):
        subject = r["project_id"] or r["iso3"]
        yield of_event(
            r,
            subject,
            f"The key is {r['issuance_id']}, but the event is of {subject}.",
            f"識別子は{r['issuance_id']}だが、対象は{subject}。",
        )


def _listed_twice(record: Record) -> Iterator[Doubt]:
    keyed = record.projects.select(
        "project_id", "iso3", "technology", "mw", "title_en", "title_ja", "est_annual_tco2"
    ).with_columns(
        *(
            pl.col(c).map_elements(normalised, return_dtype=pl.String, skip_nulls=True).alias(f"like_{c}")
            for c, normalised in (("title_en", normalised_title), ("title_ja", normalised_title_ja))
        ),
        pl.when(pl.col("est_annual_tco2") >= TELLING_ESTIMATE)
        .then(pl.col("est_annual_tco2"))
        .alias("like_estimate"),
    )
    told: set[tuple[str, str]] = set()
    for like in ("like_title_en", "like_title_ja", "like_estimate"):
        place = ["iso3", "technology", like]
        former = pl.col("project_id").shift(1).over(place, order_by="project_id").alias("former")
        former_mw = pl.col("mw").shift(1).over(place, order_by="project_id").alias("former_mw")
        pairs = keyed.filter(pl.col(like).is_not_null()).with_columns(former, former_mw)
        differs = ((pl.col("mw") - pl.col("former_mw")).abs() > SAME_CAPACITY * pl.col("mw")).fill_null(
            value=False
        )
        for r in pairs.filter(pl.col("former").is_not_null() & ~differs).iter_rows(named=True):
            if (r["project_id"], r["former"]) in told:
                continue
            told.add((r["project_id"], r["former"]))
            yield of_project(
                r,
                r["former"],
                f"{r['project_id']} and {r['former']} have like titles or the same estimate, country and technology.",
                f"{r['project_id']}と{r['former']}は件名又は見込量、国及び技術が同じ。",
            )


def _capacities_differ(record: Record) -> Iterator[Doubt]:
    en, ja = capacity_mw("title_en"), capacity_mw("title_ja")
    rows = record["project"].with_columns(en.alias("en"), ja.alias("ja"))
    for r in rows.filter((pl.col("en") / pl.col("ja") - 1).abs() > SAME_CAPACITY).iter_rows(named=True):
        yield of_project(
            r,
            f"{r['en']:g}/{r['ja']:g}",
            f"The English title states {r['en']:g} MW, the Japanese one {r['ja']:g} MW.",
            f"英語の件名では{r['en']:g}MW、日本語の件名では{r['ja']:g}MW。",
        )


def _status_without_list(record: Record) -> Iterator[Doubt]:
    is_listed = pl.col("status").is_in(LISTED)
    for r in record["project"].filter(is_listed != pl.col("ref_no").is_not_null()).iter_rows(named=True):
        yield of_project(
            r,
            r["status"],
            f"The status is {r['status']}, the reference number is {r['ref_no'] or 'empty'}.",
            f"状態は{r['status']}、参照番号は{r['ref_no'] or '空欄'}。",
        )


def _status_fell(record: Record) -> Iterator[Doubt]:
    claims = (
        record["project_claim"]
        .filter(pl.col("field") == "registered_on")
        .group_by("project_id")
        .agg(pl.col("value").min())
    )
    rows = record["project"].filter(pl.col("status") != "registered").join(claims, on="project_id")
    for r in rows.iter_rows(named=True):
        yield of_project(
            r,
            r["status"],
            f"The status is {r['status']}, but a source states a registration on {r['value']}.",
            f"状態は{r['status']}だが、{r['value']}の登録を示す出典がある。",
        )


def _credits_of_the_unregistered(record: Record) -> Iterator[Doubt]:
    rows = record.parts.filter(pl.col("status") != "registered")
    for r in rows.iter_rows(named=True):
        yield of_event(
            r,
            f"{r['project']} {r['status']}",
            f"Credits of {r['project']}, whose status is {r['status']}.",
            f"{r['project']}（状態は{r['status']}）のクレジットの発行。",
        )


def _values_without_their_statement(record: Record) -> Iterator[Doubt]:
    """Values of which statements are known, but none that was taken: the value or the statement was changed alone."""
    for field, rows in _values_not_taken(record):
        stated = record["project_claim"].filter(pl.col("field") == field)
        others = stated.group_by("project_id").agg(
            pl.col("value").unique().sort().str.join(", ").alias("stated")
        )
        for r in rows.join(others, on="project_id").iter_rows(named=True):
            yield of_project(
                r,
                f"{field} {r[field]}",
                f"{field} is {r[field]}; what sources state is {r['stated']}.",
                f"{field}は{r[field]}だが、公表値は{r['stated']}。",
            )


def _values_nobody_stated(record: Record) -> Iterator[Doubt]:
    for field, rows in _values_not_taken(record):
        stated = record["project_claim"].filter(pl.col("field") == field)
        for r in rows.join(stated, on="project_id", how="anti").iter_rows(named=True):
            yield of_project(
                r,
                f"{field} {r[field]}",
                f"{field} is {r[field]}, but project_claim holds no statement of it.",
                f"{field}は{r[field]}だが、project_claimに公表値がない。",
            )


def _values_not_taken(record: Record) -> Iterator[tuple[str, pl.DataFrame]]:
    taken = record["project_claim"].filter("is_taken")
    for field in ("est_annual_tco2", "registered_on", "fy_selected"):
        of_field = taken.filter(pl.col("field") == field)
        known = record["project"].filter(pl.col(field).is_not_null())
        yield field, known.join(of_field, on="project_id", how="anti")


def _figures_far_apart(record: Record) -> Iterator[Doubt]:
    """Estimates taken that are far from every other statement on the whole project."""
    others = (
        record["project_claim"]
        .filter(
            (pl.col("field") == "est_annual_tco2")
            & (pl.col("claim_scope") == "project")
            & ~pl.col("is_taken")
        )
        .with_columns(pl.col("value").cast(pl.Int64, strict=False).alias("stated"))
        .group_by("project_id")
        .agg(pl.col("stated").min().alias("low"), pl.col("stated").max().alias("high"))
    )
    estimate = pl.col("est_annual_tco2")
    rows = (
        record["project"]
        .filter(~pl.col("status").is_in(KEPT_ASIDE))
        .join(others, on="project_id")
        .filter((estimate * FAR_APART < pl.col("low")) | (estimate > FAR_APART * pl.col("high")))
    )
    for r in rows.iter_rows(named=True):
        low, high = f"{r['low']:,}", f"{r['high']:,}"
        stated = low if low == high else f"{low} to {high}"
        yield of_project(
            r,
            r["est_annual_tco2"],
            f"{r['est_annual_tco2']:,} t a year are taken, other sources state {stated} t.",
            f"採用値は年間{r['est_annual_tco2']:,}t、他の出典では{stated.replace(' to ', '～')}t。",
        )


FAMILY = "identity"
RULES = (
    Rule(
        "IDENTITY-REFERENCE-COUNTRY",
        "refuse",
        FAMILY,
        "The first two letters of a reference number are those of the country",
        "参照番号の最初の2文字は国を表す",
        _reference_of_another_country,
    ),
    Rule(
        "IDENTITY-KEY-COUNTRY",
        "refuse",
        FAMILY,
        "A key P-XXX-nnn names the country of the project",
        "識別子P-XXX-nnnのXXXは国を表す",
        _key_of_another_country,
    ),
    Rule(
        "IDENTITY-METHODOLOGY-COUNTRY",
        "hold",
        FAMILY,
        "A methodology is approved for one country",
        "方法論は国ごとに承認される",
        _methodology_of_another_country,
    ),
    Rule(
        "IDENTITY-EVENT-KEY",
        "hold",
        FAMILY,
        "The key of an event begins with its project, or with its country",
        "発行の識別子は案件又は国で始まる",
        _event_of_another_key,
    ),
    Rule(
        "IDENTITY-LIKE-PROJECT",
        "hold",
        FAMILY,
        "A like title, or the same estimate, in one country, technology and capacity is one project",
        "国、技術及び設備容量が同じで、件名又は見込量も同じ場合は同一案件とみなす",
        _listed_twice,
    ),
    Rule(
        "IDENTITY-CAPACITY",
        "hold",
        FAMILY,
        "Both titles of a project state the same capacity",
        "両言語の件名における設備容量は一致する",
        _capacities_differ,
    ),
    Rule(
        "IDENTITY-STATUS-LIST",
        "refuse",
        FAMILY,
        "Projects on the list of the JCM site have a reference number, and no others have",
        "JCMサイトの一覧に掲載された案件のみが参照番号を持つ",
        _status_without_list,
    ),
    Rule(
        "IDENTITY-STATUS-FELL",
        "hold",
        FAMILY,
        "A registered project stays registered",
        "登録された案件の状態は後退しない",
        _status_fell,
    ),
    Rule(
        "IDENTITY-CREDITS",
        "hold",
        FAMILY,
        "Only a registered project has credits",
        "クレジットが発行されるのは登録された案件のみである",
        _credits_of_the_unregistered,
    ),
    Rule(
        "IDENTITY-STATED",
        "hold",
        FAMILY,
        "A value taken is one of those that sources state",
        "採用した値は公表値のいずれかに一致する",
        _values_without_their_statement,
    ),
    # Told only: the statement may have been rejected, and a row is not stopped for another.
    Rule(
        "IDENTITY-UNSTATED",
        "tell",
        FAMILY,
        "Every value taken has a statement that holds it",
        "採用した値には根拠となる公表値がある",
        _values_nobody_stated,
    ),
    Rule(
        "IDENTITY-STATEMENTS-APART",
        "hold",
        FAMILY,
        f"An estimate is within a factor of {FAR_APART} of what other sources state on the project",
        f"見込量は同じ案件に関する他の公表値の{FAR_APART}分の1から{FAR_APART}倍までの範囲にある",
        _figures_far_apart,
    ),
)
