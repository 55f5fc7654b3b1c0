"""Two ways to choose what to do, one interface: by nearest example, by the language model."""
