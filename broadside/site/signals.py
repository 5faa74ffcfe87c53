"""Broadside's own signals, beside Pelican's; receivers are called in the order of PLUGINS."""

from __future__ import annotations

from blinker import Signal, signal
from ordered_set import OrderedSet

Signal.set_class = OrderedSet  # type: ignore[assignment] # what keeps the order; Pelican sets it too, but takes long to load

arranged = signal("broadside-arranged")
"""The site was arranged from the content. Sender: the Site. A plugin may add template values and filters, set its own fields,
and set attributes of stories; it must not rely on what another plugin adds.
"""

pages = signal("broadside-pages")
"""The site is complete. Sender: the Site. A receiver returns (or yields) the pages and bundles that it adds."""
