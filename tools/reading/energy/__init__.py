"""Parts of the energy and carbon meter (tools/reading/footprint.py)."""
