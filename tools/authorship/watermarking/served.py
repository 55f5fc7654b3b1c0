"""The mark inside vLLM: a logits processor that the server loads and that a request switches on.

    python -m vllm.entrypoints.openai.api_server … --logits-processors tools.authorship.watermarking.served:Watermark

from the folder of this project (or with it on PYTHONPATH). A request asks for the mark with
"vllm_xargs": {"watermark_delta": 2.0, "watermark_gamma": 0.25, "watermark_width": 1, "watermark_key": 15485863};
only watermark_delta is needed, and a request without it is left as it is. The green lists are those of
``scheme`` over the model's vocabulary, so that a text from the server is recognised anywhere.

Needs vLLM 0.32's V1 interface, torch and numpy, nothing else of this project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vllm.v1.sample.logits_processor import LogitsProcessor
from vllm.v1.sample.logits_processor.builtin import process_dict_updates

from tools.authorship.watermarking.scheme import KEY, GreenLists, Mark

if TYPE_CHECKING:
    import torch
    from vllm import SamplingParams
    from vllm.config import VllmConfig
    from vllm.v1.sample.logits_processor import BatchUpdate

PREFIX = "watermark_"
FIELDS = {"gamma": float, "delta": float, "width": int, "key": int}
MARKS = 16  # marks (keys, strengths…) whose green lists are kept at once


def mark_of(arguments: dict[str, Any] | None) -> Mark | None:
    """The mark that a request's extra arguments ask for; ``None`` without watermark_delta. ``ValueError`` says what is wrong."""
    given = {name[len(PREFIX) :]: value for name, value in (arguments or {}).items() if name.startswith(PREFIX)}
    if unknown := sorted(set(given) - set(FIELDS)):
        raise ValueError(f"{PREFIX}{unknown[0]} is not an argument of the watermark; it has {', '.join(FIELDS)}")
    if "delta" not in given:
        return None
    try:
        mark = Mark(**{name: FIELDS[name](value) for name, value in given.items()})
    except (TypeError, ValueError) as error:
        raise ValueError(f"the watermark takes one number for each argument: {error}") from None
    if not (0 < mark.gamma < 1 and 0 < mark.delta <= 20 and 1 <= mark.width <= 8 and 1 <= mark.key < 2**31):
        raise ValueError(
            "the watermark needs 0 < gamma < 1, 0 < delta ≤ 20, width from 1 to 8, key from 1 to 2147483647 "
            f"(such as {KEY}); it was given {mark}"
        )
    return mark


class Watermark(LogitsProcessor):  # type: ignore[misc,unused-ignore]
    """Adds δ to the green logits of the requests that ask for it, before the temperature."""

    @classmethod
    def validate_params(cls, sampling_params: SamplingParams) -> None:
        """``ValueError`` for wrong arguments; the server answers with status 400."""
        mark_of(sampling_params.extra_args)

    def __init__(self, vllm_config: VllmConfig, device: torch.device, is_pin_memory: bool) -> None:
        self._vocabulary = int(vllm_config.model_config.get_vocab_size())
        self._device = device
        self._lists: dict[Mark, GreenLists] = {}
        self._rows: dict[int, tuple[GreenLists, list[int], list[int]]] = {}

    def is_argmax_invariant(self) -> bool:
        """No: a green token may overtake the likeliest one."""
        return False

    def update_state(self, batch_update: BatchUpdate | None) -> None:
        """Follows the requests that come, go and move; the lists of tokens are vLLM's own and grow by themselves."""
        process_dict_updates(self._rows, batch_update, self._state)

    def apply(self, logits: torch.Tensor) -> torch.Tensor:
        """Changes the rows of ``logits``, shape (requests, vocabulary), in place."""
        import torch

        for row, (lists, prompt, output) in self._rows.items():
            width = lists.mark.width
            context = output[-width:]
            if len(context) < width:
                context = prompt[-(width - len(context)) :] + context
            if len(context) < width:
                continue
            green = torch.from_numpy(lists.green(context)).to(self._device, non_blocking=True)
            logits[row, : len(green)] += lists.mark.delta * green
        return logits

    def _state(
        self, params: SamplingParams, prompt: list[int] | None, output: list[int]
    ) -> tuple[GreenLists, list[int], list[int]] | None:
        mark = mark_of(params.extra_args)
        if mark is None:
            return None
        if mark not in self._lists:
            while len(self._lists) >= MARKS:
                self._lists.pop(next(iter(self._lists)))
            self._lists[mark] = GreenLists(mark, self._vocabulary)
        return self._lists[mark], prompt or [], output
