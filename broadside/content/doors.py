"""What plugins may add to what is read and checked; files and lists of theirs are in given.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from broadside.content.content import Content
from broadside.dates import Due
from broadside.doors import Door
from broadside.faults import Fault

Check = Callable[[Content], Iterable[Fault]]
"""Finds faults, once everything is read and has its address."""
Moments = Callable[[Content, datetime], Iterable[Due]]
"""Gives the moments after another at which the site changes by itself."""
OwnPages = Callable[[Content], Iterable[str]]
"""Gives the names (as in urls.OWN) of the site's own pages that there are with this content, and
are not with all.
"""

NewAddresses = Callable[[Content], Iterable[str]]
"""Gives the addresses of a plugin's own at which something is with this content."""

CHECKS: Door[Check] = Door()
MOMENTS: Door[Moments] = Door()
OWN_PAGES: Door[OwnPages] = Door()
ADDRESSES: Door[NewAddresses] = Door()
