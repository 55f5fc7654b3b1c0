"""Which of the three footprints a set of arguments asks for."""

from __future__ import annotations

from typing import Any

from tools.errors import BadInput

OWN = {
    "training": ("case", "device", "devices", "hours", "watts"),
    "service": ("requests", "request", "wh"),
    "run": ("instrument", "settings", "prompt", "model", "repeats", "watts_per_core", "meter"),
}


def kind(arguments: dict[str, Any], defaults: dict[str, Any]) -> str:
    """``what`` when it is said, else the kind that the given arguments belong to; a training when there are none.

    Raises ``BadInput`` when an argument would have no effect.
    """
    asked = arguments["what"]
    given = {one: [name for name in names if arguments[name] != defaults[name]] for one, names in OWN.items()}
    named = [one for one, names in given.items() if names]
    found: str = asked if asked != "auto" else named[0] if named else "training"
    strange = next((given[one][0] for one in named if one != found), "")
    if strange:
        option = "--" + strange.replace("_", "-")
        raise BadInput(
            f"footprint: {option} has no part in a footprint of kind '{found}'. Leave it out, or change --what.",
            f"footprint : {option} ne sert pas à une empreinte de type « {found} ». Retirez-le, ou changez --what.",
        )
    return found
