"""The types of settings, and the keys of those that have some. broadside/config/checks.py has the checks that are named here: they
need modules that stand above the settings, and most commands do without them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired, TypedDict

from broadside.validation import InContext, Within


def checked(name: str) -> InContext:
    """The check of that name, which the context of the validation knows."""
    return InContext(lambda written, told: told.checked(name, written))


Count = Annotated[int, Within(1)]
Some = Annotated[int, Within(0)]
Port = Annotated[int, Within(1, 65535)]
Dated = Annotated[str, checked("dated")]
Pattern = Annotated[str, checked("pattern")]
Place = Annotated[str, checked("place")]
"""The folder of a page of the site's own."""
Zone = Annotated[str, checked("zone")]
Address = Annotated[str, checked("below_or_web")]
Links = list[tuple[str, Address]]
Menu = list[tuple[str, Address] | tuple[str, Address, Literal["highlight"]] | Literal["sections"]]
Foot = list[tuple[str, Address] | tuple[str, Links]]
"""Links at the foot, alone or in groups."""
Language = Annotated[str, checked("language")]
Site = Annotated[str, checked("site")]
Page = Annotated[str, checked("page")]
"""An address on the web, or "" for none."""
Secure = Annotated[str, checked("secure")]
Service = Annotated[str, checked("service")]
"""The address of a server that is sent a password or a key."""
Counting = Annotated[str, checked("counting")]
"""The address of a service that counts readers."""
IndexNowKey = Annotated[str, checked("indexnow_key")]
Profile = Annotated[str, checked("within_or_web")]
Mail = Annotated[str, checked("mail")]
"""The address of a mailbox, or "" for none."""
FediverseAccount = Annotated[str, checked("account")]
"""An account as @name@server, or "" for none."""
Embed = Annotated[str, checked("embed")]
Host = Annotated[str, checked("host")]
TermKind = Annotated[str, checked("term_kind")]
"""A kind of term, such as section."""
Repo = Annotated[str, checked("repo")]
Share = Annotated[str, checked("shared")]
Did = Annotated[str, checked("did")]
Policies = Annotated[dict[str, str], checked("policies")]
Moment = Annotated[str, checked("moment")]
Name = Annotated[str, checked("named")]
Since = Annotated[Any, checked("cards")]
Plugin = Annotated[str, checked("plugin")]
Folder = Annotated[str, checked("folder")]
Theme = Annotated[str, checked("theme")]
Target = Annotated[Any, checked("target")]

# Pelican's own settings.
Feed = Annotated[Any, checked("feed")]
Grown = Annotated[Any, checked("grown")]
"""A list to which Pelican adds entries of its own."""
Several = Annotated[Any, checked("several")]
"""A value that Pelican goes through, entry by entry; it reports by itself a word that should be a list."""
Paths = Annotated[Any, checked("paths")]
Patterns = Annotated[Any, checked("patterns")]
"""Patterns for the addresses and files of an index's pages, each with the page from which on it holds."""
Text = Annotated[Any, checked("text")]
FormerPatterns = Annotated[Any, checked("former_patterns")]
Switch = Annotated[Any, checked("switch")]
Empty = Annotated[Any, checked("empty")]
"""A setting that must stay empty: what it turns on cannot be had here."""
DateFormat = Annotated[Any, checked("date_format")]
Readers = Annotated[Any, checked("readers")]
"""Classes that read files, by the files' endings; None for an ending that nothing is to read."""


class Newsletter(TypedDict):
    """The sign-up box."""

    action: Secure
    """The provider's address, to which the form is sent, with `https://`."""
    field: str
    """The provider's name for the email field."""
    title: str
    """The title of the box."""
    text: str
    """The text below it."""
    hidden: NotRequired[dict[str, str]]
    """Whatever else the provider's own form sends, such as `{"list": "7"}`, the number of a list."""
    day: NotRequired[str]
    """The day on which the letter comes, such as `"On Fridays"`."""
    promise: NotRequired[str]
    """A sentence below the button."""
    sample: NotRequired[Profile]
    """The address of an issue. Without it, the box links to the newest round-up."""


class Republish(TypedDict):
    """The terms on which others may republish stories."""

    license: str
    """The licence, such as `"CC BY-ND 4.0"`."""
    license_url: Profile
    """Its address."""
    rules: list[str]
    """A list of sentences."""
    pixel: NotRequired[str]
    """An image that counts readers elsewhere, such as `"https://count.example/{slug}.gif"`, with the story's `{slug}` or `{url}`;
    without it nobody is counted."""


class Monthly(TypedDict):
    """Support that is given every month, beside what is given once."""

    amounts: list[tuple[str, str]]
    """What each button says and its amount."""
    hidden: NotRequired[dict[str, str]]
    """What tells the provider so, such as `{"interval": "month"}`."""


class Support(TypedDict):
    """The call for support, and where readers can give it: the address of a page, or that of a form."""

    title: str
    """The title of the call."""
    text: str
    """Its text."""
    button: str
    """What the button says."""
    url: NotRequired[Secure]
    """Where readers can give support: either this, the provider's page, with `https://`, or `action`."""
    action: NotRequired[Secure]
    """The address to which a form is sent, with `https://`. The next four belong to a form."""
    hidden: NotRequired[dict[str, str]]
    """Whatever else the provider wants to receive, such as `{"fund": "general"}`."""
    field: NotRequired[str]
    """The provider's name for the amount; goes with `amounts`."""
    amounts: NotRequired[list[tuple[str, str]]]
    """What each button says and its amount, such as `[("€5", "5"), ("€10", "10")]`."""
    monthly: NotRequired[Monthly]
    """The same for what readers give every month, such as `{"amounts": [("€3", "3")], "hidden": {"interval": "month"}}`, with what tells
    the provider so."""


class Statistics(TypedDict):
    """The service that counts readers, and where it runs."""

    service: Literal["goatcounter", "plausible", "umami", "matomo"]
    """What counts them."""
    url: Counting
    """Where it runs, on its makers' host or on yours, such as `"https://halyard.goatcounter.com"`, `"https://plausible.io"`,
    `"https://cloud.umami.is"` or `"https://stats.example.org"`. On the site's own host, name its path in `ELSEWHERE_PATHS`."""
    site: NotRequired[str]
    """By what it knows your site: Plausible by your domain, Umami by an id, Matomo by a number in quotes. GoatCounter wants none."""
    picture: NotRequired[bool]
    """`True` counts by a picture instead of a script (GoatCounter, Matomo): also who has scripts switched off, and programs too."""
    privacy: NotRequired[str]
    """The address of your page about privacy, if it is not `"privacy/"`. A sentence at its end says what is counted, and by whom."""


class Letters(TypedDict, total=False):
    """Who sends the weekly letter, and the server through which a test is sent."""

    sender: str
    """Who sends it, such as `"Halyard <weekly@halyard.example>"`."""
    address: str
    """The postal address at its foot, which the law of some countries requires."""
    unsubscribe: str
    """The placeholder that the provider replaces with the unsubscribe address, such as `"{{ unsubscribe_url }}"`."""
    host: str
    """The mail server through which a test is sent; empty until you have one."""
    port: Port
    """Its port, such as `587`."""
    starttls: bool
    """Whether it begins encryption with STARTTLS."""
    user: str
    """The name to log in with, if the server requires a login."""
    password_env: str
    """The environment variable that holds the password, such as `"ROUNDUP_PASSWORD"`."""


class Editor(TypedDict):
    """The editor in the browser: the forge and the repository to which it commits."""

    forge: Literal["github", "gitlab", "forgejo"]
    """The forge; for Gitea too, write `"forgejo"`."""
    repo: Repo
    """The repository, such as `"owner/name"`."""
    url: NotRequired[Secure]
    """The forge's address if it is not the usual one, such as `"https://git.example.org"`."""
    branch: NotRequired[str]
    """The branch, if not `"main"`."""
    app_id: NotRequired[str]
    """The id of an OAuth application with which people sign in without a token (GitLab, Forgejo)."""
    review: NotRequired[bool]
    """`False` saves straight to the branch instead of proposing a change (GitHub, GitLab)."""
    guests: NotRequired[bool]
    """`True` lets anyone propose from a fork (GitHub)."""


class AiUse(TypedDict, total=False):
    """What artificial intelligence may use texts for."""

    train: bool
    """Making models."""
    answers: bool
    """Answering questions with them."""


class MastodonAccount(TypedDict):
    """The server of the account that announces stories."""

    server: Service


class BlueskyAccount(TypedDict):
    """The account that announces stories, and its server."""

    handle: str
    server: NotRequired[Service]
    did: NotRequired[Did]
    """The account's identifier. With it, stories are documents for readers' apps too."""


class Announce(TypedDict, total=False):
    """Where new stories are announced."""

    mastodon: MastodonAccount
    bluesky: BlueskyAccount
