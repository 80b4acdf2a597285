"""Who is served next: visitors take turns, and those whose last query broke a limit come after the others."""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")

_REMEMBERED_VISITORS: Final = 1_000


class FairQueue(Generic[Item]):
    """Items of visitors in turn. Not safe between threads by itself."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[Item]] = OrderedDict()
        self._marked: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        return sum(len(items) for items in self._waiting.values())

    def of_visitor(self, visitor: str) -> int:
        """How many items of the visitor wait."""
        return len(self._waiting.get(visitor, ()))

    def add(self, visitor: str, item: Item) -> None:
        """Puts an item behind the visitor's others; a visitor who had none goes to the end of the turns."""
        self._waiting.setdefault(visitor, deque()).append(item)

    def take(self, may: Callable[[str], bool]) -> Item | None:
        """The next item of a visitor who may be served now; the visitor goes to the end of the turns."""
        for visitor in self._turns():
            if may(visitor):
                items = self._waiting[visitor]
                item = items.popleft()
                if items:
                    self._waiting.move_to_end(visitor)
                else:
                    del self._waiting[visitor]
                return item
        return None

    def remove(self, visitor: str, item: Item) -> bool:
        """Takes an item out; False when it was not waiting any more."""
        items = self._waiting.get(visitor)
        if items is None or item not in items:
            return False
        items.remove(item)
        if not items:
            del self._waiting[visitor]
        return True

    def in_order(self) -> Iterator[Item]:
        """All items in the order in which they would be served."""
        for marked in (False, True):
            turns = [list(v) for k, v in self._waiting.items() if (k in self._marked) is marked]
            for round_number in range(max(map(len, turns), default=0)):
                yield from (items[round_number] for items in turns if round_number < len(items))

    def mark(self, visitor: str) -> None:
        """Lets the visitor come after those who are not marked."""
        self._marked[visitor] = None
        self._marked.move_to_end(visitor)
        while len(self._marked) > _REMEMBERED_VISITORS:
            self._marked.popitem(last=False)

    def unmark(self, visitor: str) -> None:
        """Undoes `mark`."""
        self._marked.pop(visitor, None)

    def visitors(self, *, marked: bool) -> list[str]:
        """Visitors with items who are marked, or who are not, in the order of their turns."""
        return [x for x in self._waiting if (x in self._marked) is marked]

    def _turns(self) -> list[str]:
        return [*self.visitors(marked=False), *self.visitors(marked=True)]
