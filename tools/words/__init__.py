"""Instruments for word vectors."""
