"""Small findings, passages and turns, made for unit tests of what is built on them."""

from __future__ import annotations

from assistant.turn import Call, Passage, Plan, Turn
from tools.finding import Estimate, Finding, Specimen, Table, Text, same


def finding(**changes: object) -> Finding:
    """A WEAT finding as the tool writes it, with the numbers of test 6."""
    parts: dict[str, object] = {
        "tool": "weat", "version": "1",
        "question": Text(en="Are male names closer to career words?", fr="Les prénoms masculins sont-ils plus proches de la carrière ?"),
        "arguments": {"test": "6", "vectors": "word2vec"}, "seed": 0,
        "specimen": Specimen(name="word2vec", source="wefe==1.0.1", revision="1.0.1", sha256="ab" * 32),
        "estimates": [
            Estimate(name="effect_size", label=Text(en="effect size d", fr="taille d’effet d"), value=1.8904, low=1.62, high=1.95,
                     confidence=0.95, p=7.77e-5, test=Text(en="exact, 12,870 splits", fr="exact, 12\u202f870 partages"), n=16, baseline=0.0)
        ],
        "tables": [Table(name="words", title=Text(en="Words", fr="Mots"), columns=[same("word"), same("s")], rows=[["John", 0.12], ["Amy", -0.1]])],
        "summary": Text(en="Male names lie closer to career words: effect size d = 1.89.", fr="Les prénoms masculins sont plus proches de la carrière : d = 1,89."),
        "how_to_read": Text(en="The effect size d goes from -2 to 2.", fr="La taille d’effet d va de −2 à 2."),
        "limits": Text(en="Eight words a side are few. It says nothing of one person.", fr="Huit mots par côté, c’est peu. Cela ne dit rien d’une personne."),
        "references": ["caliskan2017"], "rerun": "autopsie run weat --seed 0",
    }  # fmt: skip
    return Finding.model_validate(parts | changes)


def passage(number: int, text: str, lang: str = "en", doc: str = "twitter-crop") -> Passage:
    """A passage as a search returns it."""
    from knowledge.search import Hit

    fields = Hit.model_fields
    known = {
        "id": f"{doc}.{lang}#{number}", "doc": doc, "kind": "incident", "lang": lang, "title": "Twitter’s automatic crop",
        "heading": "The outcome", "text": text, "score": 0.9, "lexical": 0.5, "rank": number, "start": 0, "end": len(text),
    }  # fmt: skip
    return Passage(**{key: value for key, value in known.items() if key in fields}, number=number)


def turn(question: str, plan: Plan | None = None, **changes: object) -> Turn:
    """A finished turn with one finding."""
    plan = plan or Plan(kind="measure", tools=[Call(name="weat", arguments={"test": "6"})])
    parts: dict[str, object] = {
        "conversation": "c",
        "question": question,
        "plan": plan,
        "findings": [finding()],
        "status": "done",
    }
    return Turn.model_validate(parts | changes)
