"""`python -m etl refresh | accept | reject | template`: the record brought up to date, with everything shown before it counts."""

import os
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter, validators
from rich.console import Console
from rich.table import Table

from etl.importers.catalogue import IMPORTERS
from etl.importers.fetching import Fetcher
from etl.importers.raw_store import RawStore
from etl.importers.source import SourceNotRead
from etl.importers.templates import TEMPLATES, write_template
from etl.refresh.deciding import Decided
from etl.refresh.deciding import accept as take_over
from etl.refresh.deciding import reject as turn_down
from etl.refresh.documents import Documents, saved_files
from etl.refresh.notifying import notify
from etl.refresh.record_files import RecordFiles
from etl.refresh.report import outcome_head
from etl.refresh.session import Attempt, Outcome
from etl.refresh.session import refresh as run
from etl.sources.stops import BuildStopped

ROOT = Path(__file__).parent.parent.parent
CACHE_VARIABLE = "JCM_REFRESH_CACHE"
DONE, FAILED, WRONG_USAGE = 0, 1, 2

console = Console(soft_wrap=True)
errors = Console(stderr=True, soft_wrap=True)

DataDir = Annotated[
    Path,
    Parameter(
        name="--data", help="Folder of the facts.", validator=validators.Path(exists=True, file_okay=False)
    ),
]

Only = Annotated[Sequence[str], Parameter(negative=(), consume_multiple=True, show_default=False)]


def refresh(
    *sources: str,
    from_: Annotated[
        Path | None,
        Parameter(
            name="--from",
            help="A saved page, CSV file or workbook of the one source named, or a folder of files whose names begin with"
            " the code of their source (jcm-issuances-mn.html).",
            validator=validators.Path(exists=True),
        ),
    ] = None,
    offline: Annotated[bool, Parameter(negative=())] = False,
    data: DataDir = ROOT / "data",
) -> int:
    """Read official sources and propose what differs from the record. Nothing of the record is changed.

    Exit code 0: all read; 1: some source could not be read (the others were); 2: wrong usage.

    Environment: JCM_REFRESH_CACHE, folder in which pages and files are kept (.cache/refresh); JCM_FETCH_PAUSE, seconds
    between two requests to one host (2); JCM_CONTACT, a person for servers to turn to; JCM_REFRESH_WEBHOOK, address that
    gets the head of the report as JSON; JCM_REFRESH_MAIL_TO, JCM_REFRESH_MAIL_FROM and JCM_SMTP_HOST, the same by mail.

    Parameters
    ----------
    sources
        Codes of sources (data/vocabulary/refresh_sources.csv); all without any.
    offline
        Read what earlier refreshes have kept, fetch nothing.
    """
    now = datetime.now(UTC)
    record = RecordFiles(data, now.date())
    store = RawStore(Path(os.environ.get(CACHE_VARIABLE) or ROOT / ".cache" / "refresh"))
    by_code = {row["source_code"]: row for row in record.rows("refresh_source")}
    known = [code for code in by_code if code in IMPORTERS]
    unknown = [code for code in sources if code not in known]
    if unknown:
        errors.print(f"{', '.join(unknown)}: no such source. Sources: {', '.join(known)}", markup=False)
        errors.print(
            f"{'、'.join(unknown)}：該当する出典がありません。出典：{'、'.join(known)}", markup=False
        )
        return WRONG_USAGE
    # In the order of the table, in which the source that a list follows comes first.
    chosen = [code for code in known if not sources or code in sources]
    try:
        saved = saved_files(chosen, from_) if from_ is not None else None
    except SourceNotRead as wrong:
        errors.print(wrong.message_en, markup=False)
        errors.print(wrong.message_ja, markup=False)
        return WRONG_USAGE
    if not sources:
        chosen = _on_hand(chosen, by_code, store, saved)
    letters = sorted({row["letters"].casefold() for row in record.rows("country_letters")})
    with nullcontext() if offline or saved is not None else Fetcher() as fetcher:
        documents = Documents(store, now, letters=letters, fetcher=fetcher, saved=saved, progress=_say)
        outcome = run(data, chosen, documents, now.date(), _say)
    _summarise(outcome)
    for problem in notify(outcome):
        errors.print(problem, markup=False)
    return FAILED if outcome.failed else DONE


def _on_hand(
    codes: Sequence[str],
    by_code: Mapping[str, Mapping[str, str]],
    store: RawStore,
    saved: Mapping[str, Sequence[Path]] | None,
) -> list[str]:
    """Sources that can be read when none is named: those with saved files, else without those nobody has saved yet."""
    if saved is not None:
        return [code for code in codes if code in saved]
    waiting = [code for code in codes if by_code[code]["is_fetched"] != "true" and not store.has(code)]
    if waiting:
        _say(f"{', '.join(waiting)}: left out, a person saves these (python -m etl refresh CODE --from FILE)")
    return [code for code in codes if code not in waiting]


def accept(
    day: str,
    *,
    only: Only = (),
    reason: str = "",
    data: DataDir = ROOT / "data",
) -> int:
    """Take proposals over into the record, with their sources. Then build: python -m etl build.

    Without --only, all that need no decision, and those with a decision written into proposals.csv.

    Parameters
    ----------
    day
        Name of the folder below data/proposals.
    only
        Keys of proposals or rows, codes of sources, tables or actions; naming them is the decision.
    reason
        Why, kept with each change.
    """
    decided = take_over(data, day, only, datetime.now(UTC).date(), reason)
    _tell(decided, day)
    return DONE


def reject(
    day: str,
    *,
    reason: str,
    only: Only = (),
    data: DataDir = ROOT / "data",
) -> int:
    """Reject proposals and keep the reason; they are not proposed again unless the record changes.

    Parameters
    ----------
    day
        Name of the folder below data/proposals.
    reason
        Why they are not taken.
    only
        Keys of proposals or rows, codes of sources, tables or actions; all open ones without any.
    """
    if not reason.strip():
        raise BuildStopped("A rejection needs a reason.", "不採用には理由が必要です。")
    decided = turn_down(data, day, only, datetime.now(UTC).date(), reason)
    _tell(decided, day)
    return DONE


def template(name: str, to: Path | None = None) -> int:
    """Write a template to fill in: selections, projects, issuances or article6-events.

    Parameters
    ----------
    name
        Name of the template.
    to
        File to write; NAME.xlsx in this folder without it.
    """
    if name not in TEMPLATES:
        errors.print(f"{name}: no such template. Templates: {', '.join(TEMPLATES)}", markup=False)
        return WRONG_USAGE
    path = to or Path(f"{name}.xlsx")
    path.write_bytes(write_template(name))
    console.print(f"written: {path}", markup=False)
    return DONE


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False)


def _summarise(outcome: Outcome) -> None:
    table = Table("source", "outcome", "documents", "rows", "not understood", "proposed")
    for one in outcome.attempts:
        counts = (one.documents, one.observed, one.set_aside, one.proposed)
        table.add_row(one.source_code, one.outcome, *(f"{count:,}" for count in counts))
    console.print(table)
    for one in outcome.attempts:
        _problems(one)
    _say(outcome_head(outcome, lambda en, _: en))
    _say(outcome_head(outcome, lambda _, ja: ja))
    if outcome.folder is not None:
        _say(f"proposals: {outcome.folder} (report.md, report.ja.md)")
        _say(f"When they are decided on: python -m etl accept {outcome.folder.name}")


def _problems(attempt: Attempt) -> None:
    for failure in attempt.failures:
        for text in failure:
            is_named = text.startswith(attempt.source_code)
            errors.print(text if is_named else f"{attempt.source_code}: {text}", markup=False)
    aside = [one for reading in attempt.readings for one in reading.set_aside]
    for one in aside[:10]:
        _say(one.message_en)
    if len(aside) > 10:
        _say(f"… and {len(aside) - 10} more rows of {attempt.source_code} that were not understood.")


def _tell(decided: Decided, day: str) -> None:
    _say(
        f"{len(decided.taken):,} accepted, {len(decided.rejected):,} rejected, {len(decided.open):,} still open."
    )
    for file in decided.files:
        _say(f"written: {file}")
    waiting = [one.proposal_id for one in decided.open if one.needs_decision]
    if waiting:
        shown = ", ".join(waiting[:10]) + (" …" if len(waiting) > 10 else "")
        _say(f"Need a decision in data/proposals/{day}/proposals.csv: {shown}")
    if decided.taken:
        _say(f"Now build: python -m etl build --acknowledge “accepted proposals of {day}”")
