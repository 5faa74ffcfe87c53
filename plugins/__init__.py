"""Broadside's Pelican plugins: each folder is one concern, and only its `__init__.py` knows Pelican."""
