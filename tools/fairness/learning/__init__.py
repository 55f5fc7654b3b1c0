"""The parts of ``ml_lab``: one module a lesson for the measurement, one beside it for words, tables and figures."""
