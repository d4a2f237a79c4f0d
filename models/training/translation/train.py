"""Step 6: train a model, resumable, on however much time there is.

    python -m models.training.translation.train WORK nordic-en --minutes 120 --threads 1

The learning rate falls with the time that is left, so that a run ends finished whatever the machine. Matrices
are updated by Muon (orthogonalised momentum, Jordan 2024), the embedding and the norms by Adam. On a CPU with
AMX the bfloat16 products run about seven times as fast as float32 ones. WORK/<model>/checkpoint.pt is written
every few minutes and a new start goes on from it; ``restore`` makes one of a package.
"""

from __future__ import annotations

import argparse
import math
import time
import tomllib
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.training.translation.mix import PAD, batches, encode
from models.training.translation.network import Network, OutputLoss, Shape

RECIPE = tomllib.loads(Path(__file__).with_name("recipe.toml").read_text())
CHECKPOINT_SECONDS = 300


def orthogonalised(update: Tensor) -> Tensor:
    """The nearest semi-orthogonal matrix, by five Newton-Schulz steps (coefficients of Jordan et al.
    2024)."""
    x = update.bfloat16()
    if tall := x.shape[0] > x.shape[1]:
        x = x.T
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        gram = x @ x.T
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    return (x.T if tall else x).float()


class Muon(torch.optim.Optimizer):
    """Momentum whose matrix updates are orthogonalised; for the two-dimensional weights."""

    def __init__(
        self, params: list[Tensor], lr: float = 0.02, momentum: float = 0.95, decay: float = 0.01
    ) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            for weight in group["params"]:
                held = self.state[weight].setdefault("momentum", torch.zeros_like(weight))
                held.lerp_(weight.grad, 1 - group["momentum"])
                update = orthogonalised(weight.grad.lerp(held, group["momentum"]))
                scale = max(1.0, weight.shape[0] / weight.shape[1]) ** 0.5
                weight.mul_(1 - group["lr"] * group["decay"]).add_(update, alpha=-group["lr"] * scale)


def shape_of(model: str) -> Shape:
    """The sizes that the recipe gives a model."""
    settings = RECIPE["models"][model]
    return Shape(
        RECIPE["vocabularies"][settings["vocabulary"]]["size"],
        *(settings[k] for k in ("width", "heads", "encoder_layers", "decoder_layers", "feed_forward")),
    )


def rate(step: int, left: float, warmup: int) -> float:
    """Share of the peak learning rate: a linear rise, a plateau, a linear fall over the last 60 % of the
    time."""
    return min(1.0, (step + 1) / warmup, left / 0.6)


def wanted(states: Tensor, gold: Tensor) -> tuple[Tensor, Tensor]:
    """States (N, width) and gold tokens (N) without most of the padding: N a multiple of the loss's chunk."""
    flat = gold.reshape(-1)
    real = (flat != PAD).nonzero().squeeze(1)
    extra = -len(real) % OutputLoss.CHUNK
    picked = torch.cat([real, real.new_zeros(extra)])
    gold = flat[picked]
    gold[len(real) :] = -1
    return states.reshape(-1, states.shape[-1])[picked], gold


def sampled(gold: Tensor, vocabulary: int, sample: int) -> tuple[Tensor, Tensor, Tensor]:
    """Gold as indexes into candidates (-1 stays), the candidates, and the log of how many tokens each stands
    for."""
    present = torch.zeros(vocabulary, dtype=torch.bool)
    present[gold[gold >= 0]] = True
    right, others = present.nonzero().squeeze(1), (~present).nonzero().squeeze(1)
    # A round number of candidates: each new shape costs a compilation.
    drawn = others[torch.randperm(len(others))[: max(sample, -(-len(right) // 512) * 512 + 512) - len(right)]]
    candidates = torch.cat([right, drawn])
    position = torch.full((vocabulary + 1,), -1)
    position[candidates] = torch.arange(len(candidates))
    correction = torch.zeros(len(candidates))
    correction[len(right) :] = math.log(len(others) / max(1, len(drawn)))
    return torch.where(gold >= 0, position[gold.clamp_min(0)], -1), candidates, correction


def main() -> None:  # noqa: PLR0915 (one loop, read from top to bottom)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("model", choices=sorted(RECIPE["models"]))
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--micro", type=int, default=1536, help="source tokens a batch, padding included")
    parser.add_argument("--accumulate", type=int, default=3, help="batches a step")
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument(
        "--sample", type=int, default=3072, help="tokens scored a batch, the right ones included"
    )
    parser.add_argument("--peak", type=float, default=1, help="share of the highest learning rate")
    parser.add_argument("--steps", type=int, default=10**9)
    parser.add_argument("--seed", type=int, default=RECIPE["seed"], help="another one for a restored model")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    folder = arguments.work / arguments.model
    folder.mkdir(parents=True, exist_ok=True)
    network = Network(shape_of(arguments.model))
    matrices = [p for n, p in network.named_parameters() if p.ndim == 2 and n != "embedding"]
    others = [p for n, p in network.named_parameters() if p.ndim != 2 or n == "embedding"]
    optimizers = [Muon(matrices), torch.optim.Adam(others, lr=2e-3, betas=(0.9, 0.98), eps=1e-9)]
    peaks = [0.02 * arguments.peak, 2e-3 * arguments.peak]
    step, spent, seen = 0, 0.0, 0
    with torch.no_grad():
        network.embedding.copy_(torch.from_numpy(np.load(folder / "embedding.npy")))
    if (path := folder / "checkpoint.pt").exists():
        held = torch.load(path)
        network.load_state_dict(held["network"])
        for optimizer, state in zip(optimizers, held.get("optimizers", []), strict="optimizers" in held):
            optimizer.load_state_dict(state)
        step, spent, seen = held["step"], held["spent"], held["seen"]
    stream = batches(encode(arguments.work, arguments.model), arguments.micro, arguments.seed + step)
    begin = saved = told = time.monotonic()
    earlier, loss_sum, loss_tokens = spent, 0.0, 0
    while step < arguments.steps:
        spent = earlier + time.monotonic() - begin
        left = 1 - spent / (arguments.minutes * 60)
        if left <= 0:
            break
        for optimizer, peak in zip(optimizers, peaks, strict=True):
            for group in optimizer.param_groups:
                group["lr"] = peak * rate(step, left, 150)
            optimizer.zero_grad(set_to_none=True)
        picked = [tuple(map(torch.from_numpy, next(stream))) for _ in range(arguments.accumulate)]
        tokens = sum(int((target[:, 1:] != PAD).sum()) for _, target in picked)
        for source, target in picked:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = network(source, target[:, :-1])
            states, gold = wanted(states, target[:, 1:])
            scored = sampled(gold, network.shape.vocabulary, arguments.sample)
            loss = OutputLoss.apply(states, network.embedding, *scored, arguments.smoothing)
            (loss / tokens).backward()
            loss_sum += float(loss.detach())
        torch.nn.utils.clip_grad_norm_(others, 1.0)
        for optimizer in optimizers:
            optimizer.step()
        step, seen, loss_tokens = step + 1, seen + tokens, loss_tokens + tokens
        now = time.monotonic()
        if step % 50 == 0:
            speed = loss_tokens / (now - told)
            print(f"step {step} loss {loss_sum / loss_tokens:.3f} seen {seen / 1e6:.2f}M", end=" ")
            print(f"{speed:.0f} tokens/s left {left:.3f}", flush=True)
            told, loss_sum, loss_tokens = now, 0.0, 0
        if now - saved > CHECKPOINT_SECONDS:
            save(path, network, optimizers, step, spent, seen)
            saved = now
    save(path, network, optimizers, step, spent, seen)


def begin(folder: Path, network: dict[str, Tensor]) -> None:
    """Write a checkpoint that has these weights and no training of its own behind it."""
    np.save(folder / "embedding.npy", network["embedding"].detach().numpy())
    torch.save({"network": network, "step": 0, "spent": 0.0, "seen": 0}, folder / "checkpoint.pt")


def save(
    path: Path, network: Network, optimizers: list[torch.optim.Optimizer], step: int, spent: float, seen: int
) -> None:
    """Write the checkpoint so that it is whole or not there."""
    state = {
        "network": network.state_dict(), "optimizers": [o.state_dict() for o in optimizers],
        "step": step, "spent": spent, "seen": seen,
    }  # fmt: skip
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


if __name__ == "__main__":
    main()
