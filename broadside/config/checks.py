"""The checks of settings, which broadside/shapes.py names: each accepts what an outlet wrote, or says in plain words what is wrong."""

from __future__ import annotations

import locale
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from importlib.machinery import PathFinder
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from broadside.config.files import NEAR, names_of
from broadside.content.links import OUTSIDE
from broadside.dates import moment_of, now_of
from broadside.faults import near, quoted
from broadside.folders import ENGINE
from broadside.front_matter.fields import account, language, page_address, web_address
from broadside.markdown.guard import PREVIEW
from broadside.media.films import HOST, NAMED
from broadside.shapes import Statistics, Support
from broadside.site.policies import policy_problem
from broadside.site.statistics import counting_problem
from broadside.urls import KINDS
from broadside.validation import SAYS, InContext, refuse

MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


class OfFile(Struct, frozen=True):
    """The context of a check: the project, and whether the file has the settings of the live site."""

    project: Path
    is_live: bool

    def checked(self, name: str, written: Any) -> Any:
        """What was written, as the check of that name returns it; raises ValueError if it is refused."""
        check = CHECKS[name]
        return check(written, self) if isinstance(check, InContext) else check(written)


def zone(name: str) -> str:
    """The name of a time zone; raises ValueError if it is unknown."""
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
        raise ValueError("should hold {slug}, or all stories would have one address")
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
    # A text must not link to a preview's address, but a site may have it.
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
    """A text that pages show exactly as it is in the file, so it cannot be stripped here."""
    if written != written.strip():
        raise ValueError(f'"{written}" begins or ends with a space; take it out')
    return written


def live_url(written: str) -> str:
    """The address of a site for readers; raises ValueError if it cannot be one."""
    address = site_url(_tight(written))
    if PREVIEW.match(address):
        hint = f"write the live site's address; for a rehearsal, build with --production --siteurl {address}"
        raise ValueError(f'"{address}" is a preview, which readers cannot see; {hint}')
    return address


def _language(written: str) -> str:
    return language(_tight(written))


def _page(written: str) -> str:
    """An address on the web, or "" for none."""
    return written and page_address(written)


def _account(written: str) -> str:
    return written and account(written)


def _term_kind(written: str) -> str:
    if written not in KINDS:
        words = ", ".join(map(quoted, KINDS))
        refuse("unknown-word", f"is {quoted(written)}, but should be {words}", near(written, KINDS))
    return written


def _site(written: str, file: OfFile) -> str:
    return live_url(written) if file.is_live else site_url(_tight(written))


def _within_or_web(written: str) -> str:
    """An address on the outlet's own site, beginning with a slash, or one on the web."""
    return written if written.startswith("/") and not written.startswith("//") else web_address(written)


def _below_or_web(written: str) -> str:
    """An address on the outlet's own site, with or without a slash at the beginning, or one on the web."""
    return web_address(written) if OUTSIDE.match(written) else written


def _secure(written: str) -> str:
    if not page_address(written).startswith("https://"):
        raise ValueError(f'"{written}" would send what readers type unencrypted; start it with https://')
    return written


def _service(written: str) -> str:
    address = page_address(written).rstrip("/")
    if not address.startswith("https://") and urlsplit(address).hostname not in ("127.0.0.1", "localhost"):
        raise ValueError(f'"{written}" would get a password without encryption; start it with https://')
    return address


def _counting(written: str) -> str:
    address = urlsplit(page_address(written))
    if address.scheme != "https" and address.hostname not in ("127.0.0.1", "localhost"):
        raise ValueError(f'"{written}" would show others on the way what is read; start it with https://')
    if address.query or address.fragment:
        raise ValueError(f'"{written}" should be where the service runs, without "?" or "#"')
    return written


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


def _host(written: str) -> str:
    if not HOST.fullmatch(written) or written.startswith("www."):
        raise ValueError(
            f'"{written}" should be a host alone in small letters, without "www.", such as "mastodon.social"'
        )
    return written


def _repo(written: str) -> str:
    if not re.fullmatch(r"[\w.-]+(?:/[\w.-]+)+", written):
        raise ValueError(f'"{written}" is not the name of a repository; write it as owner/name')
    return written


def _indexnow_key(written: str) -> str:
    if not re.fullmatch(r"([A-Za-z0-9-]{8,128})?", written):  # https://www.indexnow.org/documentation
        raise ValueError("should be 8 to 128 letters and digits of a-z, 0-9 and -")
    return written


def _did(written: str) -> str:
    if not re.fullmatch(r"did:(plc:[a-z2-7]{24}|web:[a-z0-9.-]+)", written):  # https://atproto.com/specs/did
        raise ValueError("should begin with did:plc: or did:web:, as the account's settings show it")
    return written


def _policies(written: dict[str, str]) -> dict[str, str]:
    for name in written:
        if problem := policy_problem(name):
            raise ValueError(problem)
    return written


def _moment(written: str) -> str:
    try:
        if written:
            now_of(written, UTC)
    except ValueError:
        raise ValueError(f'"{written}" is not a moment; write it as 2026-11-25T09:00') from None
    return written


def _folder(name: str, file: OfFile) -> str:
    """A folder of the project, or one elsewhere by its full path."""
    if not Path(file.project, name).is_dir():
        raise ValueError(f'"{name}" is not a folder')
    return name


def _theme(name: str, file: OfFile) -> str:
    """Broadside's theme or a whole copy of it: the plugins make pages that no other theme can show."""
    folder = Path(file.project, name)
    if not all((folder / each).is_dir() for each in ("templates/components", "static/css/components")):
        raise ValueError(
            f'"{name}" is not a theme of Broadside\'s, and no other theme can show its pages: leave THEME out, and put templates '
            "and style sheets of your own into theme/"
        )
    return name


def _plugin(name: str, file: OfFile) -> str:
    """A plugin that exists, in the project or installed."""
    if not any(_is_there(each, file.project) for each in names_of(name)):
        known = [f"broadside.plugins.{path.parent.name}" for path in sorted((ENGINE / "plugins").glob("*/__init__.py"))]
        known += [f"plugins.{path.stem}" for path in sorted((file.project / "plugins").glob("*.py"))]
        raise ValueError(f'"{name}" is not there; {near(name, known, NEAR)}'.removesuffix("; "))
    return name


def _is_there(module: str, project: Path) -> bool:
    """Whether a module exists in the project or on Python's own path, without running it."""
    first, *rest = module.split(".")
    if not all(map(str.isidentifier, (first, *rest))):
        return False
    spec = PathFinder.find_spec(first, [str(project)]) or find_spec(first)
    if not spec or not rest:
        return spec is not None
    found = (*(spec.submodule_search_locations or ()), *(f"{folder}/{first}" for folder in sys.path))
    places = (Path(folder, *rest) for folder in found)  # parts of pelican.plugins may be in any folder of Python's path
    return any(each.is_dir() or each.with_suffix(".py").is_file() for each in places)


def _target(written: object) -> object:
    from broadside.config.destinations import described

    described(written)
    return written


# Checks of Pelican's own settings: they say in our words where Pelican would fail.


def _none_or(kind: type | tuple[()], otherwise: str) -> Callable[[object], object]:
    """A value of one type, or anything that counts as empty, which is all that Pelican requires."""

    def judged(written: object) -> object:
        if written and not isinstance(written, kind):
            raise ValueError(otherwise)
        return written

    return judged


def _switch(written: object) -> object:
    if not isinstance(written, int):
        raise ValueError(f"should be {SAYS[bool]}")
    return written


def _several(written: object) -> Iterable[object]:
    if not isinstance(written, Iterable):
        raise ValueError(f"should be {SAYS[list]}")
    return written


def _grown(written: object) -> object:
    if not isinstance(written, list):
        raise ValueError(f"should be {SAYS[list]}")
    return written


def _paths(written: object) -> object:
    if not all(isinstance(each, str | PathLike) for each in _several(written)):
        raise ValueError("should be a list of paths in quotes")
    return written


def _patterns(written: object) -> object:
    if not all(
        isinstance(each, list | tuple) and len(each) == 3 and isinstance(each[0], int) for each in _several(written)
    ):
        raise ValueError('should be a list of rules such as (1, "{url}", "{save_as}")')
    return written


def _date_format(written: object) -> object:
    where, pattern = written if isinstance(written, tuple) and len(written) == 2 else (None, written)
    if not isinstance(pattern, str) or not isinstance(where, str | None):
        raise ValueError('should be a pattern in quotes, or a locale with one, such as ("fr_FR.UTF-8", "%d %B %Y")')
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, where)
    except locale.Error:
        raise ValueError(f'names the locale "{where}", which this machine lacks') from None
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return written


def _readers(written: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    _none_or(Mapping, f"should be {SAYS[dict]}")(written)
    for ending, reader in written.items() if written else ():
        if reader and not callable(reader):
            raise ValueError(f'should have a class or None for "{ending}", and not {reader!r}')
    return written


def _one_way(support: Support) -> Support:
    """A call that leads to one place, with what belongs to a form only where there is one."""
    if ("url" in support) == ("action" in support):
        raise ValueError("should have either url, the page where support is given, or action, the address of a form")
    if "url" in support and {"hidden", "field", "amounts", "monthly"} & support.keys():
        raise ValueError("should have hidden, field, amounts and monthly only beside action, as they belong to a form")
    if ("field" in support) != bool({"amounts", "monthly"} & support.keys()):
        raise ValueError("should have both field and amounts, or neither")
    return support


def _countable(statistics: Statistics) -> Statistics:
    """A service with what it needs, and nothing else."""
    if problem := counting_problem(statistics):
        raise ValueError(problem)
    return statistics


CHECKS: Mapping[str, Callable[..., Any]] = {
    "dated": _dated,
    "pattern": _pattern,
    "place": _place,
    "zone": zone,
    "below_or_web": _below_or_web,
    "language": _language,
    "site": InContext(_site),
    "page": _page,
    "secure": _secure,
    "service": _service,
    "counting": _counting,
    "indexnow_key": _indexnow_key,
    "within_or_web": _within_or_web,
    "mail": _mail,
    "account": _account,
    "embed": _embed,
    "host": _host,
    "term_kind": _term_kind,
    "repo": _repo,
    "shared": _shared,
    "did": _did,
    "policies": _policies,
    "moment": _moment,
    "named": _named,
    "cards": _cards,
    "plugin": InContext(_plugin),
    "folder": InContext(_folder),
    "theme": InContext(_theme),
    "target": _target,
    "one_way": _one_way,
    "countable": _countable,
    "feed": _none_or(str, "should be None, or a file's name in quotes"),
    "grown": _grown,
    "several": _several,
    "paths": _paths,
    "patterns": _patterns,
    "text": _none_or(str, f"should be {SAYS[str]}"),
    "former_patterns": _none_or((), "is outdated; write the whole pattern in ARTICLE_URL"),
    "switch": _switch,
    "empty": _none_or((), "should be left empty"),
    "date_format": _date_format,
    "readers": _readers,
}
"""The checks that the types of settings name."""
