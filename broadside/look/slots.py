"""Slots: places in the theme's templates where an outlet adds something, without copying a template.

Each is a file theme/templates/slots/NAME.html, a template like any other. What a browser would refuse under the content security policy,
as scripts and styles in the page, is found here, with its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from broadside.faults import Fault, near

HEAD = "head"
NAMES = (HEAD, "after-story", "above-footer")
IN_HEAD = ("meta", "link")
NO_RELATIONS = ("stylesheet", "preload", "modulepreload", "prefetch", "dns-prefetch", "preconnect", "manifest")
FORBIDDEN = ("script", "style", "iframe", "object", "embed", "base", "frame", "frameset", "applet", "template")
ADDRESSES = ("href", "src", "action", "formaction", "poster", "data")
LOADING = ("src", "poster", "data", "srcset")


def faults(theme: Path) -> list[Fault]:
    """All faults of an outlet's slots."""
    folder = theme / "templates" / "slots"
    found: list[Fault] = []
    for path in sorted(folder.glob("*")):
        if path.stem not in NAMES or path.suffix != ".html":
            hint = near(path.stem, NAMES) or f"these are: {', '.join(NAMES)}"
            found.append(Fault(str(path), 0, 0, "error", "slot", f"there is no slot {path.name}", hint))
            continue
        reader = _Reader(path, path.stem == HEAD)
        try:
            reader.feed(path.read_text("utf-8"))
            reader.close()
        except UnicodeDecodeError:
            found.append(Fault(str(path), 0, 0, "error", "slot", "is not UTF-8", "save it as UTF-8"))
        found += reader.found
    return found


class _Reader(HTMLParser):
    def __init__(self, path: Path, in_head: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Fault] = []
        self._path, self._in_head = path, in_head

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for message, hint in [*self._of_tag(tag, attrs), *_of_attributes(tag, attrs)]:
            self.found.append(Fault(str(self._path), self.getpos()[0], 0, "error", "slot", message, hint))

    def _of_tag(self, tag: str, attrs: list[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
        given = {name: value or "" for name, value in attrs}
        if self._in_head and tag not in IN_HEAD:
            yield f"<{tag}> cannot be in the head", "only <meta> and <link> can, as for a search engine's verification"
        elif tag in FORBIDDEN:
            yield (
                f"<{tag}> is not allowed in a slot",
                "the content security policy would stop it; see ./inv docs for-site-owners",
            )
        elif tag == "meta" and "http-equiv" in given:
            yield "<meta http-equiv> changes how the page is loaded", "only <meta name> and <meta property> may be here"
        elif tag == "link" and set(given.get("rel", "").lower().split()) & {*NO_RELATIONS}:
            yield f'<link rel="{given["rel"]}"> loads something', "style sheets go into theme/css/"
        elif tag in IN_HEAD and not self._in_head:
            yield f"<{tag}> belongs into the head", f"write it into {HEAD}.html"


def _of_attributes(tag: str, attrs: list[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    for name, value in attrs:
        plain = "".join(char for char in value or "" if char > " ").lower()
        if name.startswith("on"):
            yield f"{name} in <{tag}> is a script", "the content security policy forbids scripts in a page"
        elif name in ("style", "srcdoc"):
            yield f"{name} in <{tag}> is not allowed", "give it a class, and write styles into theme/css/"
        elif name in ADDRESSES and plain.startswith(("javascript:", "data:", "vbscript:")):
            yield f"{name} in <{tag}> is a script or carries its own data", "write an address"
        elif name in LOADING and plain.startswith(("http:", "https:", "//")):
            hint = 'put the file into theme/static/, and write {{ root }}/{{ static_urls["NAME"] }}'
            yield f"{name} in <{tag}> loads from another site", hint
