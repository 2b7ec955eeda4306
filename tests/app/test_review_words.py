from dataclasses import replace

import numpy as np

from app.review_words import (
    alike_words,
    attention_words,
    calibration_words,
    influence_rows,
    sign_details,
    sign_headline,
)
from engine.recognition.memory import RecordedSign
from engine.types import KeypointClip, SignEvent
from tests.app.scripted import make_explanation, make_keypoints, sign_event


def recorded(event: SignEvent) -> RecordedSign:
    frames = [make_keypoints(index * 10**8) for index in range(11)]
    times = np.array([frame.time_ns for frame in frames], np.int64)
    return RecordedSign(event, KeypointClip(np.stack([frame.joints for frame in frames]), times, frames[0].size))


def test_a_sign_is_told_with_what_came_next() -> None:
    sign = recorded(sign_event("eat", 0.9, start_s=65))

    assert sign_headline(sign) == "eat · 90 %"
    assert sign_details(sign) == "at 1:05 · then: drink 45 %"


def test_a_sign_that_was_not_recognised_is_told_with_what_came_closest() -> None:
    sign = recorded(sign_event(None, 0.4))

    assert sign_headline(sign) == "Not sure"
    assert sign_details(sign) == "at 0:01 · nearest: eat 40 %, drink 20 %"


def test_a_sign_without_candidates_is_told_by_its_time() -> None:
    sign = recorded(replace(sign_event("eat"), candidates=()))

    assert sign_details(sign) == "at 0:01"


def test_influence_is_told_in_words_and_never_as_less_than_nothing() -> None:
    rows = influence_rows(make_explanation(recorded(sign_event("eat"))))

    assert [(row.share, row.words) for row in rows] == [(0.6, "−60 % → drink"), (0.001, "no change"), (0.0, "+2 %")]


def test_the_moment_of_most_attention_is_told() -> None:
    explanation = make_explanation(recorded(sign_event("eat")))

    assert attention_words(explanation) == "Most attention 1.0 s after the beginning"
    assert alike_words(explanation) == "To the model these are most like “eat”, whoever signs: drink, bird."
    assert alike_words(replace(explanation, alike=())) == ""


def test_calibration_is_told_in_words() -> None:
    def words(temperature: float, *, bias: float = 0.0) -> str:
        return calibration_words(
            name="base", device="cpu", glosses=100, threshold=0.74, temperature=temperature, background_bias=bias
        )

    assert words(1.0).startswith("base knows 100 sign(s) and runs on CPU. Its probabilities are shown as they are.")
    assert "less than by itself (temperature 1.50)" in words(1.5)
    assert "more than by itself (temperature 0.69)" in words(0.69)
    assert "(temperature 1.50) and how often it expects signs that it does not know (bias -2.25)" in words(
        1.5, bias=-2.25
    )
    assert words(1.0).endswith("Below 74 % it says that it is not sure.")
