"""`python -m exports notify`: tells a watch list what has changed, by mail and by webhook."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from exports.notify.delivering import Pace
from exports.notify.digest import text_of
from exports.notify.sending import Notifier
from exports.notify.state import State, StateError, locked
from exports.notify.watch_list import WatchListError, read_watch_list
from exports.writing_files import DONE, FAILED, refuse
from queries.warehouse import WarehouseUnavailable, current, kept_versions


def notify(watch_list: Path, *, state: Path | None = None, dry_run: bool = False, since: str = "") -> int:
    """Send a digest of changes between data versions to everyone in a watch list, once.

    Exit codes: 0 everyone knows all; 1 somebody could not be told, or another notifier is at work; 2 wrong usage, watch
    list or no data.

    Parameters
    ----------
    watch_list
        TOML file; docs/alerts.md describes it.
    state
        Where it is noted what was sent; beside the watch list when left out.
    dry_run
        Print the digests; send nothing, note nothing.
    since
        Data version that those know who were told nothing yet.
    """
    path, pace = state or watch_list.with_suffix(".state.json"), Pace(clock=lambda: datetime.now(UTC))
    try:
        newest = current()
        if since and since not in kept_versions():
            return refuse(f"version {since} is not kept here; kept are {', '.join(kept_versions())}")
        wanted = read_watch_list(watch_list, newest)
    except (WarehouseUnavailable, WatchListError) as error:
        return refuse(str(error))
    try:
        if dry_run:
            return _print(Notifier(wanted, State(path), newest, since, _say, pace))
        with locked(path):
            done = Notifier(wanted, State(path), newest, since, _say, pace).run()
    except (StateError, WarehouseUnavailable) as error:
        return refuse(str(error), FAILED)
    except OSError as error:
        return refuse(f"{path} cannot be written ({error.strerror or error}); nothing more was sent.", FAILED)
    return DONE if done else FAILED


def _print(notifier: Notifier) -> int:
    for recipient in notifier.watch_list.recipients:
        for intention in notifier.due(recipient):
            digest = notifier.digest(recipient, intention)
            text = "-" if digest is None else text_of(digest)
            _say(f"== {recipient.key}: {intention.older} to {intention.newer}\n{text}")
    return DONE


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
