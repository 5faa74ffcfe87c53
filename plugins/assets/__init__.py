"""The theme's static files: the style sheets for pages and feeds, the small scripts, the icon and the mark.

Settings: THEME. Signals used: all_generators_finalized, article_writer_finalized.
Adds to the context: css_url, feed_css_url, rails_js_url, republish_js_url, search_js_url, icon_url, mark_url.
"""

from __future__ import annotations

from pathlib import Path

from pelican.generators import ArticlesGenerator, Generator
from pelican.plugins import signals

from broadside.plugins.assets.bundle import Asset, as_it_is, feed_stylesheet, stylesheet
from broadside.plugins.press import Press


def name_assets(generators: list[Generator]) -> None:
    """Tell the templates where the theme's files will be."""
    context = generators[0].context
    static = Path(generators[0].settings["THEME"]) / "static"
    assets = {
        "css_url": stylesheet(static / "css"),
        "feed_css_url": feed_stylesheet(static / "css"),
        "rails_js_url": as_it_is(static / "js" / "rails.js"),
        "republish_js_url": as_it_is(static / "js" / "republish.js"),
        "search_js_url": as_it_is(static / "js" / "search.js"),
        "icon_url": as_it_is(static / "icons" / "mark.svg"),
        "mark_url": as_it_is(static / "icons" / "mark.png"),
    }
    context["assets"] = assets
    context.update({name: asset.url for name, asset in assets.items()})


def write_assets(generator: ArticlesGenerator, writer: Press) -> None:
    """Write the theme's files."""
    assets: dict[str, Asset] = generator.context["assets"]
    for asset in assets.values():
        writer.add_data(asset.url, asset.data)


def register() -> None:
    """Connect to Pelican."""
    signals.all_generators_finalized.connect(name_assets)
    signals.article_writer_finalized.connect(write_assets)
