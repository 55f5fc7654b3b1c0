"""The parts of ``crop_saliency``: crops, drawn people, pairs, published counts, words and figures."""
