"""Broadside's plugins for Pelican; docs/how-it-builds.md says what each folder is for."""
