"""The parts of ``detect_ai_text``: statistics of a text under a language model, their calibration, words and pictures."""
