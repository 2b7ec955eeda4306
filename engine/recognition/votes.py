"""Majority over successive windows (arXiv 2401.05336, section 3)."""

from collections import Counter, deque


class MajorityVote:
    """More than half of the last `size` windows must agree; a window that abstains votes for nothing."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._votes: deque[str | None] = deque(maxlen=size)

    def push(self, gloss: str | None) -> None:
        """Count the next window."""
        self._votes.append(gloss)

    @property
    def winner(self) -> str | None:
        """The gloss that holds the majority now."""
        counted = Counter(vote for vote in self._votes if vote is not None)
        if not counted:
            return None
        gloss, votes = counted.most_common(1)[0]
        return gloss if 2 * votes > self._size else None

    def clear(self) -> None:
        """Forget all votes."""
        self._votes.clear()
