"""An outlet that goes to and fro between states, and the whole site of each state as a clean build
makes it.
"""

from __future__ import annotations

from pathlib import Path

from tests.builds.magazine import PHOTO
from tests.sample import Outlet

EDITS = ("headline", "body", "added", "deleted", "renamed", "photo")
"""What an edit changes; made twice, it changes nothing."""
PARAGRAPHS = "One paragraph.\n\nAnother.\n\nA third about {}.\n"


class Changing:
    """An outlet in one of 64 states: each edit is made or not."""

    def __init__(self, path: Path) -> None:
        (path / "site").mkdir()
        self.outlet, self.clean = Outlet(path / "site"), path / "clean"
        self.made: set[str] = set()
        self._whole: dict[frozenset[str], dict[str, bytes]] = {}
        for slug, section in [("first", "Asia"), ("second", "Europe"), ("third", "Briefs")]:
            self.outlet.story(
                slug,
                section=section,
                body=PARAGRAPHS.format(slug),
                topics=["Water", f"About {slug}"],
            )
        self.outlet.page("about")
        for edit in EDITS:
            self._write(edit)

    def edit(self, *edits: str) -> None:
        """Make edits, or take back those that are made."""
        for edit in edits:
            self.made ^= {edit}
            self._write(edit)

    def whole(self) -> dict[str, bytes]:
        """The site of this state, built clean elsewhere."""
        state = frozenset(self.made)
        if state not in self._whole:
            said = self.outlet.rebuild(output=self.clean, clean=True)
            assert "published," in said, said
            self._whole[state] = self.outlet.files(self.clean)
        return self._whole[state]

    def _write(self, edit: str) -> None:
        outlet, made = self.outlet, edit in self.made
        if edit == "headline":
            outlet.story(
                "headed", title="Another headline" if made else "A headline", topics=["Water"]
            )
        elif edit == "body":
            outlet.story(
                "told",
                body=PARAGRAPHS.format("reefs" if made else "cables"),
                author="Ana Pereira",
                **PHOTO,
            )
        elif edit == "photo":
            outlet.photo("harbour.jpg", "red" if made else "teal")
        elif edit == "renamed":
            for slug in ("before", "after"):
                (outlet.content / f"articles/{slug}.md").unlink(missing_ok=True)
            outlet.story(
                *["after"] if made else ["before"],
                redirect_from=["/2026/11/before/"] if made else None,
            )
        elif made == (edit == "added"):
            outlet.story(
                edit, section="Asia", type="Opinion", topics=[f"Only {edit}"], date="2026-10-02"
            )
        else:
            (outlet.content / f"articles/{edit}.md").unlink(missing_ok=True)
