"""Hints for the signer before a camera."""

from app.bridge import Picture
from engine.features.hints import Hint, HintJudge, mean_brightness


class Advisor:
    """Looks at the pictures of one run; used on the interface thread alone."""

    def __init__(self) -> None:
        self._judge = HintJudge()
        self._hint: Hint | None = None
        self._judged_ns = -1

    def look(self, picture: Picture) -> Hint | None:
        """Return the hint that holds; a skeleton that is shown with several pictures is judged once."""
        keypoints = picture.keypoints
        if keypoints is not None and keypoints.time_ns > self._judged_ns:
            self._judged_ns = keypoints.time_ns
            self._hint = self._judge.push(keypoints, brightness=mean_brightness(picture.frame.image))
        return self._hint
