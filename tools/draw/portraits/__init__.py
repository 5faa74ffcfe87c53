"""Poster-like busts of the outlet's authors."""
