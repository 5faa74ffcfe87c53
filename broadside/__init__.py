"""The publishing system of a commentary outlet, built on Pelican."""

__version__ = "0.1.0"
