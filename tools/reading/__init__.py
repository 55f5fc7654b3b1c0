"""Instruments that read the library."""
