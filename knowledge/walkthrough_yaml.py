"""YAML as people write it: a key written twice is refused, and yes, no, on, off and dates stay words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from tools.errors import BadInput

_GUESSED = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader with the changes of the module's docstring."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML's own way)
        first: [(tag, pattern) for tag, pattern in found if tag not in _GUESSED]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping, refused when a key stands in it twice."""
        keys = [key.value for key, _ in node.value]
        for key, _ in node.value:
            if keys.count(key.value) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"'{key.value}' stands twice", key.start_mark)
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|True|false|False)$"), list("tTfF"))


def parse_yaml(text: str, file: str, first: int = 0) -> dict[str, Any]:
    """The fields of a YAML text; ``BadInput`` names the line (``first`` is the number of lines above the text)."""
    try:
        found = yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first + (mark.line + 1 if mark else 1)
        why = str(error.problem or error.context)
        hint_en = "; a text with a colon or a quotation mark goes between quotes" if "mapping values" in why else ""
        hint_fr = " ; un texte avec deux-points ou guillemets se met entre guillemets" if hint_en else ""
        raise BadInput(
            f"{file}, line {line}: this is not YAML ({why}){hint_en}.",
            f"{file}, ligne {line} : ce n’est pas du YAML ({why}){hint_fr}.",
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        why = " ".join(str(error).split())
        raise BadInput(f"{file}: this is not YAML ({why}).", f"{file} : ce n’est pas du YAML ({why}).") from None
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise BadInput(
            f"{file}: 'field: value' lines are expected at the top level.",
            f"{file} : des lignes « champ: valeur » sont attendues au premier niveau.",
        )
    return found


def read_text(path: Path, file: str) -> str:
    """A UTF-8 text; ``BadInput`` when it is not one."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = type(error).__name__
        raise BadInput(
            f"{file} cannot be read ({why}); save it as UTF-8 text.",
            f"{file} ne peut pas être lu ({why}) ; enregistrez-le en texte UTF-8.",
        ) from None


def read_yaml(path: Path, file: str) -> dict[str, Any]:
    """The fields of a YAML file."""
    return parse_yaml(read_text(path, file), file)
