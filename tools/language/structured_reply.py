"""A reply read as an object of its schema, whole or cut by the token limit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Schema = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """A reply that fits its schema; ``whole`` is false when the token limit cut it and only complete items were kept."""

    value: dict[str, Any]
    whole: bool


def read(text: str, schema: Schema) -> Written:
    """The object in a reply; of one that was cut, the part before the last incomplete item.

    What does not fit the schema at all (a server that ignores schemas) becomes the empty object of it.
    """
    for number, candidate in enumerate(_closings(text)):
        try:
            value = _filled(json.loads(candidate), schema)
        except ValueError:
            continue
        if fits(value, schema):
            return Written(value, number == 0)
    return Written(_filled({}, schema), False)


def _closings(text: str) -> Iterator[str]:
    """The text, then its beginnings up to each complete part, from the longest, with what is open closed."""
    yield text
    ends: list[str] = []
    found: list[str] = []
    quoted = escaped = False
    for i, letter in enumerate(text):
        if quoted:
            quoted, escaped = escaped or letter != '"', letter == "\\" and not escaped
            if quoted:
                continue
        elif letter == '"':
            quoted = True
            continue
        elif letter in "[{":
            ends.append("]" if letter == "[" else "}")
        elif letter in "]}" and ends:
            ends.pop()
        else:
            continue
        found.append(text[: i + 1] + "".join(reversed(ends)))
    yield from reversed(found)


def _filled(value: Any, schema: Schema) -> Any:
    """The object with an empty list for each required list that it lacks."""
    if isinstance(value, dict):
        for name in schema.get("required", []):
            if name not in value and schema["properties"][name].get("type") == "array":
                value[name] = []
    return value


def fits(value: Any, schema: Schema) -> bool:
    """Whether a value has the form of a schema of objects, lists, strings, numbers, enums and lengths."""
    if "enum" in schema:
        return value in schema["enum"]
    kind = schema.get("type")
    if kind == "object":
        parts = schema.get("properties", {})
        named = isinstance(value, dict) and all(name in value for name in schema.get("required", []))
        return named and all(fits(value[name], part) for name, part in parts.items() if name in value)
    if kind == "array":
        few = isinstance(value, list) and len(value) <= schema.get("maxItems", len(value))
        return few and all(fits(item, schema.get("items", {})) for item in value)
    if kind == "string":
        return isinstance(value, str) and len(value) <= schema.get("maxLength", len(value))
    if kind in ("number", "integer", "boolean"):
        types: Any = {"number": (int, float), "integer": int, "boolean": bool}[kind]
        return isinstance(value, types) and (kind == "boolean" or not isinstance(value, bool))
    return True
