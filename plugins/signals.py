"""Broadside's own signals, beside Pelican's."""

from blinker import signal  # Pelican, which is loaded first, has receivers called in the order of PLUGINS

was_read = signal("broadside-was-read")
"""The content folder was read and is sound; sender: the generator of articles, whose context has the terms; newsroom, published:
the records of stories that readers see, mark: the digest of all, apart from the sources, that they depend on."""

printed = signal("broadside-printed")
"""The site was printed; sender: the writer; printed: what was done."""
