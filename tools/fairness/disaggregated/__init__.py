"""The parts of ``disaggregated_evaluation``: where counts come from, the measurement, its words, its figures."""
