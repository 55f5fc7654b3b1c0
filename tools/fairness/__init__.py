"""Decisions about people: scores, groups, errors, and what they cost whom."""
