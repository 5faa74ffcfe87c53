"""Where things are on a server: one folder holds the repository, what is built from it, and what
readers get.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

PREVIEWS = "_preview"
"""The folder of the site's address with the previews; no page can be there, because an address
never starts with _.
"""


class ServerFolder(Struct, frozen=True):
    """The server's folder. Everything in it but the repository can be made again."""

    root: Path

    @property
    def repository(self) -> Path:
        """The bare repository that is pushed to."""
        return self.root / "site.git"

    @property
    def hook(self) -> Path:
        """What Git runs after a push."""
        return self.repository / "hooks" / "post-receive"

    @property
    def script(self) -> Path:
        """The script that the hook, the timer and people run."""
        return self.root / "publish"

    @property
    def checkout(self) -> Path:
        """The files of the commit that is being built, and the environment that builds them."""
        return self.root / "checkout"

    @property
    def site(self) -> Path:
        """The site that was built last; its cache is beside it."""
        return self.root / "site"

    @property
    def releases(self) -> Path:
        """The live release and earlier ones, each a folder."""
        return self.root / "releases"

    @property
    def current(self) -> Path:
        """A link to the live release."""
        return self.root / "current"

    @property
    def before(self) -> Path:
        """A link to the previous live release: a page that is still open may ask for one of its
        pictures.
        """
        return self.root / "before"

    @property
    def due(self) -> Path:
        """When the site next changes by itself, in seconds since 1970; removed by a rollback, so
        that the schedule leaves it alone.
        """
        return self.root / "due"

    @property
    def previews(self) -> Path:
        """The previews of branches: a folder for each, with a name that nobody can guess."""
        return self.root / "previews"

    @property
    def shown(self) -> Path:
        """Links to the previews' sites; nginx serves these and nothing else of the previews."""
        return self.root / "shown" / PREVIEWS

    @property
    def generated(self) -> Path:
        """The files for nginx, systemd and cron."""
        return self.root / "etc"

    @property
    def redirects(self) -> Path:
        """The former addresses of the live site, for nginx; outside the releases, so that the file
        changes only when they do.
        """
        return self.generated / "redirects.map"

    @property
    def acme(self) -> Path:
        """Where a certificate authority looks for the answer to its challenge."""
        return self.root / "acme"
