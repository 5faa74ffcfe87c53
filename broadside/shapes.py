"""The types of settings, and the keys of those that have some. broadside/config/checks.py has the checks that need more than a type."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from msgspec import Meta, Struct

from broadside.typed import like

Count = Annotated[int, Meta(ge=1)]
Some = Annotated[int, Meta(ge=0)]
Port = Annotated[int, Meta(ge=1, le=65535)]

Name = Annotated[str, like(r"\S", "the outlet's name")]
Language = Annotated[str, like(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$", 'a language, such as "en" or "pt-BR"')]
BELOW = r"^(?!/)(?!.*//)(?!(.*/)?\.\.?(/|$))"
"""A place below the site's top."""
Pattern = Annotated[
    str,
    like(
        BELOW + r"[^{}]*(\{slug\}[^{}]*)+$",
        'a place below the site\'s top with {slug} and no other braces, such as "stories/{slug}/"',
    ),
]
Dated = Annotated[
    str,
    like(
        BELOW + r"(?=.*\{slug\})([^{}]|\{slug\}|\{date:[^{}]+\})+$",
        'a place below the site\'s top with {slug} and perhaps a date, such as "{date:%Y}/{slug}/"',
    ),
]
Outside = str
"""A file outside the content on which pages depend; "" for none."""
Place = Annotated[
    str,
    like(r"^([a-z0-9][a-z0-9-]*/)+$", 'a folder below the site\'s top in small letters, such as "archivo/"'),
]
"""The folder of a page of the site's own."""
Secure = Annotated[str, like(r"^https://\S+$", "an address that begins with https://")]
"""An address to which readers send what they type."""
Service = Annotated[
    str,
    like(r"^(https://\S+|http://(127\.0\.0\.1|localhost)(:\d+)?(/\S*)?)$", "an address that begins with https://"),
]
"""The address of a server that is sent a password or a key, or told what is read."""
IndexNowKey = Annotated[str, like("^([A-Za-z0-9-]{8,128})?$", "8 to 128 letters and digits of a-z, 0-9 and -")]
Mail = Annotated[
    str,
    like(r"^([A-Za-z0-9_.+-]+@[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+)?$", "a mailbox, such as corrections@outlet.example"),
]
"""The address of a mailbox, or "" for none."""
Host = Annotated[
    str,
    like(r"^([a-z0-9-]+\.)+[a-z0-9-]+$", 'a host alone in small letters, such as "mastodon.social"'),
]
Embed = Annotated[
    str,
    like(
        r"^(youtube|vimeo|([a-z0-9-]+\.)+[a-z0-9-]+)$",
        '"youtube", "vimeo" or the host of a PeerTube, such as "tube.example.org"',
    ),
]
Moment = Annotated[str, like(r"^(\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?|\d*)$", "a moment, such as 2026-11-25T09:00")]
Day = Annotated[str, like(r"^\d{4}-\d\d-\d\d$", 'True, False or a day, such as "2025-01-01"')]
AiUse = dict[Literal["train", "answers"], bool]
TermKind = Literal["section", "author", "type", "topic", "series"]

Link = tuple[str, str]
Menu = list[Annotated[tuple[str, ...], Meta(min_length=2, max_length=3)] | Literal["sections"]]
Foot = list[tuple[str, str | list[Link]]]
"""Links at the foot, alone or in groups."""


class Keys(Struct, forbid_unknown_fields=True, kw_only=True):
    """A setting with keys; those with a default may be left out."""


class Newsletter(Keys):
    """The sign-up box."""

    action: Secure
    """The provider's address, to which the form is sent, with `https://`."""
    field: str
    """The provider's name for the email field."""
    title: str
    """The title of the box."""
    text: str
    """The text below it."""
    hidden: dict[str, str] = {}
    """Whatever else the provider's own form sends, such as `{"list": "7"}`, the number of a list."""
    day: str = ""
    """The day on which the letter comes, such as `"On Fridays"`."""
    promise: str = ""
    """A sentence below the button."""
    sample: str = ""
    """The address of an issue. Without it, the box links to the newest round-up."""


class Republish(Keys):
    """The terms on which others may republish stories."""

    license: str
    """The licence, such as `"CC BY-ND 4.0"`."""
    license_url: str
    """Its address."""
    rules: list[str]
    """A list of sentences."""
    pixel: str = ""
    """An image that counts readers elsewhere, such as `"https://count.example/{slug}.gif"`, with the story's `{slug}` or `{url}`;
    without it nobody is counted."""


class Monthly(Keys):
    """Support that is given every month, beside what is given once."""

    amounts: list[tuple[str, str]]
    """What each button says and its amount."""
    hidden: dict[str, str] = {}
    """What tells the provider so, such as `{"interval": "month"}`."""


class Support(Keys):
    """The call for support, and where readers can give it: the address of a page, or that of a form."""

    title: str
    """The title of the call."""
    text: str
    """Its text."""
    button: str
    """What the button says."""
    url: Secure = ""
    """Where readers can give support: either this, the provider's page, with `https://`, or `action`."""
    action: Secure = ""
    """The address to which a form is sent, with `https://`. The next four belong to a form."""
    hidden: dict[str, str] = {}
    """Whatever else the provider wants to receive, such as `{"fund": "general"}`."""
    field: str = ""
    """The provider's name for the amount; goes with `amounts`."""
    amounts: list[tuple[str, str]] = []
    """What each button says and its amount, such as `[("€5", "5"), ("€10", "10")]`."""
    monthly: Monthly | None = None
    """The same for what readers give every month, such as `{"amounts": [("€3", "3")], "hidden": {"interval": "month"}}`, with what tells
    the provider so."""


PRIVACY = "privacy/"
"""The usual address of the page that says what is counted."""


class Statistics(Keys):
    """The service that counts readers, and where it runs."""

    service: Literal["goatcounter", "plausible", "umami", "matomo"]
    """What counts them."""
    url: Service
    """Where it runs, on its makers' host or on yours, such as `"https://halyard.goatcounter.com"`, `"https://plausible.io"`,
    `"https://cloud.umami.is"` or `"https://stats.example.org"`. On the site's own host, name its path in `ELSEWHERE_PATHS`."""
    site: str = ""
    """By what it knows your site: Plausible by your domain, Umami by an id, Matomo by a number in quotes. GoatCounter wants none."""
    picture: bool = False
    """`True` counts by a picture instead of a script (GoatCounter, Matomo): also who has scripts switched off, and programs too."""
    privacy: str = ""
    """The address of your page about privacy, if it is not `"privacy/"`. A sentence at its end says what is counted, and by whom."""


class Letters(Keys):
    """Who sends the weekly letter, and the server through which a test is sent."""

    sender: str = ""
    """Who sends it, such as `"Halyard <weekly@halyard.example>"`."""
    address: str = ""
    """The postal address at its foot, which the law of some countries requires."""
    unsubscribe: str = ""
    """The placeholder that the provider replaces with the unsubscribe address, such as `"{{ unsubscribe_url }}"`."""
    host: str = ""
    """The mail server through which a test is sent; empty until you have one."""
    port: Port = 25
    """Its port, such as `587`."""
    starttls: bool = False
    """Whether it begins encryption with STARTTLS."""
    user: str = ""
    """The name to log in with, if the server requires a login."""
    password_env: str = ""
    """The environment variable that holds the password, such as `"ROUNDUP_PASSWORD"`."""


class Editor(Keys):
    """The editor in the browser: the forge and the repository to which it commits."""

    forge: Literal["github", "gitlab", "forgejo"]
    """The forge; for Gitea too, write `"forgejo"`."""
    repo: str
    """The repository, such as `"owner/name"`."""
    url: Secure = ""
    """The forge's address if it is not the usual one, such as `"https://git.example.org"`."""
    branch: str = ""
    """The branch, if not `"main"`."""
    app_id: str = ""
    """The id of an OAuth application with which people sign in without a token (GitLab, Forgejo)."""
    review: bool = False
    """`False` saves straight to the branch instead of proposing a change (GitHub, GitLab)."""
    guests: bool = False
    """`True` lets anyone propose from a fork (GitHub)."""


class MastodonAccount(Keys):
    """The server of the account that announces stories."""

    server: Service


class BlueskyAccount(Keys):
    """The account that announces stories, and its server."""

    handle: str
    server: Service = ""
    did: str = ""
    """The account's identifier. With it, stories are documents for readers' apps too."""


class Announce(TypedDict, total=False):
    """Where new stories are announced."""

    mastodon: MastodonAccount
    bluesky: BlueskyAccount
