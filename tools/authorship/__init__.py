"""Instruments for authorship."""
