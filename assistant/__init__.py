"""The conversation: understand, plan, run, explain, check, record."""
