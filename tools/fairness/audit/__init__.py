"""The parts of ``fairness_audit``: what is measured, and how it is said and drawn."""
