"""After any sequence of edits, in any order, what is left is what a clean build makes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.builds.magazine import LONG, PHOTO
from tests.builds.test_same_bytes import differing
from tests.outlet import Outlet

SLUGS = st.sampled_from([f"story-{number}" for number in range(5)])
DATES = st.sampled_from(["2026-11-24", "2026-11-20T12:00", "2026-10-01", "2025-01-01", "2030-01-01"])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["One claim", "Another claim", "« Une thèse »"]),
        "date": DATES,
        "section": st.sampled_from(["Europe", "Asia", "Briefs"]),
        "type": st.sampled_from(["Analysis", "Opinion"]),
        "author": st.sampled_from(["Ana Pereira", "Ben Okafor"]),
        "topics": st.lists(st.sampled_from(["NATO", "nato", "Sea floor", "Water"]), unique_by=str.lower, max_size=2),
        "status": st.sampled_from(["published", "draft", "hidden"]),
        "stream": st.just("full"),
        "lang": st.sampled_from(["fr", "ar"]),
        "updated": st.just("2030-02-01"),
        "photographed": st.just(True),
    },
)
BODIES = st.sampled_from(["One paragraph.", LONG, LONG.replace("floor", "bed"), "One.\n\nTwo.\n\nThree.\n\nFour.\n"])


class Desk(RuleBasedStateMachine):
    """An outlet whose stories come, change and go; built after each step."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="broadside-desk-"))
        self.outlet = Outlet(self.folder)
        self.outlet.photo()
        self.outlet.photo("quay.png", "grey")
        self.outlet.author("Ben Okafor")
        for slug in ("reefs", "old"):
            self.outlet.story(slug, body="Stays.")
        self.outlet.page("about")

    @rule(slug=SLUGS, changes=CHANGES, body=BODIES)
    def write(self, slug: str, changes: dict[str, Any], body: str) -> None:
        photo = PHOTO if changes.pop("photographed", False) else {}
        self.outlet.story(slug, body=body, **changes, **photo)

    @rule(slug=SLUGS)
    def delete(self, slug: str) -> None:
        (self.outlet.content / "articles" / f"{slug}.md").unlink(missing_ok=True)
        (self.outlet.content / "articles" / "moved" / f"{slug}.md").unlink(missing_ok=True)

    @rule(slugs=st.lists(st.sampled_from(["reefs", "old"]), unique=True))
    def pick(self, slugs: list[str]) -> None:
        self.outlet.story("reefs", body="Stays.", related=[slug for slug in slugs if slug != "reefs"])

    @rule(bio=st.sampled_from(["Ben writes.", "Ben **reads**."]), role=st.sampled_from([None, "Editor"]))
    def introduce(self, bio: str, role: str | None) -> None:
        self.outlet.author("Ben Okafor", bio, role=role)

    @rule(lead=st.sampled_from(["reefs", "old"]))
    def arrange(self, lead: str) -> None:
        self.outlet.write("front_page.yml", f"- slot: lead\n  story: {lead}\n")

    @rule(colour=st.sampled_from(["teal", "red"]))
    def photograph(self, colour: str) -> None:
        self.outlet.photo("harbour.jpg", colour)

    @rule(words=st.sampled_from(["", "  description: All of it.\n"]))
    def describe(self, words: str) -> None:
        self.outlet.write("sections.yml", f"- name: Europe\n{words}- name: Asia\n- name: Briefs\n  rail: briefs\n")

    @invariant()
    def the_output_is_that_of_a_clean_build(self) -> None:
        if hasattr(self, "outlet"):
            assert "published" in self.outlet.rebuild()
            clean = self.folder / "clean"
            self.outlet.rebuild(output=clean, clean=True)
            assert differing(self.outlet.files(), self.outlet.files(clean)) == []

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)


@pytest.mark.slow
class TestDesk(Desk.TestCase):  # type: ignore[misc,name-defined]
    """A few sequences; tests/stress has many."""


TestDesk.settings = settings(max_examples=4, stateful_step_count=10, deadline=None)
