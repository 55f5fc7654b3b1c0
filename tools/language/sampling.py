"""Many texts at once from a language model, each with its own stream of chance.

Text number i draws its noise from a generator seeded with (seed, i): it does not depend on which
other texts are written beside it, and the i-th texts of two prompts meet the same noise, so that
equal prompts give equal texts (common random numbers; Gumbel-max sampling: the token of
softmax(z / T) is the one with the largest z / T + g, where g is Gumbel noise; Maddison et al. 2014).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tools.specimens.language import LanguageModel, Message, TransformersModel, check_length

if TYPE_CHECKING:
    import torch

OnStep = Callable[[int, int], None]
"""Called with how much is written and how much there is to write, in tokens a text; may raise ``Stopped``."""

WORTH = 64  # tokens that prompts must share for their beginning to be read once for all
ROWS = 32  # texts written side by side: beyond, memory grows and speed hardly does


def write(
    model: LanguageModel,
    conversations: Sequence[list[Message]],
    streams: Sequence[int],
    *,
    max_tokens: int,
    temperature: float,
    seed: int,
    on_step: OnStep,
) -> list[str]:
    """One text for each conversation, with the stream of chance that ``streams`` names; temperature 0 is greedy.

    Side by side for a model in this process, one after the other for a served one (which then gets
    ``seed`` + stream as its seed). Errors: ``BadInput`` for a masked model or a prompt that is too long.
    """
    if not isinstance(model, TransformersModel):
        return _one_by_one(model, conversations, streams, max_tokens, temperature, seed, on_step)
    model.need_causal()
    prompts = [prompt_ids(model, conversation) for conversation in conversations]
    check_length(max(map(len, prompts), default=0) + max_tokens, model.context, model.name)
    batches = range(0, len(prompts), ROWS)
    total = max_tokens * len(batches)
    texts: list[str] = []
    for number, start in enumerate(batches):
        rows = slice(start, start + ROWS)

        def step(done: int, before: int = number * max_tokens) -> None:
            on_step(before + done, total)

        texts += _side_by_side(model, prompts[rows], streams[rows], max_tokens, temperature, seed, step)
    return texts


def prompt_ids(model: TransformersModel, conversation: list[Message]) -> list[int]:
    """Token numbers of a conversation in the model's own format.

    A model without a chat format (a base model) gets the plain text to continue; one whose format
    has no system turn gets the system text at the head of the user's.
    """
    from jinja2 import TemplateError

    joined = "\n\n".join(message["content"] for message in conversation)
    if not model.tokenizer.chat_template:
        return model.ids(joined, special=True)
    for messages in (conversation, [{"role": "user", "content": joined}]):
        try:
            found = model.tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_dict=True)
            return list(found["input_ids"])
        except TemplateError:
            continue
    return model.ids(joined, special=True)


def _side_by_side(
    model: TransformersModel,
    prompts: Sequence[list[int]],
    streams: Sequence[int],
    max_tokens: int,
    temperature: float,
    seed: int,
    step: Callable[[int], None],
) -> list[str]:
    """One batch of texts, each with the noise of its own stream."""
    noise = [gumbel(temperature, seed, streams)] if temperature else []
    new = continued(model, prompts, max_tokens, noise, step)
    return [str(model.tokenizer.decode(row, skip_special_tokens=True)).strip() for row in new]


def continued(
    model: TransformersModel,
    prompts: Sequence[list[int]],
    max_tokens: int,
    processors: list[Any],
    step: Callable[[int], None],
) -> list[list[int]]:
    """The likeliest tokens after each prompt once ``processors`` have changed the scores (noise makes them a draw).

    A long beginning that all prompts share (instructions, examples) is read once. ``step`` hears how many tokens are
    written and may raise.
    """  # fmt: skip
    import torch
    from transformers import LogitsProcessorList

    pad = model.tokenizer.pad_token_id
    pad = model.tokenizer.eos_token_id if pad is None else pad
    shared = shared_start(prompts)
    shared = shared if shared >= WORTH and len(prompts) > 1 else 0
    ids, mask = filled_up(prompts, pad if pad is not None else 0, shared)
    width = ids.shape[1]
    with torch.inference_mode():
        written = model.model.generate(
            input_ids=ids.to(model.model.device),
            attention_mask=mask.to(model.model.device),
            past_key_values=memory(model, prompts[0][:shared], len(prompts)),
            max_new_tokens=max_tokens,
            do_sample=False,
            temperature=None,
            top_p=None,
            top_k=None,
            pad_token_id=pad,
            logits_processor=LogitsProcessorList(processors),
            stopping_criteria=hearing(step, width),
        )
    new: list[list[int]] = written[:, width:].tolist()
    return new


def filled_up(prompts: Sequence[list[int]], pad: int, shared: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Prompts of one length, and the mask that hides the filling: it comes after the first ``shared`` tokens of each."""
    import torch

    width = max(map(len, prompts))
    ids = torch.full((len(prompts), width), pad, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, prompt in enumerate(prompts):
        for at, part in ((0, prompt[:shared]), (width - len(prompt) + shared, prompt[shared:])):
            ids[row, at : at + len(part)] = torch.tensor(part, dtype=torch.long)
            mask[row, at : at + len(part)] = 1
    return ids, mask


def shared_start(prompts: Sequence[list[int]]) -> int:
    """How many tokens all prompts begin with; the last token of each is never counted, for something must be read."""
    same = 0
    for column in zip(*(prompt[:-1] for prompt in prompts), strict=False):
        if len(set(column)) > 1:
            break
        same += 1
    return same


def memory(model: TransformersModel, shared: list[int], rows: int) -> Any:
    """Keys and values of the beginning that all prompts share, once for each row; none when nothing is shared."""
    import torch

    if not shared:
        return None
    found = model.model(torch.tensor([shared], device=model.model.device), use_cache=True).past_key_values
    found.batch_repeat_interleave(rows)
    return found


def hearing(step: Callable[[int], None], width: int) -> Any:
    """A stopping criterion that never stops, and tells ``step`` how many tokens follow the ``width`` of the prompts."""
    import torch
    from transformers import StoppingCriteriaList

    def heard(written: torch.Tensor, _scores: object, **_: object) -> torch.Tensor:
        step(int(written.shape[1]) - width)
        return torch.zeros(written.shape[0], dtype=torch.bool, device=written.device)

    criteria: Any = [heard]  # a plain function will do, though the annotation asks for a class
    return StoppingCriteriaList(criteria)


def gumbel(temperature: float, seed: int, streams: Sequence[int]) -> Any:
    """Adds to each row of scores the next Gumbel noise of its own stream."""
    import torch

    generators = [torch.Generator().manual_seed((seed * 1_000_003 + stream) % 2**63) for stream in streams]

    def add(_written: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        waits = torch.empty(scores.shape, dtype=torch.float32)
        for row, generator in zip(waits, generators, strict=True):
            row.exponential_(generator=generator)
        return scores.float() / temperature - waits.clamp_min(1e-30).log().to(scores.device)

    return add


def _one_by_one(
    model: LanguageModel,
    conversations: Sequence[list[Message]],
    streams: Sequence[int],
    max_tokens: int,
    temperature: float,
    seed: int,
    on_step: OnStep,
) -> list[str]:
    """A text after the other, for a model that only talks; Stop is heard at every piece that comes."""
    texts = []
    for done, (conversation, stream) in enumerate(zip(conversations, streams, strict=True)):
        pieces = []
        on_step(done, len(conversations))
        for piece in model.generate(conversation, max_tokens=max_tokens, temperature=temperature, seed=seed + stream):
            pieces.append(piece)
            on_step(done, len(conversations))
        texts.append("".join(pieces).strip())
    return texts
