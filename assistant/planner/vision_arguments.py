"""Arguments of the instruments that look at pictures, taken from a request."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from assistant.planner.material import fold, quoted

FILE = re.compile(r"[\w./~\\-]*[\w~-]\.(?:jpe?g|png|webp|gif|bmp|tiff?|heic|svg)\b", re.I)
BUILTIN = {
    "cat": r"cat|chat|chelsea", "coffee": r"coffee|cafe|espresso|expresso", "rocket": r"rocket|fusee",
    "astronaut": r"astronaut\w*", "hopper": r"hopper", "china": r"pagoda|pagode|chinese tower|tour chinoise",
    "flower": r"dahlia|flower picture|image de fleur",
}  # fmt: skip
METHODS = {
    "gradcam": r"grad[- ]?cam", "integrated_gradients": r"integrated gradients?|gradients? integres?", "smoothgrad": r"smooth[- ]?grad",
    "occlusion": r"occlu\w+", "lime": r"lime", "shap": r"shap(?:ley)?",
}  # fmt: skip
NUMBER = r"(-?\d+(?:[.,]\d+)?)"


def picture(text: str, known: tuple[str, ...] = tuple(BUILTIN)) -> dict[str, Any]:
    """The picture meant: a file, or a built-in one by its name."""
    if file := FILE.search(text):
        return {"image": file[0]}
    plain = fold(text)
    found = [(match.start(), name) for name in known if (match := re.search(rf"\b(?:{BUILTIN[name]})\b", plain))]
    return {"image": min(found)[1]} if found else {}


def image_saliency(text: str, lang: str) -> dict[str, Any]:
    """Picture, class, methods in the order they are named, network."""
    plain = fold(text)
    found = picture(text) | _network(plain)
    named = sorted(
        (match.start(), name) for name, words in METHODS.items() if (match := re.search(rf"\b(?:{words})\b", plain))
    )
    found |= dict(zip(("method", "against"), (name for _, name in named), strict=False))
    if target := next(iter(quoted(text)), None):
        found["target"] = target
    elif match := re.search(r"\b(?:class|classe|target|cible)\s+([a-z]+(?: [a-z]+)?)", plain):
        found["target"] = match[1]
    for blank, words in {"grey": r"gr[ea]y blanks?|gris", "black": r"black|noir"}.items():
        if re.search(rf"\b(?:{words})\b", plain):
            found["blank"] = blank
    return found


def crop_saliency(text: str, lang: str) -> dict[str, Any]:
    """Picture or pairs, shapes of the crop, method of saliency, background."""
    plain = fold(text)
    found = picture(text)
    if ratios := re.findall(r"\b\d{1,2}\s?[:x/]\s?\d{1,2}\b", text):
        found["ratio"] = ", ".join(ratios[:4])
    if match := re.search(r"\b(?:(black|white|gr[ea]y) background|fond (noir|blanc|gris))\b", plain):
        colours = {"gray": "grey", "noir": "black", "blanc": "white", "gris": "grey"}
        found["background"] = colours.get(match[1] or match[2], match[1])
        plain = plain.replace(match[0], " ")
    skin = re.search(
        r"\b(skin|race|racial\w*|dark\w*|black (?:people|faces?|person)|peau|noirs?|noires?|blancs?|blanches?)\b", plain
    )
    gender = re.search(r"\b(gender|wom[ae]n|m[ae]n|sex|femmes?|hommes?|genre)\b", plain)
    if bool(skin) != bool(gender):
        found["pairs"] = "skin" if skin else "gender"
    if re.search(r"\bfine(?:[- ]grained)?\b", plain):
        found["saliency"] = "fine"
    return found


def background_matting(text: str, lang: str) -> dict[str, Any]:
    """The portrait, and how many framings."""
    found = picture(text, ("astronaut", "hopper"))
    if match := re.search(r"\b(\d{1,2})\s+(?:takes?|framings?|prises?|cadrages?)\b", fold(text)):
        found["takes"] = int(match[1])
    return found


def face_hiring(text: str, lang: str) -> dict[str, Any]:
    """Which part, and the numbers of the simulated world; a file is passed on, to be refused with the reason."""
    plain = fold(text)
    found = picture(text, ("astronaut", "hopper"))
    if re.search(
        r"\b(only|just|seulement|juste|uniquement|que) (?:the |le |la )?(?:simulat\w+|world|synthetic|monde)\b", plain
    ):
        found["part"] = "world"
    elif re.search(
        r"\b(only|just|seulement|juste|uniquement|que) (?:the |le |la )?(?:face|visage|portrait|expression)\b", plain
    ):
        found["part"] = "face"
    for name, pattern in {
        "bias": rf"\b(?:bias|biais)\s*(?:=|:|of|de)?\s*{NUMBER}",
        "correlation": rf"\bcorrelation\s*(?:=|:|of|de)?\s*{NUMBER}",
        "proxy": rf"\bproxy\s*(?:=|:|of|de)?\s*{NUMBER}",
    }.items():
        if match := re.search(pattern, plain):
            found[name] = float(match[1].replace(",", "."))
    if match := re.search(r"\btop\s+(\d{1,2})\s?%|(\d{1,2})\s?% (?:selected|retenus)", plain):
        found["share"] = int(match[1] or match[2]) / 100
    for name, pattern in {
        "people": r"(\d{3,5})\s+(?:applicants?|people|candidats?|personnes)",
        "worlds": r"(\d{1,3})\s+(?:worlds?|mondes?)",
    }.items():
        if match := re.search(rf"\b{pattern}\b", plain):
            found[name] = int(match[1])
    return found


def ieat(text: str, lang: str) -> dict[str, Any]:
    """The test, the version of the drawings, the network."""
    plain = fold(text)
    tests = {
        "skin-weapon": r"weapons?|armes?", "gender-career": r"career|carriere|office|bureau|kitchen|cuisine|briefcases?",
        "gender-science": r"science\w*|arts?", "skin": r"skin|peau|race", "age": r"\bage\b|old|young|vieux|jeunes?|agees?",
        "flowers": r"flowers?|fleurs?|insectes?|insects?",
    }  # fmt: skip
    found: dict[str, Any] = _network(plain)
    if name := next((name for name, words in tests.items() if re.search(rf"\b(?:{words})\b", plain)), None):
        found["test"] = name
    for version, words in {
        "silhouette": r"silhouettes?|outlines?|contours?",
        "grey": r"gr[ea]y(?:scale)?|gris|niveaux de gris",
    }.items():
        if re.search(rf"\b(?:{words})\b", plain):
            found["version"] = version
    return found


def feature_visualization(text: str, lang: str) -> dict[str, Any]:
    """The class, channel or neuron; how many pictures."""
    plain = fold(text)
    found: dict[str, Any] = _network(plain)
    for kind, words in {"channel": r"channel|canal", "neuron": r"neurone?"}.items():
        if match := re.search(rf"\b(?:{words})\s+(?:number |numero |n°\s?)?(\d+)", plain):
            found |= {"kind": kind, "target": match[1]}
    if "target" not in found:
        if given := quoted(text):
            found["target"] = given[0]
        elif match := re.search(r"\b(?:class|classe)\s+([a-z]+(?: [a-z]+)?|\d+)", plain):
            found["target"] = match[1]
    if match := re.search(r"\b([1-6])\s+(?:seeds|graines|pictures|images)\b", plain):
        found["seeds"] = int(match[1])
    return found


def _network(plain: str) -> dict[str, Any]:
    return {"model": "mobilenet-v2"} if re.search(r"\bmobile[- ]?net", plain) else {}


PARSERS: dict[str, Callable[[str, str], dict[str, Any]]] = {
    "image_saliency": image_saliency,
    "crop_saliency": crop_saliency,
    "background_matting": background_matting,
    "face_hiring": face_hiring,
    "ieat": ieat,
    "feature_visualization": feature_visualization,
}
