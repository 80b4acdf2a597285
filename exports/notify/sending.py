"""Who is sent what: one digest for each recipient and pair of data versions, noted before and after it is sent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from exports.notify import webhook
from exports.notify.delivering import Failed, Pace, deliver
from exports.notify.digest import Comparison, Digest
from exports.notify.mail import mail_server, message_of
from exports.notify.state import Intention, State
from exports.notify.watch_list import Recipient, WatchList
from queries.warehouse import QueryFailed, Warehouse, WarehouseUnavailable, kept_versions, version

Say = Callable[[str], None]


@dataclass
class Notifier:
    """Sends what a watch list asks for. `say` tells of each recipient in a line."""

    watch_list: WatchList
    state: State
    newest: Warehouse
    since: str
    say: Say
    pace: Pace
    _compared: dict[tuple[str, str], Comparison] = field(default_factory=dict)

    def run(self) -> bool:
        """Tells every recipient; True where each of them knows all now. One that fails stops no other. Raises OSError
        where the state cannot be written: then nothing more is sent.
        """
        told = [self._tell(one) for one in self.watch_list.recipients]
        return all(told)

    def _tell(self, recipient: Recipient) -> bool:
        try:
            for intention in self.due(recipient):
                digest = self.digest(recipient, intention)
                if digest is not None:
                    attempt = self._attempt(recipient, digest, intention)
                    self.state.intend(recipient.key, intention)
                    deliver(attempt, self.pace)
                self.state.confirm(recipient.key, intention.newer)
                said = "nothing to tell" if digest is None else "sent"
                self.say(f"{recipient.key}: {said}, {intention.older} to {intention.newer}")
            if self.state.told(recipient.key) is None:
                newest = self.newest.data_version
                self.state.confirm(recipient.key, newest)
                self.say(f"{recipient.key}: will be told of what changes after {newest}")
        except (Failed, WarehouseUnavailable, QueryFailed, ValueError) as error:
            self.say(f"{recipient.key}: not delivered: {error}")
            return False
        return True

    def due(self, recipient: Recipient) -> Iterator[Intention]:
        """What is not confirmed, then what is new since; each only where both versions are kept."""
        kept, newest = kept_versions(self.newest.path.parent), self.newest.data_version
        told = self.state.told(recipient.key) or self.since
        pending = self.state.intended(recipient.key)
        if pending is not None and {pending.older, pending.newer} <= set(kept):
            yield pending
            told = pending.newer
        if told and told not in kept:
            self.say(f"{recipient.key}: version {told} is not kept any more; told from {kept[-1]} on")
            told = kept[-1]
        if not told:
            # Told nothing yet: the last change of the data, or from the next version on.
            told = kept[1] if len(kept) > 1 else newest
        if told != newest:
            yield Intention(told, newest, self.pace.clock().isoformat(timespec="seconds"))

    def digest(self, recipient: Recipient, intention: Intention) -> Digest | None:
        """The digest of two versions, each compared once for all. Raises WarehouseUnavailable."""
        pair = (intention.older, intention.newer)
        if pair not in self._compared:
            folder = self.newest.path.parent
            self._compared[pair] = Comparison(*(version(code, folder) for code in pair))
        return self._compared[pair].digest(recipient, self.watch_list.address)

    def _attempt(self, recipient: Recipient, digest: Digest, intention: Intention) -> Callable[[], None]:
        sender, to = self.watch_list.sender, recipient.mail
        if to is None or sender is None:
            address = webhook.hook_address(recipient.variable)
            payload = webhook.PAYLOADS[recipient.kind](digest)
            return lambda: webhook.post(address, payload, digest.name)
        server = mail_server()
        at = datetime.fromisoformat(intention.at)
        message = message_of(digest, sender, to, self.watch_list.unsubscribe, at)
        return lambda: server.send(message)
