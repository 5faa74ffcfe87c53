"""Hundreds of sequences of edits, after each of which what is left is what a clean build makes."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.builds.test_any_edits import Newsroom
from tests.checkout import checkout

SETTINGS = [
    "",
    "INDEX_SIZE, RAIL_LENGTH = 2, 1",
    "STREAM_LENGTH, KEEP_READING_BLOCKS, SITENAME = 1, 1, 'Other'",
    "SEARCH_BLOCK, FEED_MAX_ITEMS, RAIL_PAGES = 2, 2, 2",
]
CODE = {
    "broadside/plugins/sitemaps/__init__.py": (
        'etree.indent(root, "")',
        'etree.indent(root, "  ")',
    ),
    "broadside/plugins/feeds/formats.py": ('"Broadside"', '"Other"'),
    "broadside/words.py": ('"October"', '"Oct"'),
    "broadside/plugins/keep_reading/__init__.py": (
        "from __future__ import annotations\n",
        "from __future__ import annotations\n\n",
    ),
    "broadside/theme/templates/components/kicker.html": ('class="kicker', 'class="changed kicker'),
    "broadside/theme/static/css/components/kicker.css": (".kicker {", ".kicker, .changed {"),
    "broadside/theme/static/js/rails.js": ("\n", "\n// changed\n"),
}
"""A file of the project -> what stands in it once, and what an edit makes of it."""


class Workshop(Newsroom):
    """An outlet with a copy of the project of its own, of which settings, code, theme and packages
    change too.
    """

    def set_up(self) -> None:
        self.outlet.project = checkout(self.folder / "project")
        self.settings = (self.outlet.project / "pelicanconf.py").read_text("utf-8")
        words = self.outlet.project / "broadside" / "words.py"
        text = words.read_text("utf-8")
        assert '"November"' in text
        words.write_text(text.replace('"November"', '__import__("almanac").MONTH'), "utf-8")
        self.install(1)

    @rule(version=st.integers(1, 2))
    def install(self, version: int) -> None:
        """Put another version of a package in the old one's place; only its folder's name and its
        code tell.
        """
        library = self.outlet.project / "lib"
        for old in library.glob("almanac*/*"):
            old.unlink()
            if not any(old.parent.iterdir()):
                old.parent.rmdir()
        for path, text in {
            f"almanac-{version}.0.dist-info/METADATA": f"Name: almanac\nVersion: {version}.0\n",
            "almanac/__init__.py": f"MONTH = {['November', 'Novembre'][version - 1]!r}\n",
        }.items():
            file = library / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")

    @rule(lines=st.sampled_from(SETTINGS))
    def set(self, lines: str) -> None:
        (self.outlet.project / "pelicanconf.py").write_text(f"{self.settings}\n{lines}\n", "utf-8")

    @rule(path=st.sampled_from(sorted(CODE)))
    def program(self, path: str) -> None:
        """Make an edit, or take it back."""
        file, (old, new) = Path(self.outlet.project, path), CODE[path]
        text = file.read_text("utf-8")
        file.write_text(
            text.replace(new, old, 1) if new in text else text.replace(old, new, 1), "utf-8"
        )
        assert text != file.read_text("utf-8")

    @precondition(lambda self: False)
    @rule()
    def kill(self) -> None:
        """Never: the build that is killed is of this process's own copy of the code."""


class TestManyDesks(Newsroom.TestCase):  # type: ignore[misc,valid-type]
    """The sequences."""

    EVERY = 4


class TestManyWorkshops(Workshop.TestCase):  # type: ignore[misc,valid-type]
    """Sequences in which the project changes too."""

    EVERY = 3


TestManyDesks.settings = settings(
    max_examples=100,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestManyWorkshops.settings = settings(TestManyDesks.settings, max_examples=24)
