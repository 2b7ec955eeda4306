"""What a run tells while it goes on: a line, a JSON line, TensorBoard."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from engine.errors import UserFacingError
from engine.files import atomic_write

LEAST_S: Final = 1e-3
"""Some clocks stand still for longer than a short epoch takes."""


@dataclass(frozen=True, slots=True)
class EpochReport:
    """What an epoch brought.

    Attributes:
        epoch: counted from 1; `epochs` is how many there will be.
        figures: by name: means over the epoch of what the objective shows, "loss" first, and what was measured
            on held-out clips ("val_...").
        learning_rate: of the last step.
        clips_per_second: over the epoch; None where this process took none of its steps: one before it did.
        seconds_left: until the end of the run, at the pace so far; None there, too.
    """

    epoch: int
    epochs: int
    figures: dict[str, float]
    learning_rate: float
    clips_per_second: float | None
    seconds_left: float | None

    def line(self) -> str:
        """For people."""
        figures = "  ".join(f"{name} {value:.3f}" for name, value in self.figures.items())
        told = f"epoch {self.epoch}/{self.epochs}  {figures}  rate {self.learning_rate:.1e}"
        if self.clips_per_second is None or self.seconds_left is None:
            return told
        return f"{told}  {self.clips_per_second:.0f} clips/s  {_duration(self.seconds_left)} left"


Report = Callable[[EpochReport], None]


class Clock:
    """How fast a run goes, by the steps that this process takes: those before an interruption took another's time."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._steps = 0
        self.begin_epoch()

    def begin_epoch(self) -> None:
        """What `steps_a_second` looks at begins now."""
        self._epoch_began = time.monotonic()
        self._before_epoch = self._steps

    def count_step(self) -> None:
        """A step was taken."""
        self._steps += 1

    def steps_a_second(self) -> float | None:
        """Since the epoch began; None where no step was taken."""
        taken = self._steps - self._before_epoch
        return taken / max(time.monotonic() - self._epoch_began, LEAST_S) if taken else None

    def seconds_for(self, steps: int) -> float | None:
        """How long so many steps take, at the pace so far with all that is done between them; None where none was."""
        return (time.monotonic() - self._began) / self._steps * steps if self._steps else None


class JsonLines:
    """One line an epoch in a file; of a run that goes on, the lines of epochs that are done again are dropped."""

    def __init__(self, path: Path, *, done: int) -> None:
        self._path = path
        kept = []
        if path.is_file():
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                try:
                    epoch = json.loads(line)["epoch"]
                except (ValueError, KeyError, TypeError):
                    break  # the line that was being written when the machine went down
                if epoch <= done:
                    kept.append(line + "\n")
        atomic_write(path, "".join(kept))

    def __call__(self, report: EpochReport) -> None:
        with _writing(self._path), self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(report)) + "\n")


class TensorBoard:
    """Curves for TensorBoard, which is an optional dependency."""

    def __init__(self, folder: Path, *, done: int) -> None:
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ImportError:
            raise UserFacingError(
                "TensorBoard is not installed: pip install 'masa-live[training]', or leave --tensorboard out."
            ) from None
        self._folder = folder
        with _writing(folder):
            self._writer = SummaryWriter(str(folder), purge_step=done + 1)

    def __call__(self, report: EpochReport) -> None:
        with _writing(self._folder):
            for name, value in report.figures.items() | {("learning_rate", report.learning_rate)}:
                self._writer.add_scalar(name, value, report.epoch)
            self._writer.flush()


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Say in one line that there is no more room, for instance.

    Raises:
        UserFacingError: an `OSError` was raised in the block.
    """
    try:
        yield
    except OSError as error:
        why = error.strerror or error
        raise UserFacingError(f"Cannot write {path}: {why}. Mend that: the same command goes on.") from error


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.1f} min" if seconds >= 60 else f"{seconds:.0f} s"
