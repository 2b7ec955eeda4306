"""Majority over successive windows (arXiv 2401.05336, section 3)."""

from collections import Counter, deque


class MajorityVote:
    """More than half of the last `size` windows must agree; a window that abstains votes for nothing."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._votes: deque[tuple[str | None, int]] = deque(maxlen=size)

    def push(self, gloss: str | None, time_ns: int) -> None:
        """Count the next window, which ends at `time_ns`."""
        self._votes.append((gloss, time_ns))

    @property
    def winner(self) -> str | None:
        """The gloss that holds the majority now."""
        counted = Counter(gloss for gloss, _ in self._votes if gloss is not None)
        if not counted:
            return None
        gloss, votes = counted.most_common(1)[0]
        return gloss if 2 * votes > self._size else None

    def first_for(self, gloss: str) -> int:
        """When the first of the counted windows that voted for `gloss` ended; one of them must have."""
        return next(time_ns for vote, time_ns in self._votes if vote == gloss)

    def clear(self) -> None:
        """Forget all votes."""
        self._votes.clear()
