"""Broadside's Pelican plugins: one folder is one concern, and only its `__init__.py` knows Pelican."""
