"""The keys of settings that have some."""

from __future__ import annotations

from typing import Literal

from broadside.shapes import Keys, Secure


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
    """The id of an OAuth application with which people sign in without a token (GitLab,
    Forgejo).
    """
    review: bool = False
    """`False` saves straight to the branch instead of proposing a change (GitHub, GitLab)."""
    guests: bool = False
    """`True` lets anyone propose from a fork (GitHub)."""
