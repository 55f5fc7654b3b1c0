"""The instruments: what a tool is, what it returns, and one folder a wing."""
