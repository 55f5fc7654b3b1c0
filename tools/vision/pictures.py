"""The pictures that are looked at: photographs with a free licence, the person's own, and drawn people and things."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput
from tools.finding import Specimen, Text
from tools.specimens import fetch
from tools.specimens.packages import PACKAGES
from tools.vision import safe_read


@dataclass(frozen=True)
class Picture:
    """An upright sRGB picture: ``pixels`` (H, W, 3) from 0 to 255, and ``shows``, what it shows, for alt texts.

    ``shows`` stands after a preposition or alone: "an astronaut in an orange suit, in front of a flag".
    ``private``: the person brought it.
    """

    name: str
    pixels: NDArray[np.uint8]
    specimen: Specimen
    shows: Text
    private: bool = False


@dataclass(frozen=True)
class _Builtin:
    """Where a built-in picture lies: a fetched specimen, or a file that comes with a library we depend on."""

    file: str
    origin: str
    licence: str
    shows: Text


_CAT = Text(
    en="the head of a tabby cat, seen close, looking to the right",
    fr="la tête d’un chat tigré, vue de près, qui regarde vers la droite",
)
_COFFEE = Text(
    en="a red cup of coffee on a saucer with a spoon, on a wooden table",
    fr="une tasse de café rouge sur sa soucoupe, avec une cuillère, sur une table en bois",
)
_ROCKET = Text(
    en="a rocket on its launch pad at dusk, between tall masts, with lamps at its foot",
    fr="une fusée sur son pas de tir au crépuscule, entre de hauts pylônes, des lampes à ses pieds",
)
_ASTRONAUT = Text(
    en="an astronaut in an orange suit, smiling, in front of a flag and the model of a space shuttle, "
    "with a black helmet at the lower right",
    fr="une astronaute en combinaison orange, souriante, devant un drapeau et la maquette d’une navette spatiale, "
    "un casque noir en bas à droite",
)
_HOPPER = Text(
    en="an elderly woman with glasses, in a dark navy uniform and cap, in front of a flag and a blue background",
    fr="une femme âgée, avec des lunettes, en uniforme et casquette sombres de la marine, devant un drapeau et un fond bleu",
)
_CHINA = Text(
    en="a Chinese tower of several curved roofs above trees, in front of a misty lake",
    fr="une tour chinoise à plusieurs toits recourbés au-dessus des arbres, devant un lac brumeux",
)
_FLOWER = Text(
    en="an orange dahlia in full bloom, in front of dark green leaves",
    fr="un dahlia orange épanoui, devant des feuilles vert sombre",
)
_DOMAIN = "public domain"
_BUILTIN = {
    "cat": _Builtin("cat.png", "pictures", "CC0 (Stefan van der Walt)", _CAT),
    "coffee": _Builtin("coffee.png", "pictures", "CC0 (Rachel Michetti)", _COFFEE),
    "rocket": _Builtin("rocket.jpg", "pictures", f"{_DOMAIN} (SpaceX)", _ROCKET),
    "astronaut": _Builtin("astronaut.png", "pictures", f"{_DOMAIN} (NASA)", _ASTRONAUT),
    "hopper": _Builtin("grace_hopper.jpg", "matplotlib", f"{_DOMAIN} (United States Navy, James S. Davis)", _HOPPER),
    "china": _Builtin("china.jpg", "scikit-learn", "CC BY 2.0 (danielbuechele, Flickr)", _CHINA),
    "flower": _Builtin("flower.jpg", "scikit-learn", "CC BY 2.0 (vultilion, Flickr)", _FLOWER),
}
_ALIASES = {"chat": "cat", "chelsea": "cat", "café": "coffee", "fusée": "rocket", "astronaute": "astronaut"}
_ALIASES |= {"chine": "china", "fleur": "flower", "grace hopper": "hopper"}
BUILTIN: tuple[str, ...] = tuple(_BUILTIN)
"""Names that ``read`` knows without a path."""


def read(image: str) -> Picture:
    """A built-in picture by its English or French name, or the picture at a path.

    Errors: ``BadInput`` for a path with nothing to read and for the files that
    ``tools.vision.safe_read`` refuses; ``Missing`` when a built-in one is not fetched.
    """
    name = image.strip()
    known_as = _ALIASES.get(name.lower(), name.lower())
    if known_as in _BUILTIN:
        return _builtin(known_as)
    if not re.search(r"[./\\~]", name):
        known = ", ".join(BUILTIN)
        raise BadInput(
            f"No built-in picture is called '{name}'. Give the path of a picture, or one of: {known}.",
            f"Aucune image fournie ne s’appelle « {name} ». Donnez le chemin d’une image, ou l’une de celles-ci : {known}.",
        )
    path = Path(name).expanduser()
    pixels, raw = safe_read.read_file(path)
    specimen = Specimen(
        name=path.name, source="a picture of the user", revision="", sha256=hashlib.sha256(raw).hexdigest()
    )
    return Picture(path.stem, pixels, specimen, Text(en="your picture", fr="votre image"), private=True)


@lru_cache(maxsize=len(_BUILTIN))
def _builtin(name: str) -> Picture:
    known = _BUILTIN[name]
    pixels, raw = safe_read.read_file(_folder(known.origin) / known.file)
    pixels.setflags(write=False)  # it is kept between calls: a tool that paints on it must copy it
    source, revision = _origin(known)
    specimen = Specimen(
        name=name, source=source, revision=revision, sha256=hashlib.sha256(raw).hexdigest(), licence=known.licence
    )
    return Picture(name, pixels, specimen, known.shows)


def _folder(origin: str) -> Path:
    """The folder of a fetched specimen, or of the pictures inside an installed library."""
    if origin in PACKAGES:
        return fetch.path(origin)
    if origin == "matplotlib":
        from matplotlib import get_data_path

        return Path(get_data_path()) / "sample_data"
    from importlib.util import find_spec  # finds the folder without the second and a half that importing takes

    found = find_spec("sklearn")
    assert found is not None and found.origin is not None, "scikit-learn is a dependency"
    return Path(found.origin).parent / "datasets" / "images"


def _origin(known: _Builtin) -> tuple[str, str]:
    """Where a built-in picture comes from, and which version."""
    if known.origin in PACKAGES:
        requirement = PACKAGES[known.origin].requirement
        return f"{requirement}: {known.file}", requirement.split("==")[1]
    from importlib.metadata import version

    return f"{known.origin}: {known.file}", version(known.origin)


def glyph(code: str, size: int = 256, background: tuple[int, int, int] = (255, 255, 255)) -> NDArray[np.uint8]:
    """A drawn person or thing (Noto Emoji), square, (size, size, 3).

    Args:
        code: its code points ("1F469-1F3FF-200D-1F52C": a scientist) or the character itself.
        size: side in pixels.
        background: red, green, blue.

    Errors: ``BadInput`` for a sequence that is not drawn.
    """
    import resvg_py
    from PIL import Image

    drawing = _glyphs().get(_code(code))
    if drawing is None:
        raise BadInput(f"There is no drawing of '{code}'.", f"Il n’y a pas de dessin de « {code} ».")
    colour = "#{:02x}{:02x}{:02x}".format(*background)
    png = bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=size, height=size, background=colour))
    with Image.open(io.BytesIO(png)) as image:
        return np.array(image.convert("RGB"), dtype=np.uint8)


def _code(code: str) -> str:
    """Code points in lower-case hexadecimal, without the mark for colour (U+FE0F), which the file names leave out."""
    if not re.fullmatch(r"[0-9A-Fa-f]{4,6}(-[0-9A-Fa-f]{4,6})*", code):
        code = "-".join(f"{ord(character):04x}" for character in code.strip())
    return "-".join(part for part in code.lower().split("-") if part != "fe0f")


class _Drawings:
    """The drawings of the archive, which stays open: finding its list of contents takes longer than drawing."""

    def __init__(self, archive: Path) -> None:
        self._packed = zipfile.ZipFile(archive)
        self._names = {_code(name.removesuffix(".svg")): name for name in self._packed.namelist()}

    def get(self, code: str) -> str | None:
        """The SVG of a normalised sequence; ``None`` when there is none."""
        return self._packed.read(self._names[code]).decode() if code in self._names else None


@lru_cache(maxsize=1)
def _glyphs() -> _Drawings:
    return _Drawings(fetch.path("glyphs") / "glyphs.zip")


def glyph_specimen() -> Specimen:
    """Where the drawings come from."""
    record = json.loads((fetch.path("glyphs") / "specimen.json").read_text())
    return Specimen(
        name="Noto Emoji",
        source=record["source"],
        revision=record["revision"],
        sha256=record["files"]["glyphs.zip"],
        licence=record["licence"],
    )
