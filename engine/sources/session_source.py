"""Playing a session: its keypoints, over its video where there is one."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from engine.errors import UserFacingError
from engine.sources.clip import keypoint_frame, plain_picture
from engine.sources.session import (
    PICTURE_LASTS_NS,
    Session,
    SessionNotes,
    Times,
    load_beginning,
    load_notes,
    load_session,
    video_of,
)
from engine.types import Frame, Image

log = logging.getLogger(__name__)


class SessionSource:
    """The keypoints of a session as frames, in the stream time in which they were recorded; see `FrameSource`."""

    live = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._session: Session | None = None
        self.name = path.name

    def read_notes(self) -> SessionNotes:
        """Read what the session knows of itself; may be called at any time.

        Raises:
            UserFacingError: the file cannot be read as a session.
        """
        return load_notes(self._path)

    def read_beginning(self) -> int:
        """Read at which stream time its video begins, its first frame where it has none; may be called at any time.

        Raises:
            UserFacingError: the file cannot be read as a session.
        """
        return load_beginning(self._path)

    def __enter__(self) -> Self:
        self._session = load_session(self._path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session = None

    def __iter__(self) -> Iterator[Frame]:
        assert self._session is not None, "iterate a session inside its with block"
        clip = self._session.clip
        with ExitStack() as open_files:
            film = _Film(self._path, self._session.pictures_ns, clip.size, open_files)
            for index, (joints, time_ns) in enumerate(zip(clip.joints, clip.times_ns, strict=True)):
                yield keypoint_frame(joints, film.at(int(time_ns)), time_ns=int(time_ns), index=index)


class _Film:
    """The picture that was shown at each moment, read once from beginning to end."""

    def __init__(self, path: Path, pictures_ns: Times, size: tuple[int, int], open_files: ExitStack) -> None:
        """Open the video of a session, if there is one; it is closed with `open_files`."""
        self._plain = plain_picture(size)
        self._picture = self._plain
        self._next = 0
        self._pictures_ns = pictures_ns
        self._frames: Iterator[Frame] = iter(())
        if not len(pictures_ns):
            return
        from engine.sources.video import VideoSource  # OpenCV, which nothing else here needs

        try:
            self._frames = iter(open_files.enter_context(VideoSource(video_of(path))))
        except UserFacingError as error:
            log.warning("%s is played without its video. %s", path.name, error)

    def at(self, time_ns: int) -> Image:
        """Return the newest picture that is not later than `time_ns`; times never go back."""
        while self._next < len(self._pictures_ns) and self._pictures_ns[self._next] <= time_ns:
            frame = next(self._frames, None)
            self._picture = self._plain if frame is None else self._whole(frame.image)
            self._next += 1
        if self._next and time_ns - self._pictures_ns[self._next - 1] > PICTURE_LASTS_NS:
            return self._plain
        return self._picture

    def _whole(self, image: Image) -> Image:
        """Return a picture of the film in the size that was shown: Motion JPEG has lost a pixel of each odd side."""
        rows, columns = (side - kept for side, kept in zip(self._plain.shape[:2], image.shape[:2], strict=True))
        if not {rows, columns} <= {0, 1}:
            return self._plain
        return np.pad(image, ((0, rows), (0, columns), (0, 0)), mode="edge") if rows or columns else image
