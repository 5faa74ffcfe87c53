"""Reads the header of a source, in YAML or in Pelican's plain form, and reports all its faults at
once.
"""
