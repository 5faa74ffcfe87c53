"""The static files of the theme and of the outlet's own look: style sheets, scripts, icons, and whatever an outlet adds.

Settings: THEME, and OUTLET_THEME, the folder of the outlet's own look: css/ comes after the theme's style sheets, icons/ has
files that take the place of the theme's, and each file in static/ is on the site under an address that templates find as
`static_urls["paper.svg"]`, and that url(paper.svg) in css/ leads to.
Signals used: all_generators_finalized, article_writer_finalized.
Adds to the context: css_url, feed_css_url, rails_js_url, republish_js_url, search_js_url, icon_url, mark_url, static_urls.
"""

from __future__ import annotations

from pathlib import Path

from pelican.generators import ArticlesGenerator, Generator
from pelican.plugins import signals

from broadside.plugins.assets.bundle import Asset, as_it_is, feed_stylesheet, icon, static_files, stylesheet
from broadside.plugins.press import Press


def name_assets(generators: list[Generator]) -> None:
    """Tell the templates where the files will be."""
    context, settings = generators[0].context, generators[0].settings
    theme, own = Path(settings["THEME"]), Path(settings["OUTLET_THEME"])
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
    context["assets"] = [*assets.values(), *files.values()]
    context.update({name: asset.url for name, asset in assets.items()})
    context["static_urls"] = {name: asset.url for name, asset in files.items()}


def write_assets(generator: ArticlesGenerator, writer: Press) -> None:
    """Write the files."""
    assets: list[Asset] = generator.context["assets"]
    for asset in assets:
        writer.add_data(asset.url, asset.data)


def register() -> None:
    """Connect to Pelican."""
    signals.all_generators_finalized.connect(name_assets)
    signals.article_writer_finalized.connect(write_assets)
