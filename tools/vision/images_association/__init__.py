"""The image association test in parts: the sets of drawings, the measurement, the words, the tables, the figures."""
