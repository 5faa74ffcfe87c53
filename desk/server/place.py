"""Where things are on a server: one folder holds the repository, what is built of it, and what readers are served."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class Place(Struct, frozen=True):
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
        """What the hook, the timer and people run."""
        return self.root / "publish"

    @property
    def checkout(self) -> Path:
        """The files of the commit that is being built, and the environment that builds them."""
        return self.root / "checkout"

    @property
    def site(self) -> Path:
        """What was built last; its cache lies beside it."""
        return self.root / "site"

    @property
    def releases(self) -> Path:
        """What was live, and what is; each a folder."""
        return self.root / "releases"

    @property
    def current(self) -> Path:
        """A link to the release that is live."""
        return self.root / "current"

    @property
    def before(self) -> Path:
        """A link to the release that was live before it, from which open pages may still ask for a picture."""
        return self.root / "before"

    @property
    def due(self) -> Path:
        """When the site next changes by itself, in seconds since 1970; not there after a rollback, which holds."""
        return self.root / "due"

    @property
    def generated(self) -> Path:
        """What is for nginx, systemd and cron to read."""
        return self.root / "etc"

    @property
    def redirects(self) -> Path:
        """The former addresses of what is live, for nginx; outside the releases, so that it only changes when they do."""
        return self.generated / "redirects.map"

    @property
    def acme(self) -> Path:
        """Where whoever gives out certificates looks for an answer."""
        return self.root / "acme"
