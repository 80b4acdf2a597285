"""Identity: keys, countries, titles, statuses, and whether two rows are one project."""

import re
import unicodedata

import polars as pl

from etl.contracts.projects import LISTED
from etl.plausibility.record import KEPT_ASIDE, Record, capacity_mw
from etl.plausibility.rule import on_event, on_project, rule

SAME_CAPACITY = 0.05
"""Two statements of one capacity differ by rounding at most."""
SIGNIFICANT_ESTIMATE = 100
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


def _with_host(record: Record, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with `host`, the country that their `letters` stand for."""
    hosts = record["country_letters"].select("letters", pl.col("iso3").alias("host"))
    return rows.join(hosts, on="letters", how="left").filter(pl.col("host").ne_missing(pl.col("iso3")))


@rule(
    "IDENTITY-REFERENCE-COUNTRY",
    "refuse",
    "The first two letters of a reference number are those of the country",
    "参照番号の最初の2文字は国を表す",
    on_project,
    value="{iso3}",
    en="The country is {iso3}, but {letters} stands for {host_en}.",
    ja="国は{iso3}だが、{letters}は{host_ja}を表す。",
)
def _reference_of_another_country(record: Record) -> pl.DataFrame:
    numbered = (
        record["project"]
        .filter(~pl.col("project_id").str.starts_with("P-"))
        .with_columns(pl.col("project_id").str.slice(0, 2).alias("letters"))
    )
    return _with_host(record, numbered).with_columns(
        pl.col("host").fill_null("no partner").alias("host_en"),
        pl.col("host").fill_null("該当国なし").alias("host_ja"),
    )


@rule(
    "IDENTITY-KEY-COUNTRY",
    "refuse",
    "A key P-XXX-nnn names the country of the project",
    "識別子P-XXX-nnnのXXXは国を表す",
    on_project,
    value="{iso3}",
    en="The country is {iso3}, but the key is {project_id}.",
    ja="国は{iso3}だが、識別子は{project_id}。",
)
def _key_of_another_country(record: Record) -> pl.DataFrame:
    return record["project"].filter(pl.col("project_id").str.extract("^P-([A-Z]{3})-") != pl.col("iso3"))


@rule(
    "IDENTITY-METHODOLOGY-COUNTRY",
    "hold",
    "A methodology is approved for one country",
    "方法論は国ごとに承認される",
    on_project,
    value="{methodology}",
    en="The methodology {methodology} is not of {iso3}.",
    ja="方法論{methodology}は{iso3}のものではない。",
)
def _methodology_of_another_country(record: Record) -> pl.DataFrame:
    letters = pl.col("methodology").str.extract("^([A-Z]{2})_")
    rows = record["project"].with_columns(letters.alias("letters")).drop_nulls("letters")
    return _with_host(record, rows)


@rule(
    "IDENTITY-EVENT-KEY",
    "hold",
    "The key of an event begins with its project, or with its country",
    "発行の識別子は案件又は国で始まる",
    on_event,
    value="{of}",
    en="The key is {issuance_id}, but the event is of {of}.",
    ja="識別子は{issuance_id}だが、対象は{of}。",
)
def _event_of_another_key(record: Record) -> pl.DataFrame:
    of = pl.coalesce("project_id", "iso3")
    fits = pl.col("issuance_id").str.starts_with(pl.concat_str(of, pl.lit("-")))
    return record["issuance"].filter(~fits).with_columns(of.alias("of"))


@rule(
    "IDENTITY-LIKE-PROJECT",
    "hold",
    "A like title, or the same estimate, in one country, technology and capacity is one project",
    "国、技術及び設備容量が同じで、件名又は見込量も同じ場合は同一案件とみなす",
    on_project,
    value="{former}",
    en="{project_id} and {former} have like titles or the same estimate, country and technology.",
    ja="{project_id}と{former}は件名又は見込量、国及び技術が同じ。",
)
def _listed_twice(record: Record) -> pl.DataFrame:
    keyed = record.projects.select(
        *("project_id", "iso3", "technology", "mw", "est_annual_tco2"),
        *(
            pl.col(c).map_elements(normalised, return_dtype=pl.String, skip_nulls=True).alias(f"like_{c}")
            for c, normalised in (("title_en", normalised_title), ("title_ja", normalised_title_ja))
        ),
        pl.when(pl.col("est_annual_tco2") >= SIGNIFICANT_ESTIMATE)
        .then(pl.col("est_annual_tco2"))
        .alias("like_estimate"),
    )
    differs = (pl.col("mw") - pl.col("former_mw")).abs() > SAME_CAPACITY * pl.col("mw")
    pairs = []
    for like in ("like_title_en", "like_title_ja", "like_estimate"):
        place = ["iso3", "technology", like]
        former = (
            pl.col(c).shift(1).over(place, order_by="project_id").alias(f"former{name}")
            for c, name in (("project_id", ""), ("mw", "_mw"))
        )
        pairs.append(keyed.filter(pl.col(like).is_not_null()).with_columns(*former))
    return pl.concat(pairs).filter(pl.col("former").is_not_null() & ~differs.fill_null(value=False))


@rule(
    "IDENTITY-CAPACITY",
    "hold",
    "Both titles of a project state the same capacity",
    "両言語の件名における設備容量は一致する",
    on_project,
    value="{en:g}/{ja:g}",
    en="The English title states {en:g} MW, the Japanese one {ja:g} MW.",
    ja="英語の件名では{en:g}MW、日本語の件名では{ja:g}MW。",
)
def _capacities_differ(record: Record) -> pl.DataFrame:
    en, ja = capacity_mw("title_en"), capacity_mw("title_ja")
    rows = record["project"].with_columns(en.alias("en"), ja.alias("ja"))
    return rows.filter((pl.col("en") / pl.col("ja") - 1).abs() > SAME_CAPACITY)


@rule(
    "IDENTITY-STATUS-LIST",
    "refuse",
    "Projects on the list of the JCM site have a reference number, and no others have",
    "JCMサイトの一覧に掲載された案件のみが参照番号を持つ",
    on_project,
    value="{status}",
    en="The status is {status}, the reference number is {number_en}.",
    ja="状態は{status}、参照番号は{number_ja}。",
)
def _status_without_list(record: Record) -> pl.DataFrame:
    number = pl.col("ref_no")
    return (
        record["project"]
        .filter(pl.col("status").is_in(LISTED) != number.is_not_null())
        .with_columns(
            number.fill_null("empty").alias("number_en"), number.fill_null("空欄").alias("number_ja")
        )
    )


@rule(
    "IDENTITY-STATUS-FELL",
    "hold",
    "A registered project stays registered",
    "登録された案件の状態は後退しない",
    on_project,
    value="{status}",
    en="The status is {status}, but a source states a registration on {value}.",
    ja="状態は{status}だが、{value}の登録を示す出典がある。",
)
def _status_fell(record: Record) -> pl.DataFrame:
    claims = (
        record["project_claim"]
        .filter(pl.col("field") == "registered_on")
        .group_by("project_id")
        .agg(pl.col("value").min())
    )
    return record["project"].filter(pl.col("status") != "registered").join(claims, on="project_id")


@rule(
    "IDENTITY-CREDITS",
    "hold",
    "Only a registered project has credits",
    "クレジットが発行されるのは登録された案件のみである",
    on_event,
    value="{project} {status}",
    en="Credits of {project}, whose status is {status}.",
    ja="{project}（状態は{status}）のクレジットの発行。",
)
def _credits_of_the_unregistered(record: Record) -> pl.DataFrame:
    return record.parts.filter(pl.col("status") != "registered")


@rule(
    "IDENTITY-STATED",
    "hold",
    "A value taken is one of those that sources state",
    "採用した値は公表値のいずれかに一致する",
    on_project,
    value="{field} {taken}",
    en="{field} is {taken}; what sources state is {stated}.",
    ja="{field}は{taken}だが、公表値は{stated}。",
)
def _values_without_their_statement(record: Record) -> pl.DataFrame:
    """Values of which statements are known, but none that was taken: the value or the statement was changed alone."""
    return _values_not_taken(record).drop_nulls("stated")


# Only reported: the statement may have been rejected, and a row is not stopped for another.
@rule(
    "IDENTITY-UNSTATED",
    "tell",
    "Every value taken has a statement that holds it",
    "採用した値には根拠となる公表値がある",
    on_project,
    value="{field} {taken}",
    en="{field} is {taken}, but project_claim holds no statement of it.",
    ja="{field}は{taken}だが、project_claimに公表値がない。",
)
def _values_nobody_stated(record: Record) -> pl.DataFrame:
    return _values_not_taken(record).filter(pl.col("stated").is_null())


def _values_not_taken(record: Record) -> pl.DataFrame:
    """Values of projects without a statement that was taken; `stated` lists the other statements, null without any."""
    fields = ("est_annual_tco2", "registered_on", "fy_selected")
    claims = record["project_claim"]
    stated = claims.group_by("project_id", "field").agg(
        pl.col("value").unique().sort().str.join(", ").alias("stated")
    )
    key = ["project_id", "field"]
    return (
        pl.concat(
            record["project"].select(
                "project_id",
                "est_annual_tco2",
                pl.lit(field).alias("field"),
                pl.col(field).cast(pl.String).alias("taken"),
            )
            for field in fields
        )
        .drop_nulls("taken")
        .join(claims.filter("is_taken"), on=key, how="anti")
        .join(stated, on=key, how="left")
    )


@rule(
    "IDENTITY-STATEMENTS-APART",
    "hold",
    f"An estimate is within a factor of {FAR_APART} of what other sources state on the project",
    f"見込量は同じ案件に関する他の公表値の{FAR_APART}分の1から{FAR_APART}倍までの範囲にある",
    on_project,
    value="{est_annual_tco2}",
    en="{est_annual_tco2:,} t a year are taken, other sources state {stated_en} t.",
    ja="採用値は年間{est_annual_tco2:,}t、他の出典では{stated_ja}t。",
)
def _figures_far_apart(record: Record) -> list[dict[str, object]]:
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
    ends = (
        (row, dict.fromkeys((f"{row['low']:,}", f"{row['high']:,}"))) for row in rows.iter_rows(named=True)
    )
    return [row | {"stated_en": " to ".join(both), "stated_ja": "～".join(both)} for row, both in ends]
