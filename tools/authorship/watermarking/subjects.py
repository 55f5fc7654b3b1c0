"""The examined model, in process or behind a server, as the parts of ``watermark`` ask for it."""

from __future__ import annotations

from tools.authorship.watermarking.measure import Subject
from tools.authorship.watermarking.writing import vocabulary
from tools.specimens.language import LanguageModel, TransformersModel


def subject(model: LanguageModel) -> Subject:
    """Tokenizer, vocabulary and, in process, weights. Errors: ``Missing``, ``BadInput`` for a masked model."""
    if not isinstance(model, TransformersModel):
        from tools.authorship.watermarking import over_http
        from tools.specimens.http_language import HttpModel

        assert isinstance(model, HttpModel)
        return over_http.subject(model)
    model.need_causal()
    weights = model
    return Subject(
        model.specimen.name.split(",")[0],
        model.ids,
        lambda token: str(weights.tokenizer.decode([token])),
        vocabulary(model),
        model,
    )
