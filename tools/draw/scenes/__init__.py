"""The pictures themselves, a few to a module."""
