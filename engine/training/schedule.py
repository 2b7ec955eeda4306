"""How long and how fast a network learns."""

import math
from dataclasses import dataclass
from enum import StrEnum


class Decay(StrEnum):
    """How the learning rate falls."""

    COSINE = "cosine"
    LINEAR = "linear"
    STEPS = "steps"


class Optimiser(StrEnum):
    """What changes the weights."""

    ADAMW = "adamw"
    SGD = "sgd"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Settings of the optimiser and of a run's length.

    Attributes:
        epochs: passes over the training clips.
        batch_size: clips a step, over all workers together.
        optimiser: "adamw", or "sgd" with a momentum of 0.9.
        learning_rate: at its peak; it rises linearly over `warmup` of all steps, then falls.
        decay: how it falls: to zero as a "cosine" or "linear", or in "steps" to a tenth after each third of the rest.
        encoder_rate: the encoder learns at this share of the learning rate: less than 1 spares one that was
            trained before, 0 freezes it (a linear probe).
        weight_decay: on everything but weights of one dimension (biases, norms).
        second_moment: AdamW's second beta; the first is 0.9.
        averaging: decay of the exponential moving average of the weights, which is what is kept; it grows to this.
        gradient_norm: gradients are clipped to it.
    """

    epochs: int = 100
    batch_size: int = 32
    optimiser: Optimiser = Optimiser.ADAMW
    learning_rate: float = 1e-3
    warmup: float = 0.05
    decay: Decay = Decay.COSINE
    encoder_rate: float = 1.0
    weight_decay: float = 0.05
    second_moment: float = 0.98
    averaging: float = 0.99
    gradient_norm: float = 1.0


def learning_rate(schedule: Schedule, *, step: int, steps: int) -> float:
    """The learning rate of step `step` (from 0) of `steps`."""
    rise = max(1.0, schedule.warmup * steps)
    if step < rise:
        return schedule.learning_rate * min(1.0, (step + 1) / rise)
    done = (step - rise) / max(1.0, steps - rise)
    return schedule.learning_rate * _left(schedule.decay, done)


def _left(decay: Decay, done: float) -> float:
    if decay == Decay.STEPS:
        return float(0.1 ** math.floor(3 * done))
    return 1 - done if decay == Decay.LINEAR else 0.5 * (1 + math.cos(math.pi * done))
