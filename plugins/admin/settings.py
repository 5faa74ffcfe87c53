"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import Literal

from broadside.settings import PluginSettings
from broadside.shapes import Keys, Secure


class Editor(Keys):
    """The editor in the browser: the forge and the repository to which it commits."""

    forge: Literal["github", "gitlab", "forgejo"]
    """The forge; for Gitea too, write `"forgejo"`."""
    repo: str
    """The repository, such as `"owner/name"`."""
    url: Secure = ""
    """The forge's address if it is not the usual one, such as `"https://git.example.org"`."""
    branch: str = "main"
    """The branch, if not `"main"`."""
    app_id: str = ""
    """The id of an OAuth application with which people sign in without a token (GitLab,
    Forgejo).
    """
    review: bool = True
    """`False` saves straight to the branch instead of proposing a change (GitHub, GitLab)."""
    guests: bool = False
    """`True` lets anyone propose from a fork (GitHub)."""


class AdminSettings(PluginSettings):
    """What an outlet sets of it."""

    ## The editor in the browser
    ADMIN: Editor | None = None
    """The repository to which the [editor in the browser](the-editor.md), at `/admin/`, commits.

    `None` makes no editor.
    """
