"""The look of an outlet: what theme/look.toml says, the files that it names, and every fault in
them.

The style sheet, the browser's bar, the mail, cards, icons and the page of a feed all take their
colours from here.

Slots are places in the theme's templates where an outlet adds something, without copying a
template. Each is a file theme/templates/slots/NAME.html, a template like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct, field

from broadside.faults import Fault, FaultsFound, did_you_mean, errors_in, quoted
from broadside.look import data, faces, pictures
from broadside.look.data import Look, LookFile
from broadside.look.faces import Face
from broadside.look.pictures import Logo
from broadside.media.picture_store import store_of
from broadside.settings import Settings

ROLES = ("serif", "sans", "display")
OWN = "broadside"
"""The value that means the engine's own typeface."""
NOT_FILES = ("system", OWN, "serif", "sans")
HEAVY = 75_000
"""The total size of a site's typefaces above which the owner is warned."""
SLOTS = ("head", "before-text", "after-story", "above-footer")


class Whole(Struct):
    """A look with its files: the logo for light and dark mode, and the typefaces by role; and every
    fault.
    """

    look: Look
    logos: dict[str, Logo] = field(default_factory=dict)
    faces: dict[str, list[Face]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def colours(settings: Settings) -> Look:
    """The look without its files; raises FaultsFound if look.toml has faults."""
    look, _, faults = data.read(_folder(settings) / data.FILE)
    if faults:
        raise FaultsFound(faults)
    return look


def whole(settings: Settings) -> Whole:
    """The look with its files; raises FaultsFound if there are errors."""
    found = examined(settings)
    if errors_in(found.faults):
        raise FaultsFound(found.faults)
    return found


def examined(settings: Settings) -> Whole:
    """The look with all usable files, and every fault of look.toml and of the files that it
    names.
    """
    folder = _folder(settings)
    look, source, faults = data.read(folder / data.FILE)
    found = Whole(look, faults=[*faults, *faults_of_slots(folder)])
    for key in ("logo", "logo_dark"):
        if name := getattr(look.brand, key):
            _take_logo(found, key, folder, name, source)
    if look.brand.logo_dark and not look.brand.logo:
        found.faults.append(
            source.fault(
                "brand.logo_dark", "brand.logo_dark needs a logo beside it", "write logo too"
            )
        )
    letters = tuple(look.faces.letters) or faces.letters_for(str(settings.DEFAULT_LANG))
    cut = partial(faces.kept_or_cut, letters=letters, kept=store_of(settings) / "faces")
    for role in ROLES:
        _take_faces(found, role, folder / "fonts", source, cut)
    weight = sum(len(face.data) for row in found.faces.values() for face in row)
    if weight > HEAVY:
        words = (
            f"the faces weigh {weight:,} bytes, so readers with a slow connection will not see them"
        )
        fault = Fault(str(source.path), source.lines.get("faces", 1), 0, "warning", "look", words)
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
    """The typefaces that pages load at once, by role and number: that of running text and one
    other.
    """
    look = whole.look.faces
    roles = dict.fromkeys(
        (look.text, look.display if isinstance(look.display, str) else "display", "display", "sans")
    )
    return [(role, 0) for role in roles if whole.faces.get(role)][:2]


def _folder(settings: Settings) -> Path:
    return Path(settings.OUTLET_THEME)


def _take_logo(found: Whole, key: str, folder: Path, name: str, source: LookFile) -> None:
    try:
        found.logos[key] = pictures.logo(folder / name)
    except OSError:
        there = sorted(
            each.name for each in folder.glob("*") if each.suffix.lower() in (".svg", ".png")
        )
        found.faults.append(_missing(source, f"brand.{key}", name, there))
    except pictures.NotALogo as problem:
        found.faults.append(
            source.fault(f"brand.{key}", f"brand.{key} names {quoted(name)}, which {problem}")
        )


def _take_faces(
    found: Whole, role: str, folder: Path, source: LookFile, cut: Callable[[Path], Face]
) -> None:
    value = getattr(found.look.faces, role)
    if value == OWN and role != "display":
        found.faces[role] = faces.own(role)
    if value in NOT_FILES:
        return
    for name in [value] if isinstance(value, str) else value:
        key = f"faces.{role}"
        try:
            found.faces.setdefault(role, []).append(cut(folder / name))
        except OSError:
            there = [*NOT_FILES, *sorted(each.name for each in folder.glob("*.woff2"))]
            found.faults.append(_missing(source, key, name, there))
        except faces.Unusable as problem:
            found.faults.append(source.fault(key, f"{key} names {quoted(name)}, which {problem}"))


def _missing(source: LookFile, key: str, name: str, there: list[str]) -> Fault:
    return source.fault(
        key, f"{key} names {quoted(name)}, which is not there", did_you_mean(name, there)
    )


def faults_of_slots(theme: Path) -> list[Fault]:
    """A fault for each file that no slot takes, so that what an owner wrote is not missing in
    silence.
    """
    paths = sorted((theme / "templates" / "slots").glob("*"))
    unknown = [path for path in paths if path.stem not in SLOTS or path.suffix != ".html"]
    return [_no_slot(path) for path in unknown]


def _no_slot(path: Path) -> Fault:
    hint = did_you_mean(path.stem, SLOTS)
    return Fault(str(path), 0, 0, "error", "slot", f"there is no slot {path.name}", hint)
