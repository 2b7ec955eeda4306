"""The MASA encoder: frame embedding and a vanilla Transformer (arXiv 2405.20666, section III)."""

from torch import Tensor, nn

from engine.features.model_input import ModelInput
from engine.models.config import EncoderConfig
from engine.models.embedding import FrameEmbedding, PartVectors
from engine.models.hidden_frames import hidden_frames


class MasaEncoder(nn.Module):
    """Model input -> one feature vector for each frame."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        self.embedding = FrameEmbedding(config)
        block = nn.TransformerEncoderLayer(
            d_model=config.width,
            nhead=config.heads,
            dim_feedforward=config.feed_forward,
            dropout=config.dropout,
            batch_first=True,
            norm_first=True,
        )
        # Dropping attention weights costs a sixth of a CPU's training step; augmentation hides frames already.
        block.self_attn.dropout = 0.0
        self.transformer = nn.TransformerEncoder(
            block, config.blocks, norm=nn.LayerNorm(config.width), enable_nested_tensor=False
        )

    def forward(self, frames: ModelInput) -> Tensor:
        """Return features (B, F, width); those of absent frames mean nothing."""
        return self.encode(self.embedding.parts(frames))

    def encode(self, parts: PartVectors) -> Tensor:
        """The second half of `forward`, for frames that were embedded before."""
        tokens = self.embedding.in_time(parts)
        features: Tensor = self.transformer(tokens, src_key_padding_mask=hidden_frames(parts.frames_present))
        return features
