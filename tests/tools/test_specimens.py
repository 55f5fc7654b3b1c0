"""Specimens: fetched once, checked, resumed; vectors read from any usual file, hostile pickles refused."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import struct
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from tools.errors import BadInput, Missing, Unavailable
from tools.specimens import fetch, words
from tools.specimens.packages import PACKAGES, Package


def wheel() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("thing/data.bin", bytes(range(256)) * 9000)
    return out.getvalue()


WHEEL = wheel()


class Index:
    """A loopback server that holds one wheel, honours Range, and can break off once."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.break_after = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                wanted = self.headers.get("Range", "")
                outer.asked.append(wanted)
                start = int(wanted[6:-1]) if wanted else 0
                body = WHEEL[start:]
                self.send_response(206 if wanted else 200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if outer.break_after:
                    body, outer.break_after = body[: outer.break_after], 0
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/thing.whl"


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    monkeypatch.setenv("AUTOPSIE_HOME", str(tmp_path))
    held = Index()
    thing = Package(
        name="thing", requirement="thing==1.0", sha256=hashlib.sha256(WHEEL).hexdigest(), megabytes=3,
        members={"thing/data.bin": "data.bin"}, convert="", makes=("data.bin",), what="a thing", licence="none",
    )  # fmt: skip
    monkeypatch.setitem(PACKAGES, "thing", thing)
    monkeypatch.setattr(fetch, "_locate", lambda package: held.url)
    yield held
    held.server.shutdown()


def test_a_specimen_is_fetched_once_with_progress(index: Index) -> None:
    seen: list[tuple[int, int]] = []
    assert fetch.fetch("thing", lambda label, done, total: seen.append((done, total)))
    assert fetch.path("thing").joinpath("data.bin").stat().st_size == 256 * 9000
    assert max(done for done, _ in seen) == len(WHEEL)
    assert fetch.check("thing") == []
    assert not fetch.fetch("thing"), "a second call has nothing to do"
    assert len(index.asked) == 1


def test_a_broken_download_goes_on_where_it_stopped(index: Index, tmp_path: Path) -> None:
    part = tmp_path / "downloads" / f"thing-{hashlib.sha256(WHEEL).hexdigest()[:8]}.part"
    part.parent.mkdir()
    part.write_bytes(WHEEL[:1000])
    fetch.fetch("thing")
    assert index.asked == ["bytes=1000-"]
    assert fetch.check("thing") == []


def test_another_file_under_the_same_name_is_thrown_away(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.tools.test_specimens.WHEEL", b"not the wheel")
    with pytest.raises(Unavailable, match="SHA-256 differs"):
        fetch.fetch("thing")
    assert not (tmp_path / "specimens" / "thing").exists()
    assert not list((tmp_path / "downloads").iterdir())


def test_a_file_changed_afterwards_is_found(index: Index) -> None:
    fetch.fetch("thing")
    (fetch.folder("thing") / "data.bin").write_bytes(b"changed")
    assert fetch.check("thing") == ["data.bin"]


def test_what_is_missing_says_how_to_get_it(index: Index) -> None:
    with pytest.raises(Missing, match="autopsie models fetch thing"):
        fetch.path("thing")
    with pytest.raises(BadInput, match="no specimen called 'nosuch'"):
        fetch.fetch("nosuch")


class Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        import os

        return os.system, ("touch /tmp/autopsie-was-here",)


def test_a_pickle_that_would_run_code_is_refused(tmp_path: Path) -> None:
    """The ordinary unpickler would run the command; ours must not even build the object."""
    (tmp_path / "evil.kv").write_bytes(pickle.dumps({"vectors": Bomb()}))
    with pytest.raises(BadInput, match=r"system, which vectors do not need"):
        words.load(str(tmp_path / "evil.kv"))
    assert not Path("/tmp/autopsie-was-here").exists()


ROWS = {"cat": [1.0, 0.0], "dog": [0.6, 0.8], "café": [0.0, 2.0]}


def files(folder: Path) -> dict[str, Path]:
    """The same three vectors in every format."""
    text = "".join(f"{word} {a} {b}\n" for word, (a, b) in ROWS.items())
    (folder / "glove.txt").write_text(text, encoding="utf-8")
    (folder / "w2v.txt").write_text(f"{len(ROWS)} 2\n{text}", encoding="utf-8")
    binary = b"3 2\n" + b"".join(word.encode() + b" " + struct.pack("<2f", *row) + b"\n" for word, row in ROWS.items())
    (folder / "w2v.bin").write_bytes(binary)
    np.savez(folder / "v.npz", words=np.array(list(ROWS)), vectors=np.array(list(ROWS.values()), np.float32))
    return {name: folder / name for name in ("glove.txt", "w2v.txt", "w2v.bin", "v.npz")}


@pytest.mark.parametrize("name", ["glove.txt", "w2v.txt", "w2v.bin", "v.npz"])
def test_vectors_are_read_from_every_usual_format(tmp_path: Path, name: str) -> None:
    file = files(tmp_path)[name]
    space = words.load(str(file))
    assert space.words == list(ROWS)
    assert space.matrix == pytest.approx(np.array(list(ROWS.values())))
    assert space.vector("dog") @ space.vector("cat") == pytest.approx(0.6)  # (0.6·1 + 0.8·0) / (1 · 1)
    assert space.specimen.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_vector_file_written_again_is_read_again(tmp_path: Path) -> None:
    """The same path, the same size, other numbers: a process that has read it before must not answer with the old ones."""
    file = tmp_path / "v.txt"
    file.write_text("cat 1 0\ndog 0 1\n", encoding="utf-8")
    before = words.load(str(file))
    assert words.load(str(file)) is before, "not read twice while it stays as it is"
    file.write_text("cat 0 1\ndog 1 0\n", encoding="utf-8")
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1))  # were the clock too coarse to tell the two writings apart
    after = words.load(str(file))
    assert after.matrix.tolist() == [[0, 1], [1, 0]]
    assert after.specimen.sha256 == hashlib.sha256(file.read_bytes()).hexdigest() != before.specimen.sha256


@pytest.mark.parametrize("content", [b"", b"cat 1 2\ndog 1\n", b"cat one two\n", bytes(range(256))])
def test_a_file_that_holds_no_vectors_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    with pytest.raises(BadInput, match="could not be read as word vectors"):
        words.load(str(tmp_path / "bad.txt"))


@pytest.mark.real
def test_the_packaged_vectors_are_the_pinned_ones() -> None:
    space = words.load("word2vec")
    assert space.matrix.shape == (13_013, 300)
    assert space.specimen.sha256
    assert float(space.vector("king") @ space.vector("queen")) == pytest.approx(0.651, abs=0.001)
    with pytest.raises(BadInput, match=r"Near it: .*nurse"):
        space.vector("nursse")
