"""The look of an outlet: what theme/look.toml says, the files that it names, and every fault in them.

The style sheet, the browser's bar, the mail, cards, icons and the page of a feed all take their colours from here.

Slots are places in the theme's templates where an outlet adds something, without copying a template. Each is a file
theme/templates/slots/NAME.html, a template like any other. Anything that browsers would refuse under the content security policy, such
as scripts and styles in the page, is found here, with its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from broadside.faults import Fault, FaultsFound, did_you_mean, errors_in, quoted
from broadside.look import data, faces, pictures
from broadside.look.data import Look, LookFile
from broadside.look.faces import Face
from broadside.look.pictures import Logo
from broadside.media.picture_store import store_of

ROLES = ("serif", "sans", "display")
OWN = "broadside"
"""The value that means the engine's own typeface."""
NOT_FILES = ("system", OWN, "serif", "sans")
HEAVY = 75_000
"""The total size of a site's typefaces above which the owner is warned."""
HEAD = "head"
SLOTS = (HEAD, "before-text", "after-story", "above-footer")
IN_HEAD = ("meta", "link")
NO_RELATIONS = ("stylesheet", "preload", "modulepreload", "prefetch", "dns-prefetch", "preconnect", "manifest")
NOT_IN_SLOTS = ("script", "style", "iframe", "object", "embed", "base", "frame", "frameset", "applet", "template")
ADDRESSES = ("href", "src", "action", "formaction", "poster", "data")
LOADING = ("src", "poster", "data", "srcset")


class Whole(Struct):
    """A look with its files: the logo for light and dark mode, and the typefaces by role; and every fault."""

    look: Look
    logos: dict[str, Logo] = field(default_factory=dict)
    faces: dict[str, list[Face]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def colours(settings: Mapping[str, Any]) -> Look:
    """The look without its files; raises FaultsFound if look.toml has faults."""
    look, _, faults = data.read(_folder(settings) / data.FILE)
    if faults:
        raise FaultsFound(faults)
    return look


def whole(settings: Mapping[str, Any]) -> Whole:
    """The look with its files; raises FaultsFound if there are errors."""
    found = examined(settings)
    if errors_in(found.faults):
        raise FaultsFound(found.faults)
    return found


def examined(settings: Mapping[str, Any]) -> Whole:
    """The look with all usable files, and every fault of look.toml, logo, icon, typefaces and slots."""
    folder = _folder(settings)
    look, source, faults = data.read(folder / data.FILE)
    found = Whole(look, faults=[*faults, *_of_icon(folder / "icons" / "mark.svg"), *faults_of_slots(folder)])
    for key in ("logo", "logo_dark"):
        if name := getattr(look.brand, key):
            _take_logo(found, key, folder, name, source)
    if look.brand.logo_dark and not look.brand.logo:
        found.faults.append(source.fault("brand.logo_dark", "brand.logo_dark needs a logo beside it", "write logo too"))
    letters = tuple(look.faces.letters) or faces.letters_for(str(settings["DEFAULT_LANG"]))
    cut = partial(faces.kept_or_cut, letters=letters, kept=store_of(settings) / "faces")
    for role in ROLES:
        _take_faces(found, role, folder / "fonts", source, cut)
    weight = sum(len(face.data) for row in found.faces.values() for face in row)
    if weight > HEAVY:
        words = f"the faces weigh {weight:,} bytes, so readers with a slow connection will not see them"
        fault = Fault(str(source.path), source.lines.get("faces", 1), 0, "warning", "face", words)
        found.faults.append(fault)
    return found


def of_base(name: str) -> Whole:
    """The look of an outlet that names only this base."""
    found = Whole(data.look_of({"base": name}))
    for role in ("serif", "sans"):
        if getattr(found.look.faces, role) == OWN:
            found.faces[role] = faces.own(role)
    return found


def preloaded(whole: Whole) -> list[tuple[str, int]]:
    """The typefaces that pages load at once, by role and number: that of running text and one other."""
    look = whole.look.faces
    roles = dict.fromkeys((look.text, look.display if isinstance(look.display, str) else "display", "display", "sans"))
    return [(role, 0) for role in roles if whole.faces.get(role)][:2]


def _folder(settings: Mapping[str, Any]) -> Path:
    return Path(settings["OUTLET_THEME"])


def _take_logo(found: Whole, key: str, folder: Path, name: str, source: LookFile) -> None:
    path = folder / name
    try:
        if problem := _outside(path, folder):
            raise pictures.DrawingRefused(problem)
        found.logos[key] = pictures.logo(path)
    except OSError:
        there = sorted(each.name for each in folder.glob("*") if each.suffix.lower() in (".svg", ".png"))
        hint = did_you_mean(name, there)
        found.faults.append(source.fault(f"brand.{key}", f"brand.{key} names {quoted(name)}, which is not there", hint))
    except pictures.DrawingRefused as problem:
        at = Fault(str(path), problem.line, 0, "error", "logo", f"{name} {problem}")
        words = f"brand.{key} names {quoted(name)}, which {problem}"
        found.faults.append(at if problem.line else source.fault(f"brand.{key}", words))


def _of_icon(path: Path) -> Iterator[Fault]:
    try:
        pictures.check_svg(path.read_bytes())
    except FileNotFoundError:
        return
    except pictures.DrawingRefused as problem:
        yield Fault(str(path), problem.line, 0, "error", "icon", f"{path.name} {problem}")


def _take_faces(found: Whole, role: str, folder: Path, source: LookFile, cut: Callable[[Path], Face]) -> None:
    value = getattr(found.look.faces, role)
    if value == OWN and role != "display":
        found.faces[role] = faces.own(role)
    if value in NOT_FILES:
        return
    for name in [value] if isinstance(value, str) else value:
        key, path = f"faces.{role}", folder / name
        try:
            if problem := _outside(path, folder):
                raise faces.Unusable(problem)
            found.faces.setdefault(role, []).append(cut(path))
        except OSError:
            there = [*NOT_FILES, *sorted(each.name for each in folder.glob("*.woff2"))]
            hint = did_you_mean(name, there)
            found.faults.append(source.fault(key, f"{key} names {quoted(name)}, which is not there", hint, "face"))
        except faces.Unusable as problem:
            found.faults.append(source.fault(key, f"{key} names {quoted(name)}, which {problem}", code="face"))


def _outside(path: Path, folder: Path) -> str:
    return "" if path.resolve().is_relative_to(folder.resolve()) else f"is outside {folder}"


def faults_of_slots(theme: Path) -> list[Fault]:
    """All faults of an outlet's slots."""
    folder = theme / "templates" / "slots"
    found: list[Fault] = []
    for path in sorted(folder.glob("*")):
        if path.stem not in SLOTS or path.suffix != ".html":
            hint = did_you_mean(path.stem, SLOTS)
            found.append(Fault(str(path), 0, 0, "error", "slot", f"there is no slot {path.name}", hint))
            continue
        reader = _SlotReader(path, path.stem == HEAD)
        try:
            reader.feed(path.read_text("utf-8"))
            reader.close()
        except UnicodeDecodeError:
            found.append(Fault(str(path), 0, 0, "error", "slot", "is not UTF-8", "save it as UTF-8"))
        found += reader.found
    return found


class _SlotReader(HTMLParser):
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
        elif tag in NOT_IN_SLOTS:
            yield (
                f"<{tag}> is not allowed in a slot",
                "the content security policy would stop it; see ./inv docs for-site-owners",
            )
        elif tag == "meta" and "http-equiv" in given:
            yield "<meta http-equiv> changes how the page is loaded", "only <meta name> and <meta property> may be here"
        elif tag == "link" and set(given.get("rel", "").lower().split()) & {*NO_RELATIONS}:
            yield f'<link rel="{given["rel"]}"> loads something', "style sheets go into theme/css/"
        elif tag in IN_HEAD and not self._in_head:
            yield f"<{tag}> belongs in the head", f"write it into {HEAD}.html"


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
