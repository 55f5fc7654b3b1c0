"""A walkthrough to begin with: the template, about a chosen incident, in the folder of one's own."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge import CONTENT, walkthroughs
from knowledge.documents import documents
from tools.errors import BadInput
from tools.specimens.home import home

TEMPLATE = CONTENT / "walkthrough-template"


def scaffold(identifier: str, incident: str) -> Path:
    """Writes the three files; ``BadInput`` when the name cannot be used, is taken, or the incident is not known."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identifier) or len(identifier) > 64:
        raise BadInput(
            f"'{identifier}' cannot be the name of a walkthrough: small letters without accents, digits and hyphens, at most 64.",
            f"« {identifier} » ne peut pas nommer un parcours : minuscules sans accent, chiffres et tirets, 64 au plus.",
        )
    where = home() / "walkthroughs" / identifier
    if identifier in walkthroughs.names() or where.exists():
        raise BadInput(
            f"There is already a walkthrough '{identifier}'. Choose another name, such as {identifier}-2.",
            f"Il y a déjà un parcours « {identifier} ». Choisissez un autre nom, par exemple {identifier}-2.",
        )
    known = sorted({one.id for one in documents() if one.kind == "incident"})
    if incident not in known:
        raise BadInput(
            f"There is no incident '{incident}'; say which with --incident. Known: {', '.join(known)}.",
            f"Aucun incident « {incident} » ; dites lequel avec --incident. Connus : {', '.join(known)}.",
        )
    where.mkdir(parents=True)
    for name in walkthroughs.FILES:
        text = (TEMPLATE / name).read_text(encoding="utf-8").replace("INCIDENT", incident)
        (where / name).write_text(text, encoding="utf-8")
    return where
