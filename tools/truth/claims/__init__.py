"""Claims compared with a source by rule: numbers, dates, names, negation, roles; English and French."""
