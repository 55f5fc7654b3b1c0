"""A prompt on the items of an exercise: what the model receives, what it replies, and how the replies score."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from pydantic import Field

from knowledge.exercise_checks import Check
from knowledge.exercises import Prompt, filled, read_prompt
from tools.errors import AutopsieError, BadInput
from tools.finding import Lang, Record, Specimen, Text
from tools.language.sampling import prompt_ids, write
from tools.prompting import pairs, tokens_served
from tools.prompting.checks import scores
from tools.prompting.pairs import Pair
from tools.specimens.http_language import HttpModel
from tools.specimens.language import LanguageModel, Message, TransformersModel

__all__ = ["Pair", "Prompt", "Received", "Reply", "Sheet", "answer", "notes", "pair", "read_prompt", "received"]

Items = Sequence[Mapping[str, str]]
OnStep = Callable[[int, int], None]


class Reply(Record):
    """What the model replied to an item (its number, from 0); ``earlier`` are its replies to the turns before the last."""

    item: int
    text: str
    scores: dict[str, float]
    score: float
    earlier: list[str] = Field(default_factory=list)


class Sheet(Record):
    """A prompt on all items; ``tokens`` is how many the model received for an item on average, ``None`` when not known."""

    prompt: Prompt
    replies: list[Reply]
    tokens: int | None
    specimen: Specimen
    seconds: float

    @property
    def scores(self) -> list[float]:
        """The score of each item, from 0 to 1."""
        return [reply.score for reply in self.replies]

    @property
    def mean(self) -> float:
        """The mean score."""
        return sum(self.scores) / len(self.scores)


class Received(Record):
    """What the model receives for an item: its messages, and the text and tokens they become (``None``: not told)."""

    messages: list[Message]
    text: str | None
    tokens: int | None


def answer(
    prompt: Prompt,
    items: Items,
    checks: Sequence[Check],
    *,
    model: LanguageModel,
    max_tokens: int,
    seed: int,
    on_step: OnStep,
    lang: Lang = "en",
) -> Sheet:
    """The replies to every item, scored; greedy at temperature 0, item i with the stream of chance (seed, i).

    ``on_step`` hears how much is written of how much there is to write, and may raise ``Stopped``.
    Errors: ``BadInput`` for a prompt that a field is missing for, or that does not fit the model's context.
    """
    began = time.monotonic()
    need_fields(prompt, items)
    turns = prompt.turns()
    conversations = [opened(prompt, item) for item in items]
    written: list[list[str]] = [[] for _ in items]
    tokens = None
    for number, turn in enumerate(turns):
        for conversation, item in zip(conversations, items, strict=True):
            conversation.append({"role": "user", "content": filled(turn, item)})
        if isinstance(model, TransformersModel):
            tokens = fits(model, conversations, max_tokens)

        def step(done: int, total: int, number: int = number) -> None:
            on_step(number * total + done, len(turns) * total)

        streams = [number * len(items) + i for i in range(len(items))]
        replies = write(
            model, conversations, streams,
            max_tokens=max_tokens, temperature=prompt.temperature, seed=seed, on_step=step,
        )  # fmt: skip
        for conversation, mine, reply in zip(conversations, written, replies, strict=True):
            conversation.append({"role": "assistant", "content": reply})
            mine.append(reply)
    if tokens is None:
        tokens = counted(model, [conversation[:-1] for conversation in conversations])
    marked = [_marked(i, mine, checks, items[i], lang) for i, mine in enumerate(written)]
    return Sheet(
        prompt=prompt, replies=marked, tokens=tokens, specimen=model.specimen, seconds=time.monotonic() - began
    )


def _marked(number: int, written: list[str], checks: Sequence[Check], item: Mapping[str, str], lang: Lang) -> Reply:
    found = scores(checks, item, written[-1], lang)
    mean = sum(found.values()) / len(found)
    return Reply(item=number, text=written[-1], scores=found, score=mean, earlier=written[:-1])


def opened(prompt: Prompt, item: Mapping[str, str]) -> list[Message]:
    """The conversation of an item before its first turn: system text and history."""
    return [{"role": role, "content": filled(text, item)} for role, text in prompt.messages()[:-1]]


def need_fields(prompt: Prompt, items: Items) -> None:
    """``BadInput`` when there are no items, or when one lacks a field that the prompt shows and other items have."""
    if not items:
        raise BadInput(
            "There are no items to try the prompt on.", "Il n’y a aucun élément sur lequel essayer le prompt."
        )
    known = {key for item in items for key in item}
    for field in prompt.fields():
        for number, item in enumerate(items, 1):
            if field in known and not item.get(field, "").strip():
                raise BadInput(
                    f"Item {number} has nothing under '{field}', which the prompt shows. Fill it in, or take {{{field}}} out of the prompt.",
                    f"L’élément {number} n’a rien sous « {field} », que le prompt montre. Remplissez-le, ou ôtez {{{field}}} du prompt.",
                )


def notes(prompt: Prompt, items: Items) -> list[Text]:
    """What a person should know of a prompt before it runs; it runs all the same."""
    known = list(dict.fromkeys(key for item in items for key in item))
    shown = [field for field in prompt.fields() if field in known]
    strange = [field for field in prompt.fields() if field not in known]
    found = []
    listed = ", ".join(f"{{{field}}}" for field in known)
    if not shown:
        found.append(Text(
            en=f"Nothing of the items stands in this prompt, so the model receives the same words every time. The items have {listed}.",
            fr=f"Rien des éléments ne figure dans ce prompt : le modèle reçoit chaque fois les mêmes mots. Les éléments ont {listed}.",
        ))  # fmt: skip
    if strange:
        names = ", ".join(f"{{{field}}}" for field in strange)
        found.append(Text(
            en=f"No item has {names}: the model receives it as it is written. The items have {listed}.",
            fr=f"Aucun élément n’a {names} : le modèle le reçoit tel quel. Les éléments ont {listed}.",
        ))  # fmt: skip
    return found


def fits(model: TransformersModel, conversations: Sequence[list[Message]], room: int) -> int:
    """The mean number of tokens received; ``BadInput`` when one conversation and its reply do not fit the context."""
    counts = [len(prompt_ids(model, conversation)) for conversation in conversations]
    longest = max(counts)
    if longest + room > model.context:
        number = counts.index(longest) + 1
        raise BadInput(
            f"With item {number} the model would receive {longest:,} tokens and reply with up to {room}; it reads at most {model.context:,}. "
            "Shorten the system text, the history or the examples.",
            f"Avec l’élément {number}, le modèle recevrait {longest} tokens et répondrait jusqu’à {room} ; il en lit au plus {model.context}. "
            "Raccourcissez le texte système, l’historique ou les exemples.",
        )
    return round(sum(counts) / len(counts))


def counted(model: LanguageModel, conversations: Sequence[list[Message]]) -> int | None:
    """The mean number of tokens a served model receives, when its server tells (vLLM does)."""
    counts = []
    for conversation in conversations:
        ids = told(model, conversation)
        if ids is None:
            return None
        counts.append(len(ids))
    return round(sum(counts) / len(counts))


def told(model: LanguageModel, messages: list[Message]) -> list[int] | None:
    """The tokens that a vLLM server makes of a conversation; ``None`` when it does not say."""
    if not isinstance(model, HttpModel):
        return None
    body = {"model": model.name, "messages": messages, "add_generation_prompt": True}
    try:
        return list(model.call("POST", "/tokenize", body, root=True)["tokens"])
    except (AutopsieError, KeyError, TypeError):
        return None


def received(prompt: Prompt, item: Mapping[str, str], model: LanguageModel) -> Received:
    """What the model receives for an item, in its own chat format; the replies in between are not known yet and stand as […]."""
    messages = opened(prompt, item)
    for number, turn in enumerate(prompt.turns()):
        if number:
            messages.append({"role": "assistant", "content": "[…]"})
        messages.append({"role": "user", "content": filled(turn, item)})
    if isinstance(model, TransformersModel):
        ids = prompt_ids(model, messages)
        return Received(messages=messages, text=str(model.tokenizer.decode(ids)), tokens=len(ids))
    there = told(model, messages)
    if there is None:
        return Received(messages=messages, text=None, tokens=None)
    try:
        text = tokens_served.spelled(model, there)
    except (AutopsieError, KeyError):
        text = None
    return Received(messages=messages, text=text, tokens=len(there))


def pair(a: Sheet, b: Sheet, seed: int) -> Pair:
    """The paired comparison of two sheets on the same items; see ``pairs.pair``."""
    return pairs.pair(a.scores, b.scores, seed)
