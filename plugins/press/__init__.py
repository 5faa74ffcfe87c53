"""Writes files of the site, and keeps account of them."""
