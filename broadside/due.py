"""The moments at which the published site changes by itself, because the clock moves on.

Each module that looks at the clock gives its own moments; broadside/build/due.py collects them. They all mean the same: up to the
moment the site is the old one, and from then on the new one.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Due(Struct, frozen=True, order=True):
    """One such moment.

    `kind` is story, page, roundup, slot, campaign, news or year. `path` is the source below the content folder, "" if there is none;
    `what` says in words what happens.
    """

    moment: datetime
    kind: str
    path: str
    what: str
