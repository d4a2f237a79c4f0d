"""The network: a pre-norm transformer, deep encoder and shallow decoder, in the shape that CTranslate2 runs.

No biases, ReLU, sinusoidal positions, one embedding for source, target and output.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

POSITIONS = 1024


@dataclass(frozen=True)
class Shape:
    """Sizes of a model."""

    vocabulary: int
    width: int
    heads: int
    encoder_layers: int
    decoder_layers: int
    feed_forward: int
    pad: int = 3


def sinusoids(width: int) -> Tensor:
    """Position encodings, (POSITIONS, width): sines then cosines (Vaswani et al. 2017)."""
    steps = torch.exp(torch.arange(width // 2) * -(math.log(10000.0) / (width // 2 - 1)))
    angles = torch.arange(POSITIONS)[:, None] * steps[None, :]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
    """Scaled dot-product attention over (B, H, L, D), written out; ``mask`` is added to the scores.

    For rows of sentence length on a CPU the backward pass is four times as fast as that of PyTorch's own
    kernel.
    """
    scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
    return (scores + mask).softmax(-1).to(value.dtype) @ value


def padding_mask(tokens: Tensor, pad: int) -> Tensor:
    """(B, 1, 1, L): minus infinity, as far as bfloat16 cares, where a row is padded."""
    return (tokens == pad)[:, None, None, :].bfloat16() * -1e4


def causal_mask(length: int) -> Tensor:
    """(L, L): minus infinity above the diagonal."""
    return torch.full((length, length), -1e4, dtype=torch.bfloat16).triu(1)


class Attention(nn.Module):
    """Multi-head attention; ``memory`` is what is attended to, the input itself when None."""

    def __init__(self, shape: Shape, *, cross: bool = False) -> None:
        super().__init__()
        width = shape.width
        self.heads, self.cross = shape.heads, cross
        self.norm = nn.LayerNorm(width)
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, x: Tensor, mask: Tensor, memory: Tensor | None = None) -> Tensor:
        batch, length, width = x.shape
        normed = self.norm(x)
        if self.cross:
            assert memory is not None
            query = self.query(normed)
            key, value = functional.linear(memory, torch.cat([self.key.weight, self.value.weight])).chunk(
                2, -1
            )
        else:
            weights = torch.cat([self.query.weight, self.key.weight, self.value.weight])
            query, key, value = functional.linear(normed, weights).chunk(3, -1)
        query, key, value = (
            t.view(batch, -1, self.heads, width // self.heads).transpose(1, 2) for t in (query, key, value)
        )
        mixed = attend(query, key, value, mask)
        return x + self.out(mixed.transpose(1, 2).reshape(batch, length, width))


class FeedForward(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(shape.width)
        self.up = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.down(functional.relu(self.up(self.norm(x))))


class EncoderLayer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention, self.feed_forward = Attention(shape), FeedForward(shape)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        return self.feed_forward(self.attention(x, mask))


class DecoderLayer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention = Attention(shape)
        self.cross = Attention(shape, cross=True)
        self.feed_forward = FeedForward(shape)

    def forward(self, x: Tensor, causal: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        return self.feed_forward(self.cross(self.attention(x, causal), mask, memory))


class Network(nn.Module):
    """Source (B, S) and shifted target (B, T) token ids -> decoder states (B, T, width).

    Both are padded at the end: the encoder masks it, a causal decoder never looks there.
    """

    positions: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Parameter(torch.randn(shape.vocabulary, shape.width) * shape.width**-0.5)
        self.register_buffer("positions", sinusoids(shape.width), persistent=False)
        self.encoder = nn.ModuleList(EncoderLayer(shape) for _ in range(shape.encoder_layers))
        self.encoder_norm = nn.LayerNorm(shape.width)
        self.decoder = nn.ModuleList(DecoderLayer(shape) for _ in range(shape.decoder_layers))
        self.decoder_norm = nn.LayerNorm(shape.width)
        for name, module in self.named_modules():
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=module.in_features**-0.5)
                if name.endswith(("out", "down")):
                    nn.init.zeros_(module.weight)

    def embed(self, tokens: Tensor) -> Tensor:
        embedded = functional.embedding(tokens, self.embedding) * math.sqrt(self.shape.width)
        return (embedded + self.positions[: tokens.shape[1]]).bfloat16()

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        mask, causal = padding_mask(source, self.shape.pad), causal_mask(target.shape[1])
        x = self.embed(source)
        for layer in self.encoder:
            x = layer(x, mask)
        memory = self.encoder_norm(x)
        y = self.embed(target)
        for layer in self.decoder:
            y = layer(y, causal, memory, mask)
        return self.decoder_norm(y)


class OutputLoss(torch.autograd.Function):
    """Summed, label-smoothed cross-entropy of states (N, width) against the tied embedding; gold -1 is
    padding.

    The gradient is made chunk by chunk in the forward pass: the (N, vocabulary) matrix never exists as a
    whole. Only ``candidates`` (the gold tokens and a sample of the others) are scored; ``correction`` is what
    is added to the score of each so that the sum over the sample estimates the sum over the vocabulary.
    """

    CHUNK = 256

    @staticmethod
    def forward(  # type: ignore[no-untyped-def, override]
        ctx,
        states: Tensor,
        embedding: Tensor,
        gold: Tensor,
        candidates: Tensor,
        correction: Tensor,
        smoothing: float,
    ) -> Tensor:
        weight = embedding.detach()[candidates].bfloat16()
        loss = torch.zeros((), dtype=torch.float32)
        grad_states = torch.empty_like(states)
        grad_weight = torch.zeros(weight.shape, dtype=torch.float32)
        for start in range(0, len(states), OutputLoss.CHUNK):
            part, right = (
                states[start : start + OutputLoss.CHUNK],
                gold[start : start + OutputLoss.CHUNK, None],
            )
            real = (right >= 0).float()
            right = right.clamp_min(0)
            logits = (part @ weight.T).float()
            chosen, mean = logits.gather(1, right), logits.mean(1, keepdim=True)
            logits += correction
            norm = torch.logsumexp(logits, dim=1, keepdim=True)
            loss += ((norm - (1 - smoothing) * chosen - smoothing * mean) * real).sum()
            grad = logits.sub_(norm).exp_().sub_(smoothing / weight.shape[0])
            grad.scatter_add_(1, right, torch.full_like(right, -(1 - smoothing), dtype=torch.float32))
            grad = (grad.mul_(real)).bfloat16()
            grad_states[start : start + OutputLoss.CHUNK] = grad @ weight
            grad_weight += grad.T @ part
        ctx.save_for_backward(grad_states, grad_weight, candidates)
        ctx.rows = embedding.shape
        return loss

    @staticmethod
    def backward(ctx, scale: Tensor):  # type: ignore[no-untyped-def, override]
        grad_states, grad_weight, candidates = ctx.saved_tensors
        whole = torch.zeros(ctx.rows, dtype=torch.float32)
        whole[candidates] = grad_weight * scale
        return grad_states * scale, whole, None, None, None, None
