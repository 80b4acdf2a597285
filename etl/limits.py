"""The limits of a build. Each is data with its help text, so that messages can name the one to change."""

from dataclasses import dataclass, field, fields

from etl.contracts import Table


@dataclass(frozen=True)
class LimitHelp:
    """What a limit is for, in both languages, and the option of the command line that sets it, if any."""

    en: str
    ja: str
    option: str | None = None


@dataclass(frozen=True)
class Limits:
    """Where a build stops. Shares are between 0 and 1."""

    max_rejected_share: float = field(
        default=0.05,
        metadata={
            "help": LimitHelp(
                "Largest share of the rows of a fact table that may be kept out before the build stops. Tables of "
                "the project itself (targets, assumptions, corrections, names) may lose no row.",
                "事実の表のうち除外してよい行の割合の上限。超えると構築を停止する。"
                "本プロジェクトで作成した表(目標、仮定、訂正、名称)は1行でも除外されると停止する。",
                "--max-rejected-share",
            )
        },
    )
    max_shrink_share: float = field(
        default=0.10,
        metadata={
            "help": LimitHelp(
                "Largest share of its rows that a fact table may lose against the published version.",
                "公表中の版と比べて事実の表の行数が減ってよい割合の上限。",
                "--max-shrink-share",
            )
        },
    )
    max_cell_characters: int = field(
        default=20_000,
        metadata={
            "help": LimitHelp(
                "Longest cell that is read; a row with a longer one is kept out.",
                "読み込むセルの最大文字数。超えるセルのある行は除外する。",
            )
        },
    )
    max_file_bytes: int = field(
        default=64_000_000,
        metadata={
            "help": LimitHelp(
                "Largest file that is read.",
                "読み込むファイルの最大サイズ。",
            )
        },
    )
    kept_versions: int = field(
        default=3,
        metadata={
            "help": LimitHelp(
                "Versions kept in the folder of the warehouse, the published one included; older ones are deleted.",
                "フォルダーに残す版の数(公表中の版を含む)。古い版は削除する。",
            )
        },
    )

    def rejected_share_of(self, table: Table) -> float:
        """Share of the rows of a table that may be kept out."""
        return self.max_rejected_share if table.origin == "snapshot" else 0.0


def limit_help(name: str) -> LimitHelp:
    """Help text of a limit; raises KeyError for a name that is none."""
    found: LimitHelp = {each.name: each.metadata["help"] for each in fields(Limits)}[name]
    return found
