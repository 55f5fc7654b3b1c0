"""The mark on a real vLLM server: requests side by side, each with its own mark or none, and refusals."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.served import Server
from tools.authorship.watermarking import over_http
from tools.authorship.watermarking.detection import detect
from tools.authorship.watermarking.scheme import GreenLists, Mark
from tools.errors import BadInput
from tools.specimens.http_language import HttpModel

MARKS = [Mark(delta=20.0), Mark(delta=20.0, key=7), Mark(gamma=0.5, delta=20.0, width=4), Mark(delta=0.0)]


@pytest.mark.vllm
def test_each_request_gets_its_own_mark(served: Server) -> None:
    model = HttpModel(served.url)
    over_http.need_processor(model)
    subject = over_http.subject(model)
    assert subject.vocabulary == 49_152

    def text(mark: Mark) -> list[int]:
        messages = [{"role": "user", "content": "Hello, tell me something."}]
        return over_http.write(
            model, messages, [mark], 1, tokens=30, temperature=1.0, seed=1, on_step=lambda done, total: None
        )[0].ids

    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(text, MARKS))
    shares = [[detect(GreenLists(mark, subject.vocabulary), one).share for mark in MARKS[:3]] for one in ids]
    for row in range(3):
        assert shares[row][row] == 1.0  # a strength of 20 leaves no other choice
    assert max(shares[3]) < 0.8 and max(shares[0][1], shares[1][0]) < 0.8
    with pytest.raises(BadInput, match="watermark needs"):
        model.call(
            "POST",
            "/chat/completions",
            {
                "model": model.name,
                "messages": [{"role": "user", "content": "."}],
                "max_tokens": 1,
                "vllm_xargs": {"watermark_delta": 1, "watermark_gamma": 3},
            },
        )


def test_a_server_that_does_not_mark_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """vLLM without the processor answers a request for an impossible mark as if nothing had been asked."""
    model = HttpModel("http://127.0.0.1:1/v1", "any")
    answer = {"choices": [{"message": {"content": "."}}]}
    monkeypatch.setattr(HttpModel, "call", lambda *_, **__: answer | {"data": [{"id": "any"}]})
    with pytest.raises(BadInput, match="does not mark"):
        over_http.need_processor(model)
