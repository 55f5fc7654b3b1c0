"""The parts of ``self_consistency``: asking, comparing meanings, scores, words and pictures."""
