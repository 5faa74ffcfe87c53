"""Writes the site: what changed is rendered into a second tree, which is then exchanged with what readers see."""
