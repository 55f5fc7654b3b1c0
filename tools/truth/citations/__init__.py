"""References: found in a text, read field by field, compared with the works that are known."""
