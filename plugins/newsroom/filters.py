"""The filters that templates use on stories and dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from plugins.markup.body import fill
from plugins.newsroom.read import Desk, Newsroom
from plugins.newsroom.terms_of import link_of

MONTHS = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def long_date(moment: datetime | str) -> str:
    """ "24 November 2026"; not by the locale of the machine, which would change the page."""
    day = _moment(moment)
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def clock(moment: datetime | str) -> str:
    """ "09:00"."""
    return f"{_moment(moment):%H:%M}"


def iso(moment: datetime | str) -> str:
    """ "2026-11-24T09:00:00+01:00"."""
    return _moment(moment).isoformat()


def _moment(moment: datetime | str) -> datetime:
    return datetime.fromisoformat(moment) if isinstance(moment, str) else moment


@dataclass(frozen=True, slots=True)
class Texts:
    """Fills the slots of texts; `draw` is the theme's own component for a photo."""

    newsroom: Newsroom
    desk: Desk
    draw: Callable[[Any], str]

    def body(self, story: Any) -> Markup:
        """The whole text of a story or page."""
        return self.filled(story, story.record.body.html)

    def filled(self, story: Any, html: str, prefix: str = "") -> Markup:
        """A part of a story's text with its links and photos in place, and `prefix` before each id."""
        return Markup(
            fill(
                html,
                prefix,
                lambda i: link_of(story.record, i, self.newsroom, self.desk.urls),
                lambda i: self.draw(story.inline_photos[i]),
            )
        )


def drawing(environment: Environment) -> Callable[[Any], str]:
    """Draws a photo with the theme's component."""

    def draw(photo: Any) -> str:
        return str(environment.get_template("components/photo.html").module.photo(photo)).strip()  # type: ignore[attr-defined]

    return draw


DATES = {"long_date": long_date, "clock": clock, "iso": iso}
