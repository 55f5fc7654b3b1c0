"""Apertium, the free rule-based translator, run as the program that the operating system installed.

Each direction ("eng-spa") is a pipeline of hand-written dictionaries and rules
(GPL). Directions are chained when no direct one is installed. The sentences of
a call go through the pipeline together, separated by the null byte that the
Apertium stream format reserves for it, so that no sentence sees its neighbour.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections import deque
from functools import lru_cache
from pathlib import Path

from tools.errors import AutopsieError, Missing, Unavailable
from tools.finding import Specimen
from tools.specimens import fetch, languages

INSTALL = "sudo apt-get install apertium apertium-eng-spa apertium-fr-es"
TIMEOUT = 60  # seconds for one call; a call usually takes 0.1 to 1 s
_RESERVED = re.compile(r"[\[\]{}^$/\\@<>]")
_FENCE = "[][\n]"  # an empty blank, then a line end: what Apertium's own reader puts after a text


class Apertium:
    """The directions installed on this machine."""

    name = "apertium"
    kind = "rules"
    batch = 1000

    def pivots(self, source: str) -> list[str]:
        """Languages that can be reached from ``source`` and that lead back to it, the closest first."""
        there = {code: self.route(source, code) for code in self._languages() - {source}}
        both = [code for code, route in there.items() if route and self.route(code, source)]
        return sorted(both, key=lambda code: (len(there[code] or []), code))

    def route(self, source: str, target: str) -> list[str] | None:
        """The shortest chain of installed directions, or ``None``: ["fra-cat", "cat-eng"]."""
        seen, queue = {source}, deque([(source, [])])  # type: tuple[set[str], deque[tuple[str, list[str]]]]
        while queue:
            here, path = queue.popleft()
            if here == target:
                return path
            for (start, end), mode in sorted(directions().items()):
                if start == here and end not in seen:
                    seen.add(end)
                    queue.append((end, [*path, mode]))
        return None

    def translate(self, sentences: list[str], source: str, target: str) -> list[str]:
        """One translation a sentence; one process for each direction of the chain."""
        for mode in self.route(source, target) or []:
            sentences = _through(mode, sentences)
        return sentences

    def specimen(self, source: str, pivot: str) -> Specimen:
        """The program, its language packages and the hash of all the data that the directions read."""
        modes = [*(self.route(source, pivot) or []), *(self.route(pivot, source) or [])]
        files = sorted({file for mode in modes for file in _data(mode)})
        packages = sorted({file.parent.name for file in files})
        named = [f"{package} {_package_version(package)}".strip() for package in packages]
        return Specimen(
            name=f"Apertium {version()} ({', '.join(modes)})",
            source=f"packages of the operating system: {', '.join(named) or 'not found'}",
            revision=version(),
            sha256=_hash(tuple(files)) if files else None,
            licence="GPL (version 2 or 3, by package)",
        )

    def _languages(self) -> set[str]:
        return {code for pair in directions() for code in pair}


@lru_cache(maxsize=1)
def directions() -> dict[tuple[str, str], str]:
    """Installed directions: ("en", "es") → "eng-spa"; variants such as "spa-eng_US" are left out."""
    if shutil.which("apertium") is None:
        return {}
    found = {}
    for line in _call(["-l"]).split():
        start, _, end = line.partition("-")
        pair = languages.find(start), languages.find(end)
        if pair[0] and pair[1]:
            found[pair[0], pair[1]] = line
    return found


@lru_cache(maxsize=1)
def version() -> str:
    """The version that the program states ("3.8.3")."""
    return _call(["-V"]).strip().removeprefix("Apertium ")


def _call(arguments: list[str], text: str = "") -> str:
    """What ``apertium`` prints; ``Missing`` or ``Unavailable`` say what to do."""
    command = ["apertium", *arguments]
    try:
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    except FileNotFoundError:
        raise Missing(
            f"Apertium is not installed. Run: {INSTALL}", f"Apertium n’est pas installé. Lancez\u202f: {INSTALL}"
        ) from None
    except subprocess.TimeoutExpired:
        raise Unavailable(
            f"Apertium did not answer within {TIMEOUT} s. Give it less text.",
            f"Apertium n’a pas répondu en {TIMEOUT} s. Donnez-lui moins de texte.",
        ) from None
    if done.returncode:
        raise AutopsieError(
            f"Apertium stopped with an error ({done.stderr.strip()[:200]}). Version 3.8 or later is needed.",
            f"Apertium s’est arrêté sur une erreur ({done.stderr.strip()[:200]}). Il faut la version 3.8 ou une plus "
            "récente.",
        )
    return done.stdout


def _through(mode: str, sentences: list[str]) -> list[str]:
    """One direction: reserved characters escaped, one null byte after each sentence, "*" marks hidden."""
    escaped = [_RESERVED.sub(r"\\\g<0>", " ".join(sentence.split())) for sentence in sentences]
    out = _call(["-f", "none", "-z", "-u", mode], "".join(f"{sentence}{_FENCE}\0" for sentence in escaped))
    pieces = out.split("\0")[:-1][: len(sentences)]  # the pipeline adds empty pieces at the end
    if len(pieces) < len(sentences):
        raise AutopsieError(
            f"Apertium ({mode}) gave back {len(pieces)} sentences out of {len(sentences)}. Version 3.8 or later is "
            "needed.",
            f"Apertium ({mode}) a rendu {len(pieces)} phrases sur {len(sentences)}. Il faut la version 3.8 ou une "
            "plus récente.",
        )
    return [_tidy(piece) for piece in pieces]


def _tidy(piece: str) -> str:
    """Takes the fence and the escapes away, and the blanks that the rules leave around a dropped pronoun."""
    text = re.sub(r"\\(.)", r"\1", piece.replace(_FENCE, ""))
    return re.sub(r" ([.,])", r"\1", " ".join(text.split()))


def _data(mode: str) -> list[Path]:
    """The files that a direction reads, from its mode file; empty when it is not where Debian puts it."""
    place = Path(os.environ.get("APERTIUM_DATADIR", "/usr/share/apertium")) / "modes" / f"{mode}.mode"
    if not place.is_file():
        return []
    named = [Path(name) for name in re.findall(r"'([^']+)'", place.read_text(encoding="utf-8"))]
    return [file for file in named if file.is_file()]


@lru_cache(maxsize=8)
def _hash(files: tuple[Path, ...]) -> str:
    return hashlib.sha256("".join(fetch.sha256(file) for file in files).encode()).hexdigest()


@lru_cache(maxsize=16)
def _package_version(package: str) -> str:
    """The version of a Debian package; "" on other systems."""
    if shutil.which("dpkg-query") is None:
        return ""
    command = ["dpkg-query", "--show", "--showformat=${Version}", package]
    return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False).stdout.strip()
