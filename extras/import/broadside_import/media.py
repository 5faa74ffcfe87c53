"""Finds the pictures and files that stories name; converts pictures to a format that pages can
show, and copies files to files/.
"""

from __future__ import annotations

import hashlib
import io
import os
import posixpath
import re
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace
from PIL import Image

from broadside.importer import (
    KINDS_OF_FILES,
    LONGEST,
    MAX_BYTES,
    MAX_PIXELS,
    MAX_SIDE,
    PICTURES,
    InspectedFile,
    NotFetched,
    OriginalPhoto,
    Wording,
    address_of_file,
    clean_line,
    count,
    counted,
    fetched_from_web,
    file_name_problem,
    inspected_picture,
    is_shown,
    judged_file,
    kind_of_picture,
    slugify,
    wording_of,
)
from broadside_import.model import Archive, Picture
from broadside_import.own import Names, key_of
from broadside_import.readable import joined, path_in, place_in, site_in, split_address
from broadside_import.source import FolderSource, NotOpened, Source

SIZE = re.compile(
    r"-\d{2,5}x\d{2,5}(?=\.\w{3,5}$)|(?:-scaled|-rotated|-e\d{10,13}|@\dx)(?=\.\w{3,5}$)"
)
"""What systems add to the name of a smaller copy."""
GHOST_SIZE = re.compile(r"/size/w\d+(?:h\d+)?(?:/format/\w+)?(?=/)")
PROXIES = re.compile(
    r"(?:substackcdn\.com|cdn\.substack\.com|res\.cloudinary\.com/\w+/image/fetch|i[0-3]\.wp\.com|images\.weserv\.nl)/",
    re.I,
)
STORED = re.compile(
    r"^(?:.*/)?(?:wp-content/uploads|content/images|content/media|blogs\.dir/\d+/files|static|assets|public)/",
    re.I,
)
OTHER = {".gif": ".png", ".bmp": ".png"} | dict.fromkeys(
    (".tif", ".tiff", ".heic", ".heif", ".jfif", ".jpe"), ".jpg"
)
"""Extensions of pictures that are converted -> the new extension."""
NO_PICTURE = (".svg", ".pdf", ".mp4", ".webm", ".mp3", ".php")
FORMATS = ("GIF", "BMP", "TIFF", "JPEG", "PNG", "WEBP", "AVIF")
MOST_FAILURES = 30
"""How many failures in a row before a host is not asked again."""
EVERY = 50
FORMER_FOLDER = re.compile(r"(?:[a-z0-9][a-z0-9-]*/)+")
"""The form of folders in the setting FORMER_URLS."""


class FoundPicture(Struct):
    """A picture in stories: where it was, its file in photos/, its bytes once found, and the first
    story with it.
    """

    address: str
    path: str
    data: bytes = b""
    words: Wording = Wording("", "")
    named_in: str = ""
    written: str = ""
    """The address as written in a story."""

    @property
    def key(self) -> str:
        """Its key in the list of what was imported."""
        return key_of("photo", self.address)

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes; "" if it was not found."""
        if self.data:
            return hashlib.sha256(self.data).hexdigest()
        return ""


class Pictures:
    """All pictures of an archive.

    Each address is looked for once, in the media folder and in the source.
    """

    def __init__(
        self, archive: Archive, source: Source, names: Names, folders: Iterable[Path] = ()
    ) -> None:
        self.archive, self.names = archive, names
        self.places: list[Source] = [
            *(FolderSource(each) for each in folders if each.is_dir()),
            source,
        ]
        self.known: dict[str, Picture] = {self.core(each.address): each for each in archive.media}
        self.by_core: dict[str, FoundPicture | None] = {}
        self.by_digest: dict[str, str] = {}
        """The path of each picture that was found, by the digest of its bytes."""
        self.told: list[tuple[str, str, str]] = []
        self._names = [{name.lower(): name for name in place.names} for place in self.places]
        self._by_base: list[dict[str, list[str]]] = []
        for place in self.places:
            bases: dict[str, list[str]] = {}
            for name in place.names:
                bases.setdefault(posixpath.basename(name).lower(), []).append(name)
            self._by_base.append(bases)

    def photo(self, photo: Picture, folder: str, story: str) -> Picture | None:
        """A picture for a story, with words from the archive or the file if the story gives
        none. In place of a picture, its larger one is shown, if that is there too.
        """
        known = self.known.get(self.core(photo.address))
        larger, core = photo.larger, self.core(photo.larger)
        if larger and any(self.candidates(core, larger, folder)):
            photo = replace(photo, address=larger)
        elif larger and core != self.core(photo.address) and not core.startswith("http"):
            what = f"the larger picture {larger[:150]}, which was not found"
            self.told.append((story, what, "the smaller one"))
        found = self.find(photo.address, folder, story)
        if found is None:
            return None
        alt = photo.alt or (clean_line(known.alt) if known else "")
        credit = (
            photo.credit
            or (clean_line(known.credit) if known else "")
            or clean_line(found.words.credit)
        )
        caption = photo.caption
        if _is_file_name(alt):
            alt = ""
        is_left = core.startswith("http") and core != self.core(photo.address)
        return Picture(found.path, alt, caption, credit, larger if is_left else "")

    def find(self, address: str, folder: str, story: str) -> FoundPicture | None:
        """The picture at an address in a story; None if pages cannot show it."""
        core = self.core(address)
        if core.startswith(("http", "/")):
            key = core
        else:
            key = posixpath.normpath(posixpath.join(folder, core))
        if key not in self.by_core:
            self.by_core[key] = self._found(key, address, folder, story)
        return self.by_core[key]

    def _found(self, core: str, address: str, folder: str, story: str) -> FoundPicture | None:
        if split_address(address) is None or split_address(core) is None:
            self.told.append(
                (
                    story,
                    f"the address {address[:150]} of a picture, which cannot be read",
                    "nothing",
                )
            )
            return None
        ending = PurePosixPath(path_in(core)).suffix.lower()
        if ending in NO_PICTURE:
            self.told.append(
                (story, f"{address[:150]} is not a picture that pages show", "nothing")
            )
            return None
        data = self._data(core, address, folder)
        found = FoundPicture(core, "", named_in=story, written=address)
        if data:
            made = shown(data)
            if made is None:
                self.told.append(
                    (story, f"the picture {address[:150]} cannot be read", "its place")
                )
            else:
                found.data, ending, note = made
                found.words = wording_of(found.data)
                if note:
                    self.told.append(
                        (story, f"the picture {address[:150]} {note}", "a still picture")
                    )
        choices = self._choices(core, ending)
        # The same picture at another address, unless stories of an earlier import name it already.
        if found.digest in self.by_digest and not self.names.knows(found.key, choices(1)):
            found.path = self.by_digest[found.digest]
            return found
        found.path = self.names.path(found.key, choices, found.digest)
        if found.data:
            self.by_digest[found.digest] = found.path
        if self.names.gave_way(found.path, choices(1)):
            self.told.append(
                (
                    story,
                    f"the picture {address[:150]}: {choices(1)} is the outlet's own",
                    found.path,
                )
            )
        return found

    def _choices(self, core: str, ending: str) -> Callable[[int], str]:
        """Where in photos/ a picture may go, by number: under a plain name, in its former
        folders.
        """
        site, whole = site_in(core), unquote(path_in(core))
        own = not site or site in self.archive.hosts
        if own or STORED.search(whole):
            below = STORED.sub("", whole.lstrip("/"))
        else:
            below = f"elsewhere/{site}/{PurePosixPath(whole).name}"
        folders = [
            slugify(part.replace(".", "-"))[:60].strip("-_") for part in below.split("/")[:-1]
        ]
        name = PurePosixPath(below).name
        stem = (
            slugify(
                name[: -len(PurePosixPath(name).suffix)] if PurePosixPath(name).suffix else name
            )[:LONGEST].strip("-_")
            or "picture"
        )
        ending = OTHER.get(ending, ending)
        if ending not in PICTURES:
            ending = ".jpg"
        base = "/".join(["photos", *[part for part in folders if part][-4:], stem])
        return lambda number: f"{base}{f'-{number}' if number > 1 else ''}{ending}"

    def _data(self, core: str, address: str, folder: str) -> bytes:
        """The bytes of a picture; empty if it is in none of the possible places."""
        for place, name in self.candidates(core, address, folder):
            try:
                return place.read(name, MAX_BYTES)
            except NotOpened as problem:
                self.told.append((self.places[0].label, str(problem), "its place"))
        return b""

    def candidates(self, core: str, address: str, folder: str) -> Iterable[tuple[Source, str]]:
        """Where the file at an address may be in the media folder and in the source, most likely
        place first.
        """
        path = unquote(path_in(core)).lstrip("/")
        as_written = unquote(path_in(address)).lstrip("/")
        tails = [STORED.sub("", path), path, STORED.sub("", as_written), as_written]
        host = site_in(core) or self.archive.hosts.home
        there = site_in(address) or host
        fetched = (place_in(host, path), place_in(there, path), place_in(there, as_written))
        names = list(dict.fromkeys([*tails, *fetched]))
        if folder or not core.startswith(("http", "/")):
            names = [posixpath.normpath(posixpath.join(folder, core)), *names]
        names += [
            f"{root}/{tail}"
            for root in (*self.archive.roots, "uploads", "wp-content/uploads", "content/images")
            if root
            for tail in tails
        ]
        for place, known, bases in zip(self.places, self._names, self._by_base, strict=True):
            for name in names:
                if name.lower() in known:
                    yield place, known[name.lower()]
            several = bases.get(posixpath.basename(path).lower(), [])
            if len(several) == 1:
                yield place, several[0]

    def core(self, address: str) -> str:
        """The address of the picture itself, without proxies, sizes and queries."""
        address = address.strip()
        address = f"https:{address}" if address.startswith("//") else address
        for _ in range(3):
            parts = split_address(address) if PROXIES.search(address) else None
            if parts is None:
                break
            inner = re.search(r"https?(?:%3A|:)(?:%2F|/){2}.*$", address[8:])
            if inner is None:
                address = f"https:/{parts.path}"
                break
            address = unquote(inner[0]) if "%3A" in inner[0] or "%2F" in inner[0] else inner[0]
        address = address.replace("__GHOST_URL__", "")
        parts = split_address(address)
        if parts is None:
            return address
        path = GHOST_SIZE.sub("", parts.path)
        smaller = SIZE.sub("", path)
        path = path if smaller.endswith(("/.jpg", "/.png")) else smaller
        host = parts.netloc.lower()
        return (
            path
            if host in self.archive.hosts
            else f"{parts.scheme}://{host}{path}"
            if host
            else path
        )

    def addresses_of(self, found: FoundPicture) -> tuple[str, ...]:
        """Where on the web a picture may be: in full size first, then as a story names it."""
        host = self.archive.hosts.home
        written = found.written
        if found.written.startswith("//"):
            written = f"https:{found.written}"
        if not written.startswith("http"):
            if host:
                written = joined(f"https://{host}/", written)
            else:
                written = ""
        whole = found.address
        if written:
            whole = joined(written, found.address)
        return tuple(dict.fromkeys(each for each in (whole, written) if each.startswith("http")))

    @property
    def wanted(self) -> list[FoundPicture]:
        """All pictures that stories show, by path."""
        return sorted(
            {each.path: each for each in self.by_core.values() if each}.values(),
            key=lambda each: each.path,
        )


def _is_file_name(alt: str) -> bool:
    """Whether an alt text is only a file name or address, as cameras and systems fill it in."""
    return bool(
        re.fullmatch(
            r"(?:IMG|DSC|DSCN|DSCF|P|image|screen["
            r" -]?shot)?[\s_-]*\d[\d\s_.:-]*(?:\.\w{3,4})?|\S+\.(?:jpe?g|png|gif|webp)|https?://\S+",
            alt,
            re.I,
        )
    )


def shown(data: bytes) -> tuple[bytes, str, str] | None:
    """A picture that pages can show, its extension, and any visible change that was made; None if
    it is not a picture.
    """
    kind = kind_of_picture(data)
    if kind:
        if kind == "jpeg":
            ending = ".jpg"
        else:
            ending = f".{kind}"
        for whole in (data, _without_tail(data, kind)):
            if isinstance(inspected_picture(whole, f"picture{ending}"), OriginalPhoto):
                return whole, ending, ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _made_again(data, kind)
    except Exception:  # Pillow's decoders raise OSError, SyntaxError, ValueError and more
        return None


def _made_again(data: bytes, kind: str | None) -> tuple[bytes, str, str] | None:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
            return None
        moves = getattr(image, "n_frames", 1) > 1 and image.format in ("GIF", "PNG", "WEBP")
        has_alpha = "A" in image.getbands() or "transparency" in image.info
        still = image.convert("RGBA" if has_alpha else "RGB")
    out = io.BytesIO()
    if kind == "jpeg" or (not has_alpha and image.format == "TIFF"):
        still.convert("RGB").save(out, "JPEG", quality=90)
    else:
        still.save(out, "PNG")
    return (
        out.getvalue(),
        ".jpg" if kind_of_picture(out.getvalue()) == "jpeg" else ".png",
        "moves, and its first frame was taken" if moves else "",
    )


def _without_tail(data: bytes, kind: str) -> bytes:
    """The bytes up to the end of the picture; some programs append more."""
    if kind == "jpeg" and not data.endswith(b"\xff\xd9"):
        end = data.rfind(b"\xff\xd9")
        if end > len(data) // 2:
            return data[: end + 2]
        return data
    if kind == "png":
        end = data.rfind(b"IEND")
        if end > 0:
            return data[: end + 8]
        return data
    return data


class TakenFile(Struct):
    """An imported file: its path in the content folder, where it is in the archive, and the SHA-256
    of its bytes.
    """

    path: str
    place: Source
    name: str
    digest: str
    gave_way_to: str = ""
    """The path of the outlet's own file that took its name."""


class Files:
    """The files of an archive, each looked for once, in the same places as pictures; `most` is the
    maximum size in bytes.
    """

    def __init__(self, pictures: Pictures, most: int) -> None:
        self.pictures, self.names, self.most = pictures, pictures.names, most
        self.by_address: dict[str, TakenFile | str] = {}

    def find(self, old: str, href: str, folder: str) -> TakenFile | str:
        """The file at an old address, written as `href` in a story; or why it is not imported."""
        if old not in self.by_address:
            self.by_address[old] = self._found(old, href, folder)
        return self.by_address[old]

    def _found(self, old: str, href: str, folder: str) -> TakenFile | str:
        why = "it was not found"
        if PurePosixPath(old).suffix.lower() not in KINDS_OF_FILES:
            return "it is of a kind that is not published"
        for place, name in self.pictures.candidates(self.pictures.core(href), href, folder):
            if problem := file_name_problem(PurePosixPath(old).name):
                return problem[0]
            try:
                data = place.read(name, self.most)
            except NotOpened as problem:
                why = str(problem)
                continue
            seen = judged_file(io.BytesIO(data), PurePosixPath(name).name, len(data), self.most)
            if isinstance(seen, InspectedFile):
                choices = self._choices(old)
                path = self.names.path(key_of("file", old), choices, seen.digest)
                other = ""
                if self.names.gave_way(path, choices(1)):
                    other = choices(1)
                return TakenFile(path, place, name, seen.digest, other)
            why = seen.message
        return why

    def _choices(self, old: str) -> Callable[[int], str]:
        """Where in files/ a file may go, by number: in its former folders under its former name,
        transliterated.
        """
        below = STORED.sub("", old.lstrip("/"))
        path = address_of_file(f"files/{below}", InspectedFile(0, ""), by_digest=False)
        stem, ending = os.path.splitext(path)
        return lambda number: f"{stem}{f'-{number}' if number > 1 else ''}{ending}"

    @property
    def taken(self) -> list[tuple[str, TakenFile]]:
        """The old addresses of all imported files, each with its file."""
        return sorted(
            (old, found) for old, found in self.by_address.items() if isinstance(found, TakenFile)
        )


def moved_folders(taken: list[tuple[str, TakenFile]]) -> dict[str, str]:
    """The setting FORMER_URLS that redirects old addresses of files to the new ones, as far as
    folders can express it.
    """
    folders: dict[str, str] = {}
    for old, found in taken:
        before, after = old.strip("/").split("/"), found.path.split("/")
        same = 0
        while same < min(len(before), len(after)) and before[-1 - same] == after[-1 - same]:
            same += 1
        same = min(same, len(before) - 1, len(after) - 1)
        if same:
            former, now = (f"{'/'.join(parts[:-same])}/" for parts in (before, after))
            if FORMER_FOLDER.fullmatch(former) and FORMER_FOLDER.fullmatch(now):
                folders.setdefault(former, now)
    return folders


def place_of(address: str) -> str:
    """Where a download is kept, relative to the folder of downloads."""
    return place_in(site_in(address), unquote(path_in(address)))


def fetch(pictures: Iterable[tuple[str, ...]], folder: Path, say: Callable[[str], None]) -> int:
    """Download what is missing, each picture from the first of its addresses that has it; returns
    how many are new.
    """
    wanted = [
        each
        for each in dict.fromkeys(pictures)
        if not any((folder / place_of(one)).is_file() for one in each)
    ]
    new, failed = 0, 0
    in_a_row: dict[str, int] = {}
    for number, addresses in enumerate(counted("Fetching pictures", wanted, len(wanted)), 1):
        host = site_in(addresses[0])
        if in_a_row.get(host, 0) >= MOST_FAILURES:
            problem = f"{host} does not answer"
        else:
            problem = _kept(addresses, folder)
        if problem:
            failed += 1
            say(f"  not fetched: {addresses[0][:150]} ({problem})")
        new += not problem
        in_a_row[host] = in_a_row.get(host, 0) + 1 if problem else 0
        if number % EVERY == 0 and not is_shown():
            say(f"  {number:,} of {len(wanted):,} pictures asked for, {new:,} fetched")
    say(f"{count(new, 'picture')} fetched, {failed:,} not.")
    return new


def _kept(addresses: tuple[str, ...], folder: Path) -> str:
    """Download a picture into the folder; returns why that failed, or ""."""
    problem = ""
    for address in addresses:
        try:
            data = fetched_from_web(address)
            file = folder / place_of(address)
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_name(f"{file.name[:150]}.part")
            part.unlink(missing_ok=True)  # it may be a link, and what that leads to is not ours
            with part.open("xb") as new:
                new.write(data)
            part.replace(file)
        except (NotFetched, OSError) as why:
            problem = problem or str(why)
        else:
            return ""
    return problem
