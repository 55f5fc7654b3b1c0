"""Which class is explained: by number, by name, or the network's own first choice."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from tools.errors import BadInput

if TYPE_CHECKING:
    from tools.vision.saliency.score import Floats, Subject


def find(subject: Subject, target: str, chances: Floats) -> int:
    """The class that ``target`` names; the likeliest one when it is empty, or when several match it.

    A name is a whole label ("Egyptian cat"), one of its synonyms, or a word of it ("cat": the likeliest cat).
    Errors: ``BadInput`` for a number out of range, or a name that no class bears, with the nearest names.
    """
    wanted = " ".join(target.split()).strip("«»“”\"'\u202f ").casefold()
    if not wanted:
        return int(chances.argmax())
    count = len(chances)
    if wanted.lstrip("-").isdecimal():
        if 0 <= int(wanted) < count:
            return int(wanted)
        raise BadInput(
            f"There is no class {wanted}: this model’s classes are numbered from 0 to {count - 1}.",
            f"Il n’y a pas de classe {wanted} : celles de ce modèle vont de 0 à {count - 1}.",
        )
    names = [_names(subject, i) for i in range(count)]
    for matches in (
        [i for i, known in enumerate(names) if wanted in known],
        [i for i, known in enumerate(names) if any(f" {wanted} " in f" {one.replace('-', ' ')} " for one in known)],
    ):
        if matches:
            return max(matches, key=lambda i: float(chances[i]))
    flat = {one: i for i, known in enumerate(names) for one in known}
    near = difflib.get_close_matches(wanted, list(flat), n=3, cutoff=0.5)
    best = int(chances.argmax())
    shown = list(dict.fromkeys(subject.labels[i] for i in [*(flat[one] for one in near), best]))
    raise BadInput(
        f"“{target.strip()}” is none of this model’s {count} classes. Try “{'”, “'.join(shown)}”.",
        f"« {target.strip()} » n’est aucune des {count} classes de ce modèle. Essayez « {' », « '.join(shown)} ».",
    )


def _names(subject: Subject, i: int) -> list[str]:
    """What a class is called, in lower case: its whole label, each synonym, its French name where there is one."""
    whole = subject.labels[i].casefold()
    known = [whole, *(part.strip() for part in whole.split(",")), subject.label(i, "fr").casefold()]
    return list(dict.fromkeys(one for one in known if one))
