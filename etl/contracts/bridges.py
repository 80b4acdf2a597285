"""The bridges that take the place of lists: sources and projects, a row each."""

import dataframely as dy

from etl.contracts.columns import NOT_STATED, integer, text
from etl.contracts.over_time import issuance_key, project_key
from etl.contracts.table import BY_ISSUANCE, BY_PROJECT, BY_SOURCE, contract


@contract(
    "project_source",
    "Sources of each project, one row a source",
    "案件の出典（1件1行）",
    "derived",
    references=(BY_PROJECT, BY_SOURCE),
)
class ProjectSourceSchema(dy.Schema):
    project_id = project_key(key=True)
    position = integer("place in the list, from 1", "記載順（1から）", least=1)
    source_id = text("source, key of source", "出典（sourceの識別子）", key=True)


@contract(
    "project_methodology",
    "Methodologies that each project names, one row a methodology",
    "案件の適用方法論（1件1行）",
    "derived",
    references=(BY_PROJECT,),
)
class ProjectMethodologySchema(dy.Schema):
    project_id = project_key(key=True)
    position = integer("place in the list, from 1", "記載順（1から）", least=1)
    methodology_code = text(
        "code, as in methodology",
        "方法論番号（methodologyと同じ）",
        key=True,
        regex="^[A-Z]{2}_[A-Z]{2,3}[0-9]{3}$",
    )
    version = text("version used, as 1.0", "適用した版（1.0等）", null=NOT_STATED)


@contract(
    "issuance_project",
    "Projects that each issuance event names, one row a project",
    "発行の対象案件（1件1行）",
    "derived",
    references=(BY_ISSUANCE, BY_PROJECT),
)
class IssuanceProjectSchema(dy.Schema):
    issuance_id = issuance_key(key=True)
    position = integer("place in the list, from 1", "記載順（1から）", least=1)
    project_id = project_key(key=True)


@contract(
    "issuance_source",
    "Sources of each issuance event, one row a source",
    "発行の出典（1件1行）",
    "derived",
    references=(BY_ISSUANCE, BY_SOURCE),
)
class IssuanceSourceSchema(dy.Schema):
    issuance_id = issuance_key(key=True)
    position = integer(
        "place in the list, from 1; the first is that of the amount",
        "記載順（1から。最初は量の出典）",
        least=1,
    )
    source_id = text("source, key of source", "出典（sourceの識別子）", key=True)
