"""Contracts of the participants: who they are, how else they are named, and in which projects they take part."""

import dataframely as dy
import polars as pl

from etl.contracts.columns import boolean, country_code, in_both, integer, remarks, text
from etl.contracts.over_time import project_key
from etl.contracts.table import BY_COUNTRY, BY_PROJECT, Reference, contract, rule, unique

BY_PARTICIPANT = Reference("participant_id", "participant", "participant_id")
_NO_GROUP = ("no group is known for certain", "確実に判明しているグループなし")


@contract(
    "participant",
    "Participants of projects: companies, bodies and universities, each once",
    "案件の参加者（企業、機関及び大学。1者1行）",
    "vocabulary",
    files=("vocabulary/participants.csv",),
    references=(Reference("group_id", "participant", "participant_id"),),
)
class ParticipantSchema(dy.Schema):
    participant_id = text(
        "key of the participant; of one that is not in the vocabulary, made of its recorded name",
        "参加者の識別子。用語表にない者は記録の名称から作成",
        key=True,
        regex=r"^[^\s;]+$",
    )
    name_en = text(
        "name, English, or as recorded where no other is known", "名称（英語。不明の場合は記録のまま）"
    )
    name_ja = text(
        "name, Japanese",
        "名称（日本語）",
        null=("no Japanese name is known for certain", "確実な日本語名なし"),
    )
    iso3 = country_code(null=("not known for certain", "確実には不明"))
    group_id = text(
        "its group, by the participant that leads it",
        "属するグループ（中心となる者の識別子）",
        null=_NO_GROUP,
    )
    group_reason_en, group_reason_ja = in_both(
        "why it belongs to the group", "グループに属するとする理由", null=_NO_GROUP
    )
    note = remarks()
    is_resolved = boolean(
        "whether it is in the vocabulary; false for a recorded name that is kept as it is",
        "用語表にあるか。記録の名称をそのまま用いる場合はfalse",
        header=None,
        default="true",
    )

    group_has_a_reason = rule(
        pl.all_horizontal(
            pl.col("group_id").is_null() == pl.col(reason).is_null()
            for reason in ("group_reason_en", "group_reason_ja")
        ),
        "A group needs its reason in both languages, and a reason a group.",
        "グループには両言語の理由が必要です。グループのない理由は記載できません。",
    )
    group_is_another = rule(
        (pl.col("group_id") != pl.col("participant_id")).fill_null(value=True),
        "A participant must not be its own group.",
        "自らを自らのグループとすることはできません。",
    )


@contract(
    "participant_alias",
    "Names under which the record has a participant and that its own name does not tell, each with the reason",
    "参加者の名称から判別できない記録上の別名とその理由",
    "vocabulary",
    files=("vocabulary/participant_aliases.csv",),
    references=(BY_PARTICIPANT, BY_COUNTRY),
)
class ParticipantAliasSchema(dy.Schema):
    alias = text("name as recorded", "記録における名称")
    iso3 = country_code(null=("wherever it is so named", "国を問わない"))
    participant_id = text("participant, key of participant", "参加者（participantの識別子）")
    reason = text(
        "spelling, abbreviation, renamed, merged, remark (the name carries a remark) or country (the name alone does not tell"
        " of which country it is)",
        "spelling（表記の違い）、abbreviation（略称）、renamed（改称）、merged（合併）、remark（注記を含む）又はcountry（名称のみでは国が特定できない）",
        terms=("spelling", "abbreviation", "renamed", "merged", "remark", "country"),
    )
    reason_en, reason_ja = in_both("the reason in words", "理由")

    is_unique = unique(
        "alias",
        "iso3",
        en="An alias must not be given twice for the same country.",
        ja="同じ国について同じ別名を重複して記載することはできません。",
    )


@contract(
    "project_participant",
    "Participants of each project, one row a recorded name",
    "案件の参加者（記録の名称1件1行）",
    "derived",
    references=(BY_PROJECT, BY_PARTICIPANT),
)
class ProjectParticipantSchema(dy.Schema):
    project_id = project_key(key=True)
    side = text(
        "Japan or partner",
        "Japan（日本側）又はpartner（パートナー国側）",
        key=True,
        terms=("Japan", "partner"),
    )
    position = integer("place in the list, from 1", "記載順（1から）", least=1)
    participant = text("name as recorded", "名称（記録のまま）", key=True)
    participant_id = text("participant, key of participant", "参加者（participantの識別子）")


@contract(
    "participant_search",
    "Folded text of each participant that a search looks through",
    "参加者の検索用テキスト",
    "derived",
    references=(BY_PARTICIPANT,),
    place="record",
)
class ParticipantSearchSchema(dy.Schema):
    participant_id = text("participant, key of participant", "参加者（participantの識別子）", key=True)
    text = text(
        "names of the participant and its group in both languages, its aliases and recorded names: half width, without case"
        " and accents, katakana as hiragana",
        "参加者及びグループの名称（両言語）、別名並びに記録の名称。半角化し、大文字小文字・アクセント・片仮名平仮名の別をなくしたもの",
    )
