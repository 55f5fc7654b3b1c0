"""Pictures: the built-in ones, the drawn ones, and files that nobody vouches for."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from tools.errors import BadInput
from tools.vision import pictures, safe_read

SCENE = np.zeros((60, 90, 3), np.uint8)
SCENE[:, :45] = (200, 30, 30)  # left half red, right half blue
SCENE[:, 45:] = (20, 40, 180)


def _encoded(kind: str, image: Image.Image | None = None, **options: object) -> bytes:
    out = io.BytesIO()
    (image or Image.fromarray(SCENE)).save(out, kind, **options)
    return out.getvalue()


def _png(width: int, height: int, data: bytes, depth: int = 8, colour: int = 0) -> bytes:
    """A PNG written by hand, so that its header can say anything."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _frames() -> list[Image.Image]:
    return [Image.fromarray(SCENE), Image.fromarray(SCENE[:, ::-1].copy())]


def _bomb() -> bytes:
    """1.6 GB of pixels in 4 kB of file."""
    return _png(40_000, 40_000, zlib.compress(bytes(1 << 20)) * 4)


def _half_png() -> bytes:
    whole = _encoded("PNG", Image.fromarray(np.random.default_rng(0).integers(0, 255, (200, 200, 3), np.uint8)))
    return whole[: len(whole) // 2]


def _huge_tiles() -> bytes:
    """A TIFF of 64 × 64 pixels that announces one tile of 60,000 × 60,000."""
    entries = [(256, 3, 64), (257, 3, 64), (258, 3, 8), (259, 3, 8), (262, 3, 1), (277, 3, 1)]
    entries += [(322, 4, 60_000), (323, 4, 60_000), (324, 4, 8), (325, 4, 4)]
    body = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", len(entries)) + body + bytes(4)


def _huge_webp() -> bytes:
    """A WebP whose canvas is announced as 16,383 × 16,383 (two gigabytes once opened)."""
    side = (16_383 - 1).to_bytes(3, "little")
    head = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + side + side
    return b"RIFF" + struct.pack("<I", len(head)) + head + bytes(40)


REFUSED: dict[str, Callable[[], bytes]] = {
    "decompression bomb": _bomb,
    "truncated JPEG": lambda: _encoded("JPEG")[:400],
    "truncated PNG": _half_png,
    "50,000 pixels wide": lambda: _png(50_000, 20, zlib.compress(bytes(50_001 * 20))),
    "30,000 by 2": lambda: _png(30_000, 2, zlib.compress(bytes(30_001 * 2))),
    "one pixel": lambda: _encoded("PNG", Image.new("RGB", (1, 1))),
    "zero wide": lambda: _png(0, 100, zlib.compress(b"")),
    "SVG with a script": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "SVG after a declaration": lambda: b'\xef\xbb\xbf<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
    "renamed executable": lambda: b"\x7fELF\x02\x01\x01" + bytes(400),
    "renamed archive": lambda: b"PK\x03\x04" + bytes(400),
    "zero bytes": lambda: b"",
    "text": lambda: b"not a picture at all, only words",
    "HEIC": lambda: b"\x00\x00\x00\x18ftypheic" + bytes(200),
    "TIFF with huge tiles": _huge_tiles,
    "32-bit TIFF": lambda: _encoded("TIFF", Image.fromarray(np.ones((40, 40), np.float32))),
    "WebP canvas": _huge_webp,
    "GIF cut short": lambda: _encoded("GIF")[:30],
    "PDF": lambda: b"%PDF-1.7\n" + bytes(300),
    "EPS": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_cannot_be_trusted_is_refused_with_advice_in_both_languages(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "holiday.png"
    file.write_bytes(REFUSED[kind]())
    with pytest.raises(BadInput) as refused:
        pictures.read(str(file))
    message = refused.value.message
    assert message.en.rstrip(".") and message.en != message.fr
    assert any(word in message.en for word in ("try again", "Choose", "Give", "Export", "Check"))
    assert any(word in message.fr for word in ("réessayez", "Choisissez", "Donnez", "Exportez", "Vérifiez"))


def test_folders_devices_pipes_and_strange_paths_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    for path in (str(tmp_path), "/dev/zero", str(tmp_path / "pipe.png"), str(tmp_path / "none.png"), "a\0b.png", "/"):
        with pytest.raises(BadInput):
            pictures.read(path)


def test_a_huge_file_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    file = tmp_path / "large.jpg"
    with file.open("wb") as out:
        out.truncate(safe_read.FILE_BYTES + 1)
    with pytest.raises(BadInput, match="too large"):
        pictures.read(str(file))


def _reds(pixels: np.ndarray) -> tuple[int, int]:
    """Red in the middle of the left and of the right half."""
    height, width = pixels.shape[:2]
    return int(pixels[height // 2, width // 4, 0]), int(pixels[height // 2, 3 * width // 4, 0])


HANDLED: dict[str, Callable[[], bytes]] = {
    "JPEG": lambda: _encoded("JPEG", quality=95),
    "CMYK JPEG": lambda: _encoded("JPEG", Image.fromarray(SCENE).convert("CMYK"), quality=95),
    "GIF": lambda: _encoded("GIF"),
    "animated GIF": lambda: _encoded("GIF", _frames()[0], save_all=True, append_images=_frames()[1:]),
    "animated PNG": lambda: _encoded("PNG", _frames()[0], save_all=True, append_images=_frames()[1:]),
    "animated WebP": lambda: _encoded("WEBP", _frames()[0], save_all=True, append_images=_frames()[1:], lossless=True),
    "WebP": lambda: _encoded("WEBP", quality=95),
    "lossless WebP": lambda: _encoded("WEBP", lossless=True),
    "BMP": lambda: _encoded("BMP"),
    "TIFF of many pages": lambda: _encoded("TIFF", _frames()[0], save_all=True, append_images=_frames() * 20),
    "palette": lambda: _encoded("PNG", Image.fromarray(SCENE).convert("P", palette=Image.Palette.ADAPTIVE)),
}


@pytest.mark.parametrize("kind", HANDLED)
def test_every_kind_shows_its_first_frame_in_eight_bit_colours(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "picture.bin"  # the name does not matter, the content does
    file.write_bytes(HANDLED[kind]())
    pixels = pictures.read(str(file)).pixels
    assert pixels.shape == (60, 90, 3) and pixels.dtype == np.uint8
    left, right = _reds(pixels)
    assert left > 170 and right < 60


def test_the_note_about_rotation_is_followed_and_every_note_is_dropped(tmp_path: Path) -> None:
    image = Image.fromarray(SCENE)
    notes = image.getexif()
    notes[0x0112] = 6  # turned a quarter to the left: to be shown turned to the right
    notes.get_ifd(0x8825)[1] = "N"  # a place
    file = tmp_path / "turned.jpg"
    image.save(file, "JPEG", exif=notes, quality=95)
    pixels = pictures.read(str(file)).pixels
    assert pixels.shape == (90, 60, 3)
    assert pixels[20, 30, 0] > 170 and pixels[70, 30, 0] < 60  # the red left half is now on top
    assert isinstance(pixels, np.ndarray)  # pixels only: there is nowhere left for a place or a date


def test_a_broken_note_costs_nothing_but_the_note(tmp_path: Path) -> None:
    file = tmp_path / "note.jpg"
    Image.fromarray(SCENE).save(file, "JPEG", exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff\x01\x12", quality=95)
    assert pictures.read(str(file)).pixels.shape == (60, 90, 3)


def test_transparency_shows_white(tmp_path: Path) -> None:
    clear = np.zeros((40, 40, 4), np.uint8)
    clear[10:30, 10:30] = (0, 200, 0, 255)
    palette = Image.fromarray(clear).quantize(8)
    grey = Image.fromarray(clear).convert("LA")
    for name, image in (("rgba", Image.fromarray(clear)), ("palette", palette), ("grey", grey)):
        file = tmp_path / f"{name}.png"
        image.save(file)
        pixels = pictures.read(str(file)).pixels
        assert tuple(pixels[2, 2]) == (255, 255, 255), name
        assert tuple(pixels[20, 20]) != (255, 255, 255), name


def test_sixteen_bits_and_grey_come_down_to_eight(tmp_path: Path) -> None:
    deep = np.full((40, 50), 0x8040, np.uint16)
    for kind in ("png", "tiff"):
        file = tmp_path / f"deep.{kind}"
        Image.fromarray(deep).save(file)
        assert set(np.unique(pictures.read(str(file)).pixels)) == {0x80}
    file = tmp_path / "grey.png"
    Image.fromarray(np.full((40, 50), 77, np.uint8)).save(file)
    assert pictures.read(str(file)).pixels.shape == (40, 50, 3)
    file = tmp_path / "bits.png"
    Image.fromarray(np.eye(40, dtype=bool)).save(file)
    assert pictures.read(str(file)).pixels.max() == 255


def test_colours_are_turned_into_srgb_by_the_profile_of_the_file(tmp_path: Path) -> None:
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = plain.replace(b"rXYZ", b"tmp_", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"tmp_", b"bXYZ", 1)
    for name, profile, expected in (("same", plain, SCENE), ("swapped", swapped, SCENE[:, :, ::-1])):
        file = tmp_path / f"{name}.png"
        Image.fromarray(SCENE).save(file, icc_profile=profile)
        assert np.abs(pictures.read(str(file)).pixels.astype(int) - expected).max() <= 3, name
    broken = tmp_path / "broken.png"
    Image.fromarray(SCENE).save(broken, icc_profile=b"no profile at all" * 9)
    assert np.array_equal(pictures.read(str(broken)).pixels, SCENE)


def test_a_large_photograph_is_made_smaller(tmp_path: Path) -> None:
    file = tmp_path / "large.jpg"
    Image.new("RGB", (6000, 3000), (10, 20, 30)).save(file)
    assert pictures.read(str(file)).pixels.shape == (800, 1600, 3)


@pytest.mark.parametrize(("kind", "megabytes"), [("bomb", 60), ("tiles", 60), ("webp", 60), ("photograph", 400)])
def test_memory_stays_bounded(kind: str, megabytes: int, tmp_path: Path) -> None:
    """Peak memory of a fresh process: reading ``kind`` against reading nothing."""
    file = tmp_path / "file"
    if kind == "photograph":  # 40 million pixels with transparency, the largest that is let in
        Image.new("RGBA", (8000, 5000), (10, 20, 30, 200)).save(file, "PNG", compress_level=1)
    else:
        file.write_bytes({"bomb": _bomb, "tiles": _huge_tiles, "webp": _huge_webp}[kind]())
    assert _peak(file) - _peak(tmp_path / "none") < megabytes


def _peak(file: Path) -> float:
    """Megabytes of memory at the highest point of a fresh process that tries to read one file.

    Linux's VmHWM is this process's own; ``ru_maxrss`` there starts at the parent's.
    """
    code = """
import contextlib, pathlib, resource, sys
from PIL import Image, ImageCms, ImageOps
Image.init()
from tools.vision import pictures
with contextlib.suppress(pictures.BadInput):
    pictures.read(sys.argv[1])
status = pathlib.Path("/proc/self/status")
if status.exists():
    print(next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM")))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024)  # macOS counts bytes
"""
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(BadInput) as refused:
        pictures.read("dog")
    assert all(name in refused.value.message.en and name in refused.value.message.fr for name in pictures.BUILTIN)


def test_a_picture_of_the_user_carries_its_hash_and_no_place(tmp_path: Path) -> None:
    file = tmp_path / "me.png"
    Image.fromarray(SCENE).save(file)
    picture = pictures.read(f"  {file} ")
    assert picture.name == "me" and len(picture.specimen.sha256 or "") == 64
    assert str(tmp_path) not in picture.specimen.model_dump_json()
    assert picture.shows.en == "your picture"


@pytest.mark.real
@pytest.mark.parametrize("name", pictures.BUILTIN)
def test_every_built_in_picture_is_there_described_and_licensed(name: str) -> None:
    picture = pictures.read(name.upper())
    assert picture.pixels.shape[2] == 3 and min(picture.pixels.shape[:2]) >= 300
    assert picture.specimen.sha256 and picture.specimen.licence and picture.specimen.revision
    assert len(picture.shows.en) > 20 and len(picture.shows.fr) > 20
    assert not picture.pixels.flags.writeable  # it is shared between calls


@pytest.mark.real
def test_built_in_pictures_answer_to_their_french_names() -> None:
    assert pictures.read("fusée").name == "rocket" and pictures.read("Chat").name == "cat"
    assert set(pictures._ALIASES.values()) <= set(pictures.BUILTIN)


@pytest.mark.real
def test_drawn_people_differ_by_nothing_but_the_colour_of_their_skin() -> None:
    light, dark = pictures.glyph("1F468-1F3FB"), pictures.glyph("1F468-1F3FF")
    changed = (np.abs(light.astype(int) - dark).max(axis=2) > 24).mean()
    assert light.shape == (256, 256, 3) and 0.1 < changed < 0.7
    assert light.mean() > dark.mean()
    both_white = (light == 255).all(axis=2) & (dark == 255).all(axis=2)
    assert ((light == 255).all(axis=2) == both_white).mean() > 0.99  # the same outline


@pytest.mark.real
def test_a_drawing_is_found_by_code_or_by_character_on_any_background() -> None:
    by_code = pictures.glyph("1F469-1F3FF-200D-1F52C", 128, (30, 60, 90))
    assert by_code.shape == (128, 128, 3) and tuple(by_code[0, 0]) == (30, 60, 90)
    assert np.array_equal(by_code, pictures.glyph("\U0001f469\U0001f3ff\u200d\U0001f52c", 128, (30, 60, 90)))
    assert np.array_equal(pictures.glyph("2764-fe0f"), pictures.glyph("2764"))
    with pytest.raises(BadInput):
        pictures.glyph("zz")
    assert pictures.glyph_specimen().licence == "Apache-2.0"
