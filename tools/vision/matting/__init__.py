"""The parts of ``background_matting``: scenes, the share of the head kept, what explains its loss, drawn people."""
