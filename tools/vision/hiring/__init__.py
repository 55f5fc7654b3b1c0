"""The parts of ``face_hiring``: an invented hiring world, and one face seen under changed conditions."""
