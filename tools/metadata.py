"""What a package index shows of Broadside: the README with whole addresses, and where source,
documents and issues are.

All of it follows from one setting in pyproject.toml, the address of the public repository.
Hatchling runs this when it makes a wheel.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

RELATIVE = re.compile(
    r"(?P<picture>!)?\[(?P<words>[^\[\]]*)\]\((?!https?:|mailto:|#)(?P<path>[^)\s]+)\)"
)


class Metadata(MetadataHookInterface):
    """Fills in `readme` and `urls`."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add both to the project's metadata."""
        repository = self.config["repository"].rstrip("/")
        text = Path(self.root, "README.md").read_text("utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": whole(text, repository)}
        metadata["urls"] = {"Pelican": "https://getpelican.com/", **urls_of(repository)}


def urls_of(repository: str) -> dict[str, str]:
    """The project's addresses; none without a repository."""
    if not repository:
        return {}
    return {
        "Source": repository,
        "Documentation": f"{repository}/blob/HEAD/docs/index.md",
        "Changelog": f"{repository}/blob/HEAD/CHANGELOG.md",
        "Issues": f"{repository}/issues",
    }


def whole(text: str, repository: str) -> str:
    """Markdown whose links and pictures lead into a repository; without one, their words alone,
    since no link would work.
    """

    def instead(found: re.Match[str]) -> str:
        if not repository:
            return "" if found["picture"] else found["words"]
        kind = "raw" if found["picture"] else "blob"
        return (
            f"{found['picture'] or ''}[{found['words']}]({repository}/{kind}/HEAD/{found['path']})"
        )

    return RELATIVE.sub(instead, text)
