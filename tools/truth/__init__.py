"""Is it true? Checks of what a model says: against itself, against sources."""
