"""What a network is trained for. The training loop knows no more of a method than this."""

from abc import ABC, abstractmethod

from torch import Tensor, nn

from engine.features.model_input import KeypointBatch, ModelInput


class Objective(nn.Module, ABC):
    """Networks and the loss that trains them; everything that shall survive an interruption is in its state."""

    @property
    @abstractmethod
    def kept(self) -> nn.Module:
        """The network that the run is for; its weights are averaged over the steps."""

    @property
    @abstractmethod
    def encoder(self) -> nn.Module:
        """The part of `kept` that may learn at a rate of its own."""

    @abstractmethod
    def forward(self, batch: KeypointBatch, labels: Tensor, progress: float) -> dict[str, Tensor]:
        """The loss of a batch, and what else is worth showing.

        Args:
            batch: B clips as they were recorded; augmentation is the objective's business.
            labels: (B,) index of each clip's gloss.
            progress: how far the run is, 0..1.

        Returns:
            scalars by name; "loss" is what is minimised.
        """

    @abstractmethod
    def inputs(self, batch: KeypointBatch) -> ModelInput:
        """What `kept` is given when it is used: without augmentation."""

    def after_step(self) -> None:
        """Called after each step of the optimiser."""
