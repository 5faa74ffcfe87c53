"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from broadside.settings import PluginSettings
from broadside.shapes import Keys, Service


class MastodonAccount(Keys):
    """The server of the account that announces stories."""

    server: Service


class BlueskyAccount(Keys):
    """The account that announces stories, and its server."""

    handle: str
    server: Service = ""
    did: str = ""
    """The account's identifier. With it, stories are documents for readers' apps too."""


class Announce(Keys):
    """Where new stories are announced."""

    mastodon: MastodonAccount | None = None
    bluesky: BlueskyAccount | None = None


class StandardSiteSettings(PluginSettings):
    """What an outlet sets of it."""

    ## Where it is published
    ANNOUNCE: Announce | None = None
    """The accounts on which `./inv publish --announce` announces new stories: [Announcing
    stories](publishing.md#announcing-stories).
    """
