"""The static files of the theme and of the outlet's own look: style sheets, scripts, icons, and whatever an outlet adds.

Settings: THEME, and OUTLET_THEME, the folder of the outlet's own look: css/ comes after the theme's style sheets, icons/ has
files that take the place of the theme's, and each file in static/ is on the site under an address that templates find as
`static_urls["paper.svg"]`, and that url(paper.svg) in css/ leads to.
Values for templates: css_url, feed_css_url, rails_js_url, republish_js_url, search_js_url, icon_url, mark_url, static_urls.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from broadside.plugins import signals
from broadside.plugins.assets.bundle import as_it_is, feed_stylesheet, icon, static_files, stylesheet
from broadside.plugins.site import Site
from broadside.plugins.site.page import Page


def name_assets(site: Site) -> None:
    """Tell the templates where the files will be."""
    theme, own = Path(site.settings["THEME"]), Path(site.settings["OUTLET_THEME"])
    static, files = theme / "static", static_files(own / "static")
    assets = {
        "css_url": stylesheet(static / "css", own / "css", files),
        "feed_css_url": feed_stylesheet(static / "css"),
        "rails_js_url": as_it_is(static / "js" / "rails.js"),
        "republish_js_url": as_it_is(static / "js" / "republish.js"),
        "search_js_url": as_it_is(static / "js" / "search.js"),
        "icon_url": as_it_is(icon("mark.svg", theme, own)),
        "mark_url": as_it_is(icon("mark.png", theme, own)),
    }
    site.assets = [Page(asset.url, asset.data) for asset in (*assets.values(), *files.values())]
    site.values.update({name: asset.url for name, asset in assets.items()})
    site.values["static_urls"] = {name: asset.url for name, asset in files.items()}


def pages(site: Site) -> Iterator[Page]:
    """Each file."""
    yield from site.assets


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(name_assets)
    signals.pages.connect(pages)
