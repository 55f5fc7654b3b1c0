"""Feature visualisation in parts: the parametrised picture, the search, the comparison, the words, the figures."""
