"""What a reply can be scored by, as content says it: a kind and its options (``tools/prompting/checks.py`` computes the scores).

In an exercise file an option that changes with the language is written ``{en: …, fr: …}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, model_validator

from tools.finding import Lang, Record


def _regex(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


Pattern = Annotated[str, AfterValidator(_regex), Field(min_length=1)]
Word = Annotated[str, Field(min_length=1)]


class _Check(Record):
    model_config = ConfigDict(extra="forbid", frozen=True)

    def reads(self) -> tuple[str, ...]:
        """The fields of an item that it compares the reply with."""
        return ()


class Answer(_Check):
    """The reply is the answer of the item.

    ``loose``: its first sentence says it, and none of the others of ``among``. ``last``: of the words of ``among`` that
    it says (of its numbers, when ``among`` is empty) the last one is the answer, so that the steps before it may be told.
    """

    kind: Literal["answer"]
    field: Word = "answer"
    loose: bool = False
    last: bool = False
    among: tuple[Word, ...] = ()

    @model_validator(mode="after")
    def _one(self) -> Self:
        if self.loose and self.last:
            raise ValueError("give 'loose' or 'last', one of them")
        return self

    def reads(self) -> tuple[str, ...]:
        """The field with the answer."""
        return (self.field,)


class Choice(_Check):
    """The reply is one of the options, the right one or not."""

    kind: Literal["choice"]
    options: tuple[Word, ...] = Field(min_length=2)


class Contains(_Check):
    """The reply contains a pattern, or what stands in a field."""

    kind: Literal["contains"]
    pattern: Pattern | None = None
    field: Word | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.pattern is None) == (self.field is None):
            raise ValueError("give 'pattern' or 'field', one of them")
        return self

    def reads(self) -> tuple[str, ...]:
        """The field looked for."""
        return (self.field,) if self.field else ()


class Forbidden(_Check):
    """The reply contains none of the patterns, and not what stands in the fields."""

    kind: Literal["forbidden"]
    patterns: tuple[Pattern, ...] = ()
    fields: tuple[Word, ...] = ()

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.patterns and not self.fields:
            raise ValueError("give 'patterns' or 'fields'")
        return self

    def reads(self) -> tuple[str, ...]:
        """The fields that must not be said."""
        return self.fields


class Json(_Check):
    """The reply is a JSON object with these keys; ``values``: the share of them that equal the item's fields of the same name."""

    kind: Literal["json"]
    keys: tuple[Word, ...] = Field(min_length=1)
    values: bool = False

    def reads(self) -> tuple[str, ...]:
        """The fields that the values are compared with."""
        return self.keys if self.values else ()


class List(_Check):
    """The reply is a list of exactly n entries; n is a number, or stands in a field."""

    kind: Literal["list"]
    n: int | None = Field(default=None, ge=1)
    field: Word | None = None
    style: Literal["bullet", "comma", "lines"] = "bullet"

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.n is None) == (self.field is None):
            raise ValueError("give 'n' or 'field', one of them")
        return self

    def reads(self) -> tuple[str, ...]:
        """The field with the number of entries."""
        return (self.field,) if self.field else ()


class Length(_Check):
    """The reply has so many words or sentences."""

    kind: Literal["length"]
    unit: Literal["words", "sentences"] = "words"
    min: int = Field(default=1, ge=0)
    max: int | None = Field(default=None, ge=1)


class Readability(_Check):
    """Short sentences (``words``: at most so many a sentence on average) or an easy text (``ease``: at least this score)."""

    kind: Literal["readability"]
    words: float | None = Field(default=None, gt=0)
    ease: float | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.words is None and self.ease is None:
            raise ValueError("give 'words' or 'ease'")
        return self


class Language(_Check):
    """The reply is in this language."""

    kind: Literal["language"]
    language: Lang


class Grounded(_Check):
    """The share of the reply's content words that stand in a field; 0 when a number of it does not."""

    kind: Literal["grounded"]
    field: Word

    def reads(self) -> tuple[str, ...]:
        """The field with the source."""
        return (self.field,)


class NoSource(_Check):
    """The reply names no reference: no address, DOI, author with a year, journal."""

    kind: Literal["no_source"]


Any_ = Answer | Choice | Contains | Forbidden | Json | List | Length | Readability | Language | Grounded | NoSource
Check = Annotated[Any_, Field(discriminator="kind")]
Checks = TypeAdapter(Annotated[tuple[Check, ...], Field(min_length=1)])
KINDS: tuple[str, ...] = tuple(get_args(one.model_fields["kind"].annotation)[0] for one in get_args(Any_))


def names(checks: Iterable[Check]) -> list[str]:
    """A name for each check: its kind, numbered when it stands there more than once ("contains", "contains 2")."""
    found: list[str] = []
    for check in checks:
        same = sum(name.partition(" ")[0] == check.kind for name in found)
        found.append(f"{check.kind} {same + 1}" if same else check.kind)
    return found


def lacking(checks: Iterable[Check], item: Mapping[str, str]) -> str | None:
    """The first field that a check reads and an item leaves empty, or where a list's number is no number."""
    for check in checks:
        for field in check.reads():
            value = item.get(field, "").strip()
            if not value or (isinstance(check, List) and not value.isdecimal()):
                return field
    return None


def in_language(raw: Any, lang: Lang) -> Any:
    """What a file says with every ``{en: …, fr: …}`` replaced by what is meant for ``lang``."""
    if isinstance(raw, dict):
        if set(raw) == {"en", "fr"}:
            return raw[lang]
        return {key: in_language(value, lang) for key, value in raw.items()}
    return [in_language(value, lang) for value in raw] if isinstance(raw, list) else raw
