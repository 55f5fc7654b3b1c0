"""What is examined: models and data, where they come from and how they are read."""
