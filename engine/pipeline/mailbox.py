"""What two threads pass things through: never longer than it should be, and the latest wins."""

from collections import deque
from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Holds a few items for a consumer that may be slower than the producer.

    A full mailbox drops its oldest item for a new one and counts that, so that delay never grows; a lossless
    one lets the producer wait instead.
    """

    def __init__(self, capacity: int = 1, *, lossless: bool = False) -> None:
        if capacity < 1:
            raise ValueError("a mailbox holds at least one item")
        self._capacity = capacity
        self._lossless = lossless
        self._items: deque[T] = deque()
        self._changed = Condition()
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """How many items nobody ever took because newer ones came."""
        with self._changed:
            return self._dropped

    def put(self, item: T, *, most: int | None = None) -> None:
        """Leave an item. A closed mailbox takes no more.

        Args:
            item: what to leave.
            most: wait until fewer items than that are inside, so that none is dropped. A lossless mailbox always
                waits while it is full; another one never does unless it is told to.
        """
        below = self._capacity if most is None else most
        with self._changed:
            if self._lossless or most is not None:
                self._changed.wait_for(lambda: self._closed or len(self._items) < below)
            if self._closed:
                return
            if len(self._items) == self._capacity:
                self._items.popleft()
                self._dropped += 1
            self._items.append(item)
            self._changed.notify_all()

    def take(self) -> tuple[T, ...]:
        """Wait for items and take all there are, oldest first; nothing where the mailbox is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._items)
            items = tuple(self._items)
            self._items.clear()
            self._changed.notify_all()
            return items

    def close(self) -> None:
        """Let nothing more in and wake whoever waits; what is inside can still be taken. Safe to call twice."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
