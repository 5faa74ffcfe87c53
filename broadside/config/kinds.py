"""The kinds of value that settings have: each accepts what an outlet wrote, or says in plain words what is wrong with it."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.machinery import PathFinder
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Discriminator, Field, Tag, ValidationInfo

from broadside.config.files import NEAR, names_of
from broadside.content.links import OUTSIDE
from broadside.dates import moment_of, now_of
from broadside.faults import near
from broadside.folders import ENGINE
from broadside.front_matter.fields import language, page_address, web_address
from broadside.markdown.guard import PREVIEW
from broadside.media.films import HOST, NAMED
from broadside.plugins.structured_data.outlet import policy_problem

SAYS = {
    "missing": "is missing",
    "extra_forbidden": "is not a known key",
    "tuple_type": 'should be a pair, such as ("About", "about/")',
    "string_type": "should be text in quotes",
    "int_type": "should be a whole number, without quotes",
    "bool_type": "should be True or False, without quotes",
    "list_type": "should be a list in brackets",
    "dict_type": "should be names with values, in braces",
}
"""What is wrong, by pydantic's name for it."""

MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


def zone(name: str) -> str:
    """The name of a time zone; raises ValueError if there is none of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'"{name}" is not a time zone; write it as Europe/Paris') from None
    return name


def _dated(pattern: str) -> str:
    return _holding(
        pattern, "should hold {slug}, and no other word in braces but {date}", date=datetime(2026, 11, 25, tzinfo=UTC)
    )


def _pattern(pattern: str) -> str:
    return _holding(pattern, "should hold {slug}, and no other words in braces")


def _holding(pattern: str, otherwise: str, **more: datetime) -> str:
    try:
        made = {pattern.format(slug=slug, **more) for slug in ("one", "two")}
    except (KeyError, IndexError, ValueError, AttributeError):
        raise ValueError(otherwise) from None
    if len(made) == 1:
        raise ValueError("should hold {slug}, or all would be at one address")
    if {"", ".", ".."}.intersection(*(one.removesuffix("/").split("/") for one in made)):
        raise ValueError('should lead to a place below the site\'s top, such as "stories/{slug}/"')
    return pattern


def _place(written: str) -> str:
    if not re.fullmatch(r"(?:[a-z0-9][a-z0-9-]*/)+", written):
        raise ValueError(f'"{written}" should be a folder below the site\'s top in small letters, such as "archivo/"')
    return written


def _cards(since: object) -> object:
    try:
        return since if isinstance(since, bool) else moment_of(str(since), UTC)
    except ValueError:
        raise ValueError('should be True, False or a day, such as "2025-01-01"') from None


def _named(name: str) -> str:
    if not name.strip():
        raise ValueError("should be the outlet's name")
    return name


def site_url(written: str) -> str:
    """The address of a whole site, to which the paths of pages are added; raises ValueError if it cannot be one."""
    # A text may not link to a preview's address, but a site may have it.
    page_address(PREVIEW.sub("https://localhost", written))
    address = written.strip()
    if set("?#") & set(address):
        raise ValueError(
            f'"{address}" holds a "?" or "#", and every page\'s address begins with it; leave out what follows'
        )
    if not address.isascii() or "%" in address:  # feeds and sitemaps would each write it differently
        raise ValueError(
            f'"{address}" has characters that addresses cannot have; write a host as "xn--mnchen-3ya.example", and a path in a-z'
        )
    return address


def _tight(written: str) -> str:
    """A text that pages show exactly as the file has it, so it cannot be stripped here."""
    if written != written.strip():
        raise ValueError(f'"{written}" begins or ends with a space; take it out')
    return written


def live_url(written: str) -> str:
    """The address of a site that readers see; raises ValueError if it cannot be one."""
    address = site_url(_tight(written))
    if PREVIEW.match(address):
        hint = f"write the live site's address; for a rehearsal, build with --production --siteurl {address}"
        raise ValueError(f'"{address}" is a preview, which readers cannot see; {hint}')
    return address


def _site(written: str, told: ValidationInfo) -> str:
    return live_url(written) if _file(told)["live"] else site_url(_tight(written))


def _within_or_web(written: str) -> str:
    """An address on the outlet's own site, beginning with a slash, or one on the web."""
    return written if written.startswith("/") and not written.startswith("//") else web_address(written)


def _below_or_web(written: str) -> str:
    """An address on the outlet's own site, with or without the slash at its beginning, or one on the web."""
    return web_address(written) if OUTSIDE.match(written) else written


def _shape_in_menu(written: object) -> str:
    """Which shape an entry of the main menu was meant to have: a word, a pair, or a pair with a third part."""
    if isinstance(written, str):
        return ""
    return "  " if isinstance(written, (list, tuple)) and len(written) == 3 else " "


def _shape_at_foot(written: object) -> str:
    """Whether an entry of the foot was meant to be a link or a group of links."""
    is_pair = isinstance(written, (list, tuple)) and len(written) == 2
    return " " if is_pair and isinstance(written[1], (list, tuple)) else ""  # type: ignore[index]


def _secure(written: str) -> str:
    if not page_address(written).startswith("https://"):
        raise ValueError(f'"{written}" would send what readers type without encryption; start it with https://')
    return written


def _service(written: str) -> str:
    address = page_address(written).rstrip("/")
    if not address.startswith("https://") and urlsplit(address).hostname not in ("127.0.0.1", "localhost"):
        raise ValueError(f'"{written}" would be told a password without encryption; start it with https://')
    return address


def _shared(written: str) -> str:
    return (
        written
        if written.startswith("mailto:")
        else page_address(written.replace("{url}", "x").replace("{title}", "x"))
    )


def _mail(written: str) -> str:
    if written and not MAIL.fullmatch(written):
        raise ValueError(f'"{written}" is not the address of a mailbox; write it as corrections@outlet.example')
    return written


def _embed(written: str) -> str:
    parts = written.lower().split(".")
    if written in NAMED or (HOST.fullmatch(written) and not NAMED.keys() & parts):
        return written
    meant = next((hint for part in parts if (hint := near(part, NAMED))), "")
    names = " or ".join(f'"{name}"' for name in NAMED)
    hint = meant or 'write the host alone, such as "tube.example.org"'
    raise ValueError(f'"{written}" should be {names}, or the host of a PeerTube; {hint}')


def _repo(written: str) -> str:
    if not re.fullmatch(r"[\w.-]+(?:/[\w.-]+)+", written):
        raise ValueError(f'"{written}" is not the name of a repository; write it as owner/name')
    return written


def _policies(written: dict[str, str]) -> dict[str, str]:
    for name in written:
        if problem := policy_problem(name):
            raise ValueError(problem)
    return written


def _moment(written: str) -> str:
    try:
        now_of(written, UTC)
    except ValueError:
        raise ValueError(f'"{written}" is not a moment; write it as 2026-11-25T09:00') from None
    return written


def _file(told: ValidationInfo) -> Mapping[str, Any]:
    """What is known of the file that is being judged: its project, and whether it has the settings of the live site."""
    return told.context or {}


def _folder(name: str, told: ValidationInfo) -> str:
    """A folder of the project, or one elsewhere by its full path."""
    if not Path(_file(told)["project"], name).is_dir():
        raise ValueError(f'"{name}" is not a folder')
    return name


def _theme(name: str, told: ValidationInfo) -> str:
    """Broadside's theme or a whole copy of it: the plugins hand over pages that no other theme can show."""
    folder = Path(_file(told)["project"], name)
    if not all((folder / each).is_dir() for each in ("templates/components", "static/css/components")):
        raise ValueError(
            f'"{name}" is not a theme of Broadside\'s, and no other can show its pages: leave THEME out, and put templates '
            "and style sheets of your own into theme/"
        )
    return name


def _plugin(name: str, told: ValidationInfo) -> str:
    """A plugin that exists, in the project or installed."""
    project = Path(_file(told)["project"])
    if not any(_is_there(each, project) for each in names_of(name)):
        known = [f"broadside.plugins.{path.parent.name}" for path in sorted((ENGINE / "plugins").glob("*/__init__.py"))]
        known += [f"plugins.{path.stem}" for path in sorted((project / "plugins").glob("*.py"))]
        raise ValueError(f'"{name}" is not there; {near(name, known, NEAR)}'.removesuffix("; "))
    return name


def _is_there(module: str, project: Path) -> bool:
    """Whether a module exists in the project or on Python's own path; its code is not run."""
    first, *rest = module.split(".")
    if not all(map(str.isidentifier, (first, *rest))):
        return False
    spec = PathFinder.find_spec(first, [str(project)]) or find_spec(first)
    if not spec or not rest:
        return spec is not None
    found = (*(spec.submodule_search_locations or ()), *(f"{folder}/{first}" for folder in sys.path))
    places = [Path(folder, *rest) for folder in found]  # parts of pelican.plugins may be in any folder of Python's path
    return any(each.is_dir() or each.with_suffix(".py").is_file() for each in places)


def _target(written: object) -> object:
    from broadside.config.destinations import described

    described(written)
    return written


Count = Annotated[int, Field(strict=True, ge=1)]
Some = Annotated[int, Field(strict=True, ge=0)]
Port = Annotated[int, Field(strict=True, ge=1, le=65535)]
Dated = Annotated[str, AfterValidator(_dated)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Place = Annotated[str, AfterValidator(_place)]
"""The folder of a page of the site's own."""
Zone = Annotated[str, AfterValidator(zone)]
Address = Annotated[str, AfterValidator(_below_or_web)]
Links = list[tuple[str, Address]]
Menu = list[
    Annotated[
        Annotated[Literal["sections"], Tag("")]
        | Annotated[tuple[str, Address], Tag(" ")]
        | Annotated[tuple[str, Address, Literal["highlight"]], Tag("  ")],
        Discriminator(_shape_in_menu),
    ]
]
"""Entries of the main menu. The names of their shapes are blank, because they would stand in messages."""
Foot = list[
    Annotated[
        Annotated[tuple[str, Address], Tag("")] | Annotated[tuple[str, Links], Tag(" ")],
        Discriminator(_shape_at_foot),
    ]
]
"""Links at the foot, alone or in groups."""
Language = Annotated[str, AfterValidator(_tight), AfterValidator(language)]
Site = Annotated[str, AfterValidator(_site)]
Page = Annotated[str, AfterValidator(lambda written: written and page_address(written))]
"""An address on the web, or "" for none."""
Secure = Annotated[str, AfterValidator(_secure)]
Service = Annotated[str, AfterValidator(_service)]
"""The address of a server that is sent a password or a key."""
IndexNowKey = Annotated[str, Field(pattern=r"^([A-Za-z0-9-]{8,128})?$")]
"""https://www.indexnow.org/documentation says which keys there are."""
Profile = Annotated[str, AfterValidator(_within_or_web)]
Mail = Annotated[str, AfterValidator(_mail)]
"""The address of a mailbox, or "" for none."""
Embed = Annotated[str, AfterValidator(_embed)]
Repo = Annotated[str, AfterValidator(_repo)]
Share = Annotated[str, AfterValidator(_shared)]
Policies = Annotated[dict[str, str], AfterValidator(_policies)]
Moment = Annotated[str, AfterValidator(_moment)]
Name = Annotated[str, AfterValidator(_named)]
Since = Annotated[Any, AfterValidator(_cards)]
Plugin = Annotated[str, AfterValidator(_plugin)]
Folder = Annotated[str, AfterValidator(_folder)]
Theme = Annotated[str, AfterValidator(_theme)]
Target = Annotated[Any, AfterValidator(_target)]
