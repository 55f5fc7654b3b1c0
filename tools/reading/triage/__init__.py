"""The parts of ``risk_triage``."""
