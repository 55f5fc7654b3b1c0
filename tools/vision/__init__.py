"""Pictures: what a vision model looks at, and what it leaves out."""
