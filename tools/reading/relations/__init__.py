"""The parts of ``extract_relations``."""
