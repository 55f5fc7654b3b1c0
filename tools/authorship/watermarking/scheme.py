"""The green lists of a watermark: which tokens are favoured after which words, given a secret key.

Kirchenbauer et al. 2023 (arXiv 2301.10226), algorithm 2. The last ``width`` tokens and the key give a seed,
the seed a permutation of the vocabulary, and its first ⌊γN⌋ tokens are green. With width 1 these are the
lists of the authors' "lefthash" (key × token), with a wider context those of their "minhash" (the least of
the hashed tokens: Kirchenbauer et al. 2024, arXiv 2306.04634). Permutations are always drawn on the CPU:
another device would draw other ones, and the text could not be checked elsewhere.

This file needs only numpy and torch: the model server's own environment imports it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

KEY = 15_485_863
"""The key of the published code, the millionth prime. A real one is kept secret."""
TABLE = 1_000_003
TABLE_SEED = 2_971_215_073  # of the published hash table
CACHED = 8_192  # green lists kept, packed: 6 kB each for a vocabulary of 49,152 tokens


@dataclass(frozen=True)
class Mark:
    """A watermark: ``gamma`` the green share of the vocabulary, ``delta`` what is added to the green logits,
    ``width`` how many tokens choose the list, ``key`` the secret."""

    gamma: float = 0.25
    delta: float = 2.0
    width: int = 1
    key: int = KEY


@lru_cache(maxsize=1)
def _hash_table() -> NDArray[np.int64]:
    import torch

    table = torch.randperm(TABLE, generator=torch.Generator().manual_seed(TABLE_SEED))
    return np.asarray(table.numpy(), dtype=np.int64)


class GreenLists:
    """The green lists of ``mark`` over token numbers 0 … ``vocabulary`` − 1, kept once drawn."""

    def __init__(self, mark: Mark, vocabulary: int) -> None:
        self.mark, self.vocabulary = mark, vocabulary
        self.size = int(vocabulary * mark.gamma)
        self._packed = lru_cache(maxsize=CACHED)(self._draw)

    def seed(self, context: Sequence[int]) -> int:
        """What the generator is seeded with after ``context`` (its last ``width`` tokens are used)."""
        last = [int(token) for token in context[-self.mark.width :]]
        if self.mark.width == 1:
            return (self.mark.key * last[0]) % (2**64 - 1)
        return min(int(_hash_table()[(self.mark.key * token) % TABLE]) + 1 for token in last)

    def green(self, context: Sequence[int]) -> NDArray[np.bool_]:
        """Which tokens are green after ``context``, shape (vocabulary,); as many as ``size``."""
        bits = np.unpackbits(self._packed(self.seed(context)), count=self.vocabulary)
        return bits.view(np.bool_)

    def holds(self, context: Sequence[int], token: int) -> bool:
        """Whether ``token`` is green after ``context``; a number beyond the vocabulary never is."""
        byte = self._packed(self.seed(context))[token // 8] if 0 <= token < self.vocabulary else 0
        return bool(byte >> (7 - token % 8) & 1)

    def _draw(self, seed: int) -> NDArray[np.uint8]:
        import torch

        threads = torch.get_num_threads()
        torch.set_num_threads(1)  # threads that wait for each other make this small job ten times slower
        try:
            chosen = torch.randperm(self.vocabulary, generator=torch.Generator().manual_seed(seed)).numpy()
        finally:
            torch.set_num_threads(threads)
        mask = np.zeros(self.vocabulary, dtype=np.bool_)
        mask[chosen[: self.size]] = True
        return np.packbits(mask)
