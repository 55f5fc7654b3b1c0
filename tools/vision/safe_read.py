"""Reads a picture that nobody vouches for: bounded before it is decoded, upright, sRGB, and nothing but pixels.

The size is read from the header and checked before a single pixel is decoded,
so a small file cannot ask for gigabytes (the largest that is let in takes about
400 MB while it is decoded). Only the first frame is read; place,
date, camera and every other note in the file is dropped.
"""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.errors import BadInput

LONGEST = 1600
"""Pixels of the longer side after reading: more would only slow the measurements down."""
FILE_BYTES = 40_000_000
PIXELS = 40_000_000
JPEG_PIXELS = 64_000_000  # a phone's largest; a JPEG is decoded at a fraction of its size
SMALLEST = 16
RATIO = 20
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_EN = "Save it as JPEG or PNG and try again."
_FR = "Enregistrez-la en JPEG ou en PNG et réessayez."


def read_file(path: Path) -> tuple[NDArray[np.uint8], bytes]:
    """Pixels (H, W, 3), longest side at most ``LONGEST``, and the bytes of the file; ``BadInput`` says what to do."""
    raw = _bytes(path)
    return decode(raw), raw


def decode(raw: bytes) -> NDArray[np.uint8]:
    """Pixels (H, W, 3) of an encoded picture: JPEG, PNG, WebP, GIF, BMP or TIFF, known by content and not by name."""
    from PIL import Image, UnidentifiedImageError

    _refuse_other_kinds(raw)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of large sizes and odd notes; the limits here are our own
        try:
            with Image.open(io.BytesIO(raw), formats=FORMATS) as image:
                _check_size(*image.size, jpeg=image.format in ("JPEG", "MPO"))
                _check_tiles(image)
                return _pixels(image)
        except BadInput:
            raise
        except Image.DecompressionBombError as error:
            raise _too_large() from error
        except UnidentifiedImageError as error:
            raise BadInput(
                f"This file is not a picture that can be read here (JPEG, PNG, WebP, GIF, BMP, TIFF). {_EN}",
                f"Ce fichier n’est pas une image lisible ici (JPEG, PNG, WebP, GIF, BMP, TIFF). {_FR}",
            ) from error
        except (
            Exception
        ) as error:  # decoders of damaged files raise nearly anything: OSError, SyntaxError, struct.error…
            raise BadInput(
                "This picture is damaged or incomplete: it could not be decoded to the end. Export or download it again.",
                "Cette image est abîmée ou incomplète : le décodage n’a pas abouti. Exportez-la ou téléchargez-la à nouveau.",
            ) from error


def _bytes(path: Path) -> bytes:
    """The bytes of a regular file of a bearable size; devices and pipes are never opened."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise BadInput(
                f"'{path.name}' is not a file but a folder or a device. Give the path of one picture.",
                f"« {path.name} » n’est pas un fichier, mais un dossier ou un périphérique. Donnez le chemin d’une image.",
            )
        if status.st_size > FILE_BYTES:
            raise _too_large()
        raw = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise BadInput(
            "There is no readable picture at this path. Check the path, or give the name of a built-in picture.",
            "Aucune image lisible à ce chemin. Vérifiez le chemin, ou donnez le nom d’une image fournie.",
        ) from error
    if not raw:
        raise BadInput(
            "This file is empty. Choose another picture.", "Ce fichier est vide. Choisissez une autre image."
        )
    return raw


def _refuse_other_kinds(raw: bytes) -> None:
    """Refusals that deserve their own advice: SVG (it can hold programs), HEIC; and WebP sizes, read here.

    Pillow's WebP reader makes room for the whole canvas as soon as it opens the file.
    """
    start = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype", b"<html")) or raw[:2] == b"\x1f\x8b":
        raise BadInput(
            f"This is a drawing or a page (SVG, HTML), which can hold programs; only photographs in pixels are read. {_EN}",
            "Ceci est un dessin ou une page (SVG, HTML), qui peut contenir des programmes ; seules les images en pixels "
            f"sont lues. {_FR}",
        )
    if raw[4:8] == b"ftyp":
        raise BadInput(
            f"This is a HEIC, AVIF or video file, which cannot be read here. {_EN}",
            f"C’est un fichier HEIC, AVIF ou vidéo, qui ne peut pas être lu ici. {_FR}",
        )
    if raw[:4] == b"RIFF" and raw[8:15] == b"WEBPVP8":
        _check_size(*_webp_size(raw))


def _webp_size(raw: bytes) -> tuple[int, int]:
    """Width and height in the first chunk of a WebP file (RFC 9649, sections 2.4 to 2.7); (0, 0) when cut short."""
    head = raw[12:30]
    if len(head) < 18:
        return 0, 0
    if head[:4] == b"VP8X":
        return int.from_bytes(head[12:15], "little") + 1, int.from_bytes(head[15:18], "little") + 1
    if head[:4] == b"VP8L":
        bits = struct.unpack("<I", head[9:13])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", head[14:18])
    return width & 0x3FFF, height & 0x3FFF


def _check_size(width: int, height: int, jpeg: bool = False) -> None:
    """Refuses what is too large, too small or too long to be looked at."""
    if min(width, height) < SMALLEST or max(width, height) > RATIO * min(width, height):
        raise BadInput(
            f"This picture is {width} by {height} pixels: too small or too narrow to see anything in. "
            f"Give one of at least {SMALLEST} pixels a side, at most {RATIO} times longer than wide.",
            f"Cette image mesure {width} pixels sur {height} : trop petite ou trop étroite pour qu’on y voie quelque chose. "
            f"Donnez-en une d’au moins {SMALLEST} pixels de côté, au plus {RATIO} fois plus longue que large.",
        )
    if width * height > (JPEG_PIXELS if jpeg else PIXELS):
        raise _too_large(width, height)


def _too_large(width: int = 0, height: int = 0) -> BadInput:
    shape = f" ({width} × {height} pixels)" if width else ""
    return BadInput(
        f"This picture is too large{shape}: at most {PIXELS // 1_000_000} million pixels and {FILE_BYTES // 1_000_000} MB. "
        "Make it smaller (2,000 pixels a side are plenty) and try again.",
        f"Cette image est trop grande{shape} : au plus {PIXELS // 1_000_000} millions de pixels et {FILE_BYTES // 1_000_000} Mo. "
        "Réduisez-la (2 000 pixels de côté suffisent largement) et réessayez.",
    )


def _check_tiles(image: Any) -> None:
    """A TIFF may announce tiles far larger than itself, for which the decoder would make room."""
    tags = getattr(image, "tag_v2", None)
    if tags is not None and int(tags.get(322, 0)) * int(tags.get(323, 0)) > PIXELS:
        raise _too_large()


def _pixels(image: Any) -> NDArray[np.uint8]:
    """Decodes the first frame: eight bits, upright, small enough, sRGB, on white where it is transparent."""
    from PIL import ImageOps

    image.draft(None, (LONGEST, LONGEST))  # JPEG only: decodes at a half, a quarter or an eighth
    image.load()
    profile = image.info.get("icc_profile")
    image = _eight_bits(image)
    if image.mode in ("P", "PA", "1") or "transparency" in image.info:
        image = image.convert("RGBA" if image.mode != "1" else "L")
    image.thumbnail((LONGEST, LONGEST))
    with contextlib.suppress(Exception):  # a broken note must not cost the picture; it is dropped with the others
        image = ImageOps.exif_transpose(image)
    return np.array(_on_white(_srgb(image, profile)), dtype=np.uint8)


def _eight_bits(image: Any) -> Any:
    """Sixteen-bit greys to eight; ``BadInput`` for 32-bit numbers, whose black and white are anybody's guess."""
    from PIL import Image

    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image).astype(np.uint16) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        raise BadInput(
            f"This picture holds 32-bit measurements, not colours. {_EN}",
            f"Cette image contient des mesures sur 32 bits, pas des couleurs. {_FR}",
        )
    return image


def _srgb(image: Any, profile: bytes | None) -> Any:
    """Colours of the picture's own profile turned into sRGB; a profile that cannot be read is left aside."""
    from PIL import Image, ImageCms

    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        alpha = image.getchannel("A") if image.mode == "RGBA" else None
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            plain = image.convert("RGB") if alpha is not None else image
            turned = ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            return image
        if alpha is not None and turned is not None:
            return Image.merge("RGBA", (*turned.split(), alpha))
        return turned
    return image


def _on_white(image: Any) -> Any:
    """RGB; what is transparent shows white, as on a page."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa"):
        rgba = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", rgba.size, (255, 255, 255, 255)), rgba).convert("RGB")
    return image.convert("RGB")
