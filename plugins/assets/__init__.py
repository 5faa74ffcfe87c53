"""The static files of the theme and the outlet's own look: style sheets, typefaces, logo, scripts,
icons, and the outlet's additions.

Values for templates: look, css_url, story_css_url, charts_css_url, feed_css_url, extra_css,
story_js_url, audio_js_url, rails_js_url, republish_js_url, search_js_url, spelling_js_url,
extra_js, icon_url, mark_url, static_urls.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from broadside.folders import ENGINE
from broadside.look import Whole, css, preloaded, whole
from broadside.look.data import Scheme
from broadside.look.pictures import coloured
from broadside.plugin import Page, Plugin, Site, add_script, add_stylesheet, give
from broadside.plugins.assets.bundle import (
    OF_CHARTS,
    OF_SITE,
    OF_STORIES,
    Worn,
    as_it_is,
    feed_stylesheet,
    icon,
    static_files,
    stylesheet,
)
from broadside.site.assets import Asset, named, without_comments

EXTRA_STYLES = (
    *("pages/lookup", "pages/opener", "pages/report"),
    *("components/audio", "components/film", "components/gallery"),
)
EXTRA_SCRIPTS = ("film", "gallery")


class ShownLogo(Struct, frozen=True):
    """A logo for templates; `dark` is the address of the one for dark mode, or ""."""

    src: str
    dark: str
    width: int
    height: int
    alt: str


class ShownLook(Struct, frozen=True):
    """The look for templates; `preload` are the addresses of typefaces that a page loads at
    once.
    """

    light: Scheme
    dark: Scheme
    tagline: bool = True
    logo: ShownLogo | None = None
    preload: tuple[str, ...] = ()


def name_assets(site: Site) -> None:
    """Tell the templates the files' addresses."""
    settings = site.settings
    theme, own = Path(settings.THEME), Path(settings.OUTLET_THEME)
    static, files = theme / "static", static_files(own / "static")
    look = whole(settings)
    site.content.faults += look.faults  # warnings
    faces, logos = named_faces(look), named_logos(look)
    worn = worn_of(look, faces, static / "css")
    assets = {
        "css_url": stylesheet(static / "css", own / "css", files, worn, OF_SITE),
        "charts_css_url": stylesheet(static / "css", own / "css", files, worn, OF_CHARTS),
        "story_css_url": stylesheet(static / "css", own / "css", files, worn, OF_STORIES),
        "feed_css_url": feed_stylesheet(static / "css", worn.tokens),
        "story_js_url": without_comments(static / "js" / "story.js"),
        "audio_js_url": without_comments(static / "js" / "audio.js"),
        "rails_js_url": as_it_is(static / "js" / "rails.js"),
        "republish_js_url": as_it_is(static / "js" / "republish.js"),
        "search_js_url": without_comments(static / "js" / "search.js"),
        "spelling_js_url": without_comments(static / "js" / "spelling.js"),
        "icon_url": _mark(icon("mark.svg", theme, own), look),
        "mark_url": _mark(icon("mark.png", theme, own), look),
    }
    others = [*files.values(), *logos.values(), *(face for row in faces.values() for face in row)]
    site.assets += [
        Page(url, data)
        for url, data in {each.url: each.data for each in [*assets.values(), *others]}.items()
    ]
    site.values.update({name: asset.url for name, asset in assets.items()})
    site.values["static_urls"] = {name: asset.url for name, asset in files.items()}
    site.values["look"] = look_for_templates(look, faces, logos)
    for name in EXTRA_STYLES:
        add_stylesheet(site, f"css/{name}.css")
    add_stylesheet(site, "css/pages/landing.css", "css/components/support_form.css")
    for name in EXTRA_SCRIPTS:
        add_script(site, f"js/{name}.js")


def _mark(path: Path, look: Whole) -> Asset:
    """An outlet's own icon as it is, or the engine's in the outlet's colours."""
    if not path.is_relative_to(ENGINE / "theme"):
        return as_it_is(path)
    light = look.look.light
    return named(
        f"theme/{path.name}", coloured(path.read_bytes(), path.suffix, light.ink, light.paper)
    )


def named_faces(look: Whole) -> dict[str, list[Asset]]:
    """The files of the typefaces, by role."""
    return {
        role: [named(f"theme/fonts/{role}.woff2", face.data) for face in row]
        for role, row in look.faces.items()
    }


def named_logos(look: Whole) -> dict[str, Asset]:
    """The files of the logo, by key."""
    return {
        key: named(f"theme/{key.replace('_', '-')}{logo.ending}", logo.data)
        for key, logo in look.logos.items()
    }


def worn_of(look: Whole, faces: dict[str, list[Asset]], folder: Path) -> Worn:
    """What a look adds to the style sheets in this folder."""
    served = {
        role: [
            css.Served(face, asset.url.removeprefix("theme/"))
            for face, asset in zip(row, faces[role], strict=True)
        ]
        for role, row in look.faces.items()
    }
    return Worn(css.tokens(look.look, served), tuple(css.choices(look.look, folder)))


def look_for_templates(
    look: Whole, faces: dict[str, list[Asset]], logos: dict[str, Asset]
) -> ShownLook:
    """The look for templates."""
    brand, logo = look.look.brand, None
    if "logo" in logos:
        size, dark = look.logos["logo"], logos.get("logo_dark")
        logo = ShownLogo(
            logos["logo"].url, dark.url if dark else "", size.width, size.height, brand.alt
        )
    preload = tuple(faces[role][number].url for role, number in preloaded(look))
    return ShownLook(look.look.light, look.look.dark, brand.tagline, logo, preload)


def pages(site: Site) -> Iterator[Page]:
    """Each file."""
    yield from site.assets


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(arranged=[name_assets], pages=[pages]))
