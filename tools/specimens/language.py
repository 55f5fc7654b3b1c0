"""Language models as specimens: in process through transformers, or behind an OpenAI-compatible server.

Both answer the same few questions (``LanguageModel``); only the one in process
also has weights to look into (``TransformersModel.model``).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tools.errors import BadInput, Missing, TooLong
from tools.finding import Specimen
from tools.specimens import fetch
from tools.specimens.packages import PACKAGES

if TYPE_CHECKING:
    import torch

DEFAULT = "smollm2"
_LOADING = threading.Lock()  # transformers cannot be imported by two threads at once
Message = dict[str, str]
"""One turn of a chat: {"role": "system" | "user" | "assistant", "content": …}."""


@dataclass(frozen=True)
class TokenScores:
    """The tokens of a text and how a causal model saw each one coming.

    ``logprobs`` in nats and ``ranks`` (1 = the likeliest) start at the second
    token: nothing precedes the first, so it has no probability.
    """

    tokens: list[str]
    logprobs: list[float]
    ranks: list[int]


class LanguageModel(Protocol):
    """What a tool may ask of any causal language model, wherever it runs."""

    @property
    def specimen(self) -> Specimen:
        """Name, source, revision and hash."""

    @property
    def context(self) -> int:
        """How many tokens the model can read at once."""

    def generate(
        self,
        messages: list[Message],
        *,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
        stop: threading.Event | None = None,
    ) -> Iterator[str]:
        """Pieces of the reply, as they come; ends early when ``stop`` is set."""

    def score(self, text: str) -> TokenScores:
        """Log-probability and rank of every token of ``text``; at most ``context`` tokens."""

    def continuations(self, prefix: str, candidates: list[str]) -> list[float]:
        """Log-probability in nats of each candidate as what follows ``prefix``, summed over its tokens."""


@lru_cache(maxsize=2)
def load(model: str = DEFAULT) -> LanguageModel:
    """The model by packaged name ("smollm2"), server URL, local folder or Hugging Face id."""
    if model.startswith(("http://", "https://")):
        from tools.specimens.http_language import HttpModel

        return HttpModel(model)
    return load_weights(model)


@lru_cache(maxsize=2)
def load_weights(model: str = DEFAULT) -> TransformersModel:
    """The model in process, with its weights; a server's URL is refused with the reason."""
    if model.startswith(("http://", "https://")):
        raise BadInput(
            "This measurement looks inside the model, and a server only sends words. Give a folder or a Hugging Face id as --model.",
            "Cette mesure regarde à l’intérieur du modèle, et un serveur n’envoie que des mots. "
            "Donnez un dossier ou un identifiant Hugging Face à --model.",
        )
    with _LOADING:
        return TransformersModel(str(fetch.path(model)) if model in PACKAGES else model, name=model)


class TransformersModel:
    """A causal or masked language model in this process.

    Placed by accelerate (GPU when there is one); bfloat16 on a GPU, float32 on
    the CPU, where gradients and exact comparisons matter more than speed.
    """

    def __init__(self, source: str, name: str | None = None) -> None:
        import torch
        from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForMaskedLM, AutoTokenizer
        from transformers.utils import logging

        logging.set_verbosity_error()
        logging.disable_progress_bar()
        self.name = name or source
        self._source = source
        try:
            config = AutoConfig.from_pretrained(source)
            self.tokenizer: Any = AutoTokenizer.from_pretrained(source)
            self.masked = any("MaskedLM" in kind for kind in config.architectures or [])
            loader = AutoModelForMaskedLM if self.masked else AutoModelForCausalLM
            gpu = torch.cuda.is_available()
            self.model: Any = loader.from_pretrained(
                source, dtype=torch.bfloat16 if gpu else torch.float32, device_map="auto" if gpu else "cpu"
            ).eval()
        except (OSError, ValueError) as error:
            reason = str(error).strip().splitlines()[0][:200]
            raise Missing(
                f"The model '{self.name}' could not be loaded ({reason}). Give a packaged name ({DEFAULT}), "
                "a folder with config.json, or a Hugging Face id that this machine has or can reach.",
                f"Le modèle « {self.name} » n’a pas pu être chargé ({reason}). Donnez un nom fourni ({DEFAULT}), "
                "un dossier qui contient config.json, ou un identifiant Hugging Face présent ou accessible ici.",
            ) from error
        self._lock = threading.Lock()

    @cached_property
    def specimen(self) -> Specimen:
        """For a folder, the hash of its weight files in name order; for a hub id, the commit is the revision."""
        folder = Path(self._source)
        if folder.is_dir():
            digest = _hash_of_weights(str(folder))
            record = folder / "specimen.json"
            if record.is_file():
                kept = json.loads(record.read_text())
                return Specimen(
                    name=PACKAGES[self.name].what if self.name in PACKAGES else kept["name"],
                    source=kept["source"], revision=kept["revision"], sha256=digest, licence=kept["licence"],
                )  # fmt: skip
            return Specimen(name=folder.name, source="a folder of the user", revision="", sha256=digest)
        revision = str(getattr(self.model.config, "_commit_hash", None) or "")
        return Specimen(name=self.name, source="Hugging Face hub or its local cache", revision=revision, sha256=None)

    @property
    def context(self) -> int:
        """The length of the position table."""
        return int(getattr(self.model.config, "max_position_embeddings", 2048))

    def ids(self, text: str, special: bool = False) -> list[int]:
        """Token numbers of a text."""
        return list(self.tokenizer(text, add_special_tokens=special)["input_ids"])

    def logits(self, ids: list[int]) -> torch.Tensor:
        """Scores of the whole vocabulary after each token, shape (tokens, vocabulary), float32, on the CPU."""
        import torch

        with self._lock, torch.inference_mode():
            inputs = torch.tensor([ids], device=self.model.device)
            logits: torch.Tensor = self.model(inputs).logits[0].float().cpu()
        return logits

    def score(self, text: str) -> TokenScores:
        """See ``LanguageModel.score``; errors: ``BadInput`` for a masked model or a text that is too long."""
        import torch

        self.need_causal()
        ids = self.ids(text)
        check_length(len(ids), self.context, self.name)
        if len(ids) < 2:
            return TokenScores([self.tokenizer.decode([i]) for i in ids], [], [])
        logprobs = torch.log_softmax(self.logits(ids)[:-1], dim=-1)
        chosen = logprobs.gather(1, torch.tensor(ids[1:])[:, None])
        ranks = (logprobs > chosen).sum(dim=1) + 1
        return TokenScores([self.tokenizer.decode([i]) for i in ids], chosen[:, 0].tolist(), ranks.tolist())

    def continuations(self, prefix: str, candidates: list[str]) -> list[float]:
        """See ``LanguageModel.continuations``; prefix and candidate are joined before they are cut into tokens."""
        import torch

        self.need_causal()
        start = len(self.ids(prefix))
        if not start:
            raise BadInput("The beginning of the sentence is empty.", "Le début de la phrase est vide.")
        totals = []
        for candidate in candidates:
            ids = self.ids(prefix + candidate)
            check_length(len(ids), self.context, self.name)
            logprobs = torch.log_softmax(self.logits(ids)[:-1], dim=-1)
            steps = range(start, len(ids))
            totals.append(float(sum(logprobs[i - 1, ids[i]] for i in steps)))
        return totals

    def generate(
        self,
        messages: list[Message],
        *,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
        stop: threading.Event | None = None,
    ) -> Iterator[str]:
        """See ``LanguageModel.generate``: a background thread writes, this one reads."""
        import torch
        from transformers import StoppingCriteria, StoppingCriteriaList, TextIteratorStreamer

        self.need_causal()
        halt = stop or threading.Event()

        class Halt(StoppingCriteria):
            def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
                return torch.full((input_ids.shape[0],), halt.is_set(), dtype=torch.bool, device=input_ids.device)

        inputs = self.tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, return_tensors="pt", return_dict=True
        ).to(self.model.device)
        check_length(int(inputs["input_ids"].shape[1]) + max_tokens, self.context, self.name)
        streamer = TextIteratorStreamer(self.tokenizer, skip_prompt=True, skip_special_tokens=True)
        sampling = {"do_sample": True, "temperature": temperature} if temperature else {"do_sample": False}
        failure: list[BaseException] = []

        def write() -> None:
            try:
                with self._lock, torch.inference_mode():
                    torch.manual_seed(seed)
                    self.model.generate(
                        **inputs, max_new_tokens=max_tokens, streamer=streamer,
                        stopping_criteria=StoppingCriteriaList([Halt()]), **sampling,
                    )  # fmt: skip
            except BaseException as error:
                failure.append(error)
                streamer.end()

        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        try:
            for piece in streamer:
                if piece:
                    yield piece
        finally:
            halt_was = halt.is_set()
            halt.set()
            writer.join()
            if not halt_was:
                halt.clear()
        if failure:
            raise failure[0]

    def need_causal(self) -> None:
        """``BadInput`` for a masked model, which does not write from left to right."""
        if self.masked:
            raise BadInput(
                f"{self.name} fills gaps; this measurement needs a model that writes from left to right.",
                f"{self.name} remplit des trous ; cette mesure demande un modèle qui écrit de gauche à droite.",
            )


def check_length(tokens: int, context: int, name: str) -> None:
    """``TooLong`` when a text does not fit the model's context."""
    if tokens > context:
        raise TooLong(
            f"This text is {tokens:,} tokens long and {name} reads at most {context:,}. Give a shorter passage.",
            f"Ce texte fait {tokens} tokens et {name} en lit au plus {context}. Donnez un passage plus court.",
        )


@lru_cache
def _hash_of_weights(folder: str) -> str:
    import hashlib

    files = sorted(f for f in Path(folder).iterdir() if f.suffix in (".safetensors", ".bin", ".gguf"))
    if len(files) == 1:
        return fetch.sha256(files[0])
    return hashlib.sha256("".join(fetch.sha256(file) for file in files).encode()).hexdigest()
