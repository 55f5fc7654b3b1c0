"""The questions of the retrieval evaluation stand on the texts as they are now."""

from __future__ import annotations

from evals import retrieval
from knowledge.index import current


def test_every_answerable_question_has_a_passage_that_answers_it() -> None:
    index = current()
    asked = retrieval.questions(retrieval.LIBRARY)
    assert [one["id"] for one in asked if one["answerable"] and not retrieval.relevant(index, one)] == []
    assert len({one["id"] for one in asked}) == len(asked)


def test_the_set_is_as_large_and_as_mixed_as_it_says() -> None:
    asked = retrieval.questions(retrieval.LIBRARY)
    answerable = [one for one in asked if one["answerable"]]
    assert len(answerable) >= 200 and len(asked) - len(answerable) >= 40
    for lang in ("en", "fr"):
        part = [one for one in answerable if one["lang"] == lang]
        assert len(part) == len(answerable) / 2
        assert sum(one["source"] != lang for one in part) * 3 >= len(part)
    assert len(retrieval.questions(retrieval.DECKS)) >= 80
