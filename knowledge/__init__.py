"""The library: documents cut into passages, found by meaning and by words, quoted with their place."""

from pathlib import Path

CONTENT = Path(__file__).parent / "content"
