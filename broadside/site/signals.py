"""Broadside's own signals, beside Pelican's; receivers are called in the order of PLUGINS."""

from __future__ import annotations

from pelican.plugins import signals as _pelicans  # noqa: F401 -- loaded first: Pelican has blinker keep that order

from blinker import signal  # isort: skip

arranged = signal("broadside-arranged")
"""The site was arranged from the content. Sender: the Site. A plugin may add template values and filters, set its own fields,
and set attributes of stories; it must not rely on what another plugin adds.
"""

pages = signal("broadside-pages")
"""The site is complete. Sender: the Site. A receiver returns (or yields) the pages and bundles that it adds."""
