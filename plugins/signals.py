"""Broadside's own signals, beside Pelican's."""

from blinker import (
    signal,
)  # whose receivers are called in the order of PLUGINS, thanks to Pelican, which is loaded first

was_read = signal("broadside-was-read")
"""The content folder was read and has no errors. Sender: the generator of articles, whose context has the terms. Arguments:
`newsroom`; `published`, the records of stories that readers see; `mark`, the digest of all but the sources that records depend on."""

written = signal("broadside-written")
"""The site was written. Sender: the writer. Argument: `written`, what was done."""
