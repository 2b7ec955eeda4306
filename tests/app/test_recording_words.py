from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.recording_words import recorded_words
from engine.sessions.library import KeptSession
from engine.types import NANOSECONDS

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("signs", "keypoints_lost", "pictures_lost", "words"),
    [
        (1, 0, 0, "Recorded 1:05 with 1 sign: lesson."),
        (2, 3, 0, "Recorded 1:05 with 2 signs: lesson. 3 frames are missing, because the disk was too slow."),
        (2, 0, 1, "Recorded 1:05 with 2 signs: lesson. The video lacks 1 picture."),
        (
            0,
            1,
            2,
            "Recorded 1:05 with 0 signs: lesson. 1 frame is missing, because the disk was too slow. The video lacks "
            "2 pictures.",
        ),
    ],
)
def test_a_session_is_told_with_what_it_lacks(signs: int, keypoints_lost: int, pictures_lost: int, words: str) -> None:
    session = KeptSession(
        Path("lesson.npz"),
        started=datetime(2024, 5, 1, tzinfo=UTC),
        duration_ns=65 * NANOSECONDS,
        signs=signs,
        video=True,
        keypoints_lost=keypoints_lost,
        pictures_lost=pictures_lost,
    )

    assert recorded_words(session) == words
