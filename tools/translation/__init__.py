"""Instruments for translation."""
