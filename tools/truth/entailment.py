"""Does one text follow from another, contradict it, or neither? A classifier of sentence pairs (NLI), where one is given.

Any sequence classifier whose labels are named entailment, neutral and contradiction will do (Williams et al.
2018, arXiv 1704.05426); none ships with Autopsie. The columns are found by the names in its configuration.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.errors import BadInput, Missing
from tools.finding import Specimen
from tools.specimens.fetch import sha256

if TYPE_CHECKING:
    import numpy as np

COLUMNS = ("entailment", "neutral", "contradiction")
ENTAILMENT, NEUTRAL, CONTRADICTION = range(3)
STEMS = ("entail", "neutral", "contradict")  # "ENTAILMENT", "entails", "contradictory"; never "not_entailment"
BATCH = 16  # pairs read side by side
MOST = 512  # tokens of a pair that are read, or fewer where the model has fewer places
OnStep = Callable[[int, int], None]
"""Called with the pairs read and the pairs to read; may raise ``Stopped``."""


@lru_cache(maxsize=2)
def load(model: str) -> Entailment:
    """The classifier in a local folder or with a Hugging Face id; ``Missing`` and ``BadInput`` say what to give."""
    return Entailment(model)


class Entailment:
    """A classifier of pairs (premise, hypothesis) in this process."""

    def __init__(self, source: str) -> None:
        from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer
        from transformers.utils import logging

        logging.set_verbosity_error()
        logging.disable_progress_bar()
        self.name, self._lock = source, threading.Lock()
        if not source.strip() or source.startswith(("http://", "https://")):
            raise _unreadable(source, "a folder or an id is needed")
        try:
            config = AutoConfig.from_pretrained(source)
            self.order = columns(dict(getattr(config, "id2label", None) or {}), source)
            self.tokenizer: Any = AutoTokenizer.from_pretrained(source)
            self.model: Any = AutoModelForSequenceClassification.from_pretrained(source).eval()
        except (OSError, ValueError, KeyError) as error:
            raise _unreadable(source, (str(error).strip().splitlines() or [type(error).__name__])[0][:200]) from error
        # RoBERTa counts its places from two on: two less are free than the table is long.
        places = int(getattr(config, "max_position_embeddings", MOST) or MOST) - 2
        self.most = max(8, min(MOST, places, int(getattr(self.tokenizer, "model_max_length", MOST))))

    def probabilities(self, pairs: Sequence[tuple[str, str]], on_step: OnStep | None = None) -> np.ndarray:
        """Softmax over entailment, neutral and contradiction (the columns) for each (premise, hypothesis).

        Shape (pairs, 3), float64, rows that sum to 1. A pair longer than ``most`` tokens loses the end of
        its longer text.
        """
        import numpy as np
        import torch

        found = np.zeros((len(pairs), 3))
        by_length = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))  # less filling
        for start in range(0, len(by_length), BATCH):
            if on_step:
                on_step(start, len(pairs))
            rows = by_length[start : start + BATCH]
            inputs = self.tokenizer(
                [pairs[i][0] for i in rows], [pairs[i][1] for i in rows],
                truncation="longest_first", max_length=self.most, padding=True, return_tensors="pt",
            )  # fmt: skip
            with self._lock, torch.inference_mode():
                logits = self.model(**inputs.to(self.model.device)).logits
            found[rows] = torch.softmax(logits.double(), dim=-1).cpu().numpy()[:, self.order]
        return found

    @cached_property
    def specimen(self) -> Specimen:
        """For a folder, the hash of its weight files in name order; for a hub id, the commit is the revision."""
        folder = Path(self.name)
        if not folder.is_dir():
            revision = str(getattr(self.model.config, "_commit_hash", None) or "")
            return Specimen(
                name=self.name, source="Hugging Face hub or its local cache", revision=revision, sha256=None
            )
        hashes = [sha256(file) for file in sorted(folder.iterdir()) if file.suffix in (".safetensors", ".bin")]
        digest = hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
        return Specimen(name=folder.name, source="a folder of the user", revision="", sha256=digest)


def columns(labels: dict[int, str], name: str) -> list[int]:
    """Where entailment, neutral and contradiction stand among the outputs of a classifier, by their names.

    ``BadInput`` when the labels do not name all three, once each (as "LABEL_0" or "entailment/not_entailment").
    """
    found = [[int(i) for i, label in labels.items() if str(label).lower().startswith(stem)] for stem in STEMS]
    if len(labels) != 3 or any(len(places) != 1 for places in found):
        known = ", ".join(map(str, labels.values())) or "–"
        raise BadInput(
            f"'{name}' is not an entailment model: its labels are {known}, not {', '.join(COLUMNS)}. "
            "Give a classifier of sentence pairs (NLI) with these three labels.",
            f"« {name} » n’est pas un modèle d’implication : ses étiquettes sont {known}, et non {', '.join(COLUMNS)}. "
            "Donnez un classifieur de paires de phrases (NLI) qui a ces trois étiquettes.",
        )
    return [places[0] for places in found]


def _unreadable(source: str, reason: str) -> Missing:
    return Missing(
        f"The entailment model '{source}' could not be loaded ({reason}). "
        "Give a folder with config.json, or a Hugging Face id that this machine has or can reach.",
        f"Le modèle d’implication « {source} » n’a pas pu être chargé ({reason}). "
        "Donnez un dossier qui contient config.json, ou un identifiant Hugging Face présent ou accessible ici.",
    )
