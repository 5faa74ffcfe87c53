"""./inv film: asks a film's provider for its title, saves its still as a photo, and makes the line
that shows both in a story.

Providers answer as https://oembed.com says. They are asked once, while a story is written; readers'
browsers never ask them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from msgspec import Struct

from broadside.config.options import Options, settings_of
from broadside.disk import write_whole
from broadside.faults import quoted
from broadside.markdown.writer import clean_line, escaped, in_quotes
from broadside.media.films import KnownFilm, film_at
from broadside.media.photo_files import KIND_OF, inspect_bytes, shape_problems, sniff
from broadside.media.public_web import NotFetched, fetched
from broadside.slugs import slug_problem, slugify

MOST = 10**6
"""The maximum size of an answer in bytes; most have about a thousand."""
LONGEST = 300
WHOLE = ("/hqdefault.", "/maxresdefault.")
"""The names of YouTube's still: the one it returns, with black bars, and the one without, which not
every film has.
"""
NO_SUCH_FILM = frozenset((400, 404, 410))
NOT_FOR_OTHERS = frozenset((401, 403))


class NoFilm(Exception):
    """There is no line for a film; the message says why. Nothing was saved."""


class Ready(Struct, frozen=True):
    """The line for a story, where the still was saved, and whether readers can play the film on the
    page.
    """

    line: str
    still: str
    told: str


def ready(options: Options, address: str) -> Ready:
    """Save the still of the film at an address, and return the line that shows it. Raises
    NoFilm.
    """
    film = film_at(address.strip())
    if film is None:
        hint = (
            "give that of a film on YouTube, Vimeo or a PeerTube, as the browser shows it:"
            " https://…"
        )
        raise NoFilm(f"{quoted(address)} is not the address of a film; {hint}")
    allowed = settings_of(options).EMBEDS
    answer = _answer(film)
    title, credit = _words(answer, "title"), _credit(answer, film)
    if not any(map(str.isalnum, title)):
        raise NoFilm(f"{film.provider.host} does not say what the film is called")
    slug = slugify(title)
    if not slug or slug_problem(slug):
        slug = slugify(f"film-{film.id}")
    still = _saved(_picture(answer), options.content_path / "photos", slug)
    if film.name in allowed:
        told = "Readers can play it on the page."
    else:
        told = _not_allowed(film)
    line = (
        f"[!video] [{escaped(title)}]({film.page}){{still={in_quotes(still)}"
        f" credit={in_quotes(credit)}}}"
    )
    return Ready(line, f"{options.content_prefix}{still}", told)


def _answer(film: KnownFilm) -> dict[str, Any]:
    host = film.provider.known_as
    try:
        answer = json.loads(fetched(film.question, MOST, stays=True))
    except NotFetched as problem:
        if problem.code in NO_SUCH_FILM:
            raise NoFilm(
                f"{host} has no film at {film.page}, or does not show it to everybody"
            ) from None
        if problem.code in NOT_FOR_OTHERS:
            raise NoFilm(
                f"{host} does not let others show {film.page}: it may be private"
            ) from None
        raise NoFilm(f"{host} could not be asked: {problem}") from None
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise NoFilm(f"{host} does not answer like a provider of films; is it a PeerTube?")
    return answer


def _words(answer: dict[str, Any], key: str) -> str:
    value = answer.get(key)
    if isinstance(value, str):
        return "".join(filter(str.isprintable, clean_line(value)))[:LONGEST].strip()
    return ""


def _credit(answer: dict[str, Any], film: KnownFilm) -> str:
    """The film's maker and its site."""
    names = dict.fromkeys(
        filter(None, (_words(answer, "author_name"), _words(answer, "provider_name")))
    )
    return "/".join(names) or film.provider.host


def _picture(answer: dict[str, Any]) -> bytes:
    address = answer.get("thumbnail_url")
    if not isinstance(address, str) or not address or not address.isprintable():
        raise NoFilm(
            "the film has no still: make one of your own, and name it as ./inv docs"
            " writers-reference says"
        )
    if WHOLE[0] in address:
        try:
            return fetched(address.replace(*WHOLE))
        except NotFetched:
            pass
    try:
        return fetched(address)
    except NotFetched as problem:
        raise NoFilm(f"the still at {address[:150]} could not be fetched: {problem}") from None


def _saved(data: bytes, folder: Path, slug: str) -> str:
    """Save a picture unless it is there already, never replacing another file; returns its path
    below the content folder.
    """
    kind = sniff(data)
    ending = next((ending for ending, of in KIND_OF.items() if of == kind), "")
    made = inspect_bytes(data, slug + ending)
    if problems := made if isinstance(made, list) else shape_problems(made, slug + ending):
        raise NoFilm(f"the still cannot be used: {problems[0].message}")
    number = 1
    while True:
        file = folder / f"{slug}{f'-{number}' if number > 1 else ''}{ending}"
        try:
            if file.is_symlink() or file.exists():
                if not file.is_file() or file.read_bytes() != data:
                    number += 1
                    continue
            else:
                write_whole(file, data)
        except OSError as problem:
            raise NoFilm(f"{file} cannot be written ({problem.strerror})") from None
        return f"photos/{file.name}"


def _not_allowed(film: KnownFilm) -> str:
    return (
        "Readers follow the link to it; they could play it on the page if EMBEDS in pelicanconf.py"
        f" had {quoted(film.name)}."
    )
