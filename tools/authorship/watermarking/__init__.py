"""The parts of ``watermark``: the green lists, writing with the mark, finding it, and what wears it off."""
