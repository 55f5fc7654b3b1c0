"""The parts of ``image_saliency``: the methods, the checks, the words and the pictures."""
