"""After any sequence of edits, in any order, what is left is what a clean build makes."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.builds.magazine import LONG, PHOTO
from tests.doomed import killed_at
from tests.sample import NOW, Outlet, differing

SLUGS = st.sampled_from([f"story-{number}" for number in range(5)])
DATES = st.sampled_from(
    ["2026-11-24", "2026-11-20T12:00", "2026-10-01", "2025-01-01", "2030-01-01"]
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["One claim", "Another claim", "« Une thèse »"]),
        "dek": st.sampled_from(["One sentence.", "Another sentence."]),
        "date": DATES,
        "section": st.sampled_from(["Europe", "Asia", "Briefs"]),
        "type": st.sampled_from(["Analysis", "Opinion"]),
        "author": st.sampled_from(["Ana Pereira", "Ben Okafor"]),
        "topics": st.lists(
            st.sampled_from(["NATO", "nato", "Sea floor", "Water"]), unique_by=str.lower, max_size=2
        ),
        "status": st.sampled_from(["published", "draft", "hidden", "withdrawn"]),
        "stream": st.just("full"),
        "lang": st.sampled_from(["fr", "ar"]),
        "updated": st.just("2030-02-01"),
        "related": st.lists(st.sampled_from(["reefs", "old"]), unique=True, min_size=1),
        "credit": st.sampled_from([PHOTO["credit"], "Photo by B. Person"]),
        "moved_here": st.just(True),
        "file": st.just("files/report.pdf"),
        "series": st.sampled_from(["The water", "salt"]),
        "reviews": st.sampled_from([[{"kind": kind, "title": "Ice"}] for kind in ("book", "film")]),
    },
)
LINKED = (
    "See [the report](files/report.pdf).\n\nAnd [its"
    " page](files/report.pdf#page=2).\n\nThree.\n\nFour.\n"
)
BODIES = st.sampled_from(["One paragraph.", LONG, LONG.replace("floor", "bed"), LINKED])
MOMENTS = [NOW, "2026-11-24T12:00", "2030-06-01T00:00"]
FACES = (
    "- {block: opinion, type: Analysis}\n- {block: latest, stories: 2}\n- {block: trio, section:"
    " Europe}\n- {block: series, series: The water}\n- {block: series, stories: 1}\n"
)
"""Blocks of the front page, one of which shows portraits, and two of which show parts of series."""
HARMS = ("lost", "truncated", "flipped", "foreign")


class Newsroom(RuleBasedStateMachine):
    """An outlet whose stories come, change and go; built after every so many edits, and in the
    end.
    """

    EVERY = 1

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="broadside-desk-"))
        self.outlet = Outlet(self.folder)
        self.asked: dict[str, Any] = {"now": NOW}
        self.outlet.photo()
        self.outlet.photo("quay.png", "grey")
        self.outlet.author("Ben Okafor")
        for stem, name in (("water", "The water"), ("salt", "Salt")):
            self.outlet.write(f"series/{stem}.md", f"---\nname: {name}\n---\nAbout it.\n")
        for slug in ("reefs", "old"):
            self.outlet.story(slug, body="Stays.")
        self.outlet.page("about")
        self.replace("")
        self.set_up()

    def set_up(self) -> None:
        """For outlets that have more to them."""

    def _files(self, slug: str) -> list[Path]:
        return list((self.outlet.content / "articles").rglob(f"{slug}.md"))

    @rule(slug=SLUGS, changes=CHANGES, body=BODIES)
    def write(self, slug: str, changes: dict[str, Any], body: str) -> None:
        self.delete(slug)
        if changes.pop("moved_here", False):
            changes["redirect_from"] = [f"/2019/01/{slug}/", f"/old/{slug}.html"]
        photo = PHOTO if "credit" in changes else {}
        self.outlet.story(slug, body=body, **photo | changes)

    @rule(slug=SLUGS)
    def delete(self, slug: str) -> None:
        for file in self._files(slug):
            file.unlink()

    @rule(slug=SLUGS, words=st.sampled_from(["A sentence more.", "Another sentence more."]))
    def correct(self, slug: str, words: str) -> None:
        for file in self._files(slug):
            file.write_text(f"{file.read_text('utf-8')}\n{words}\n", "utf-8")

    @rule(slug=SLUGS, to=st.sampled_from(["", "-again"]))
    def readdress(self, slug: str, to: str) -> None:
        for file in self._files(slug):
            file.write_text(
                re.sub("(?m)^slug: .*$", f"slug: {slug}{to}", file.read_text("utf-8")), "utf-8"
            )

    @rule(slug=SLUGS, folder=st.sampled_from([".", "2026", "2026/11"]))
    def move(self, slug: str, folder: str) -> None:
        for file in self._files(slug):
            place = self.outlet.content / "articles" / folder
            place.mkdir(parents=True, exist_ok=True)
            file.rename(place / file.name)

    @rule(slugs=st.lists(st.sampled_from(["reefs", "old"]), unique=True))
    def pick(self, slugs: list[str]) -> None:
        self.outlet.story(
            "reefs", body="Stays.", related=[slug for slug in slugs if slug != "reefs"]
        )

    @rule(
        bio=st.sampled_from(["Ben writes.", "Ben **reads**."]),
        role=st.sampled_from([None, "Editor"]),
        portrait=st.sampled_from([None, "photos/quay.png"]),
    )
    def introduce(self, bio: str, role: str | None, portrait: str | None) -> None:
        self.outlet.author(
            "Ben Okafor", bio, role=role, portrait=portrait, alt="Ben." if portrait else None
        )

    @rule(
        lead=st.sampled_from(["reefs", "old", ""]),
        blocks=st.sampled_from(["", FACES, "- block: sections\n"]),
    )
    def arrange(self, lead: str, blocks: str) -> None:
        parts = {"slots": f"- slot: lead\n  story: {lead}\n" if lead else "", "blocks": blocks}
        written = "".join(f"{key}:\n{entries}" for key, entries in parts.items() if entries)
        self.outlet.write("front_page.yml", written or "[]\n")

    @rule(
        text=st.sampled_from(["About it.", "About [it](/about/)."]),
        form=st.sampled_from(["series", "dossier", "issue", "column", "debate"]),
        described=st.sampled_from(["", "description: Of salt.\n", "redirect_from: [/old/salt/]\n"]),
        slugs=st.lists(st.sampled_from(["reefs", "old"]), unique=True),
        pictured=st.booleans(),
    )
    def collect(
        self, text: str, form: str, described: str, slugs: list[str], pictured: bool
    ) -> None:
        photo = "".join(f"{key}: {value}\n" for key, value in PHOTO.items()) if pictured else ""
        more = {
            "column": "author: Ben Okafor\n",
            "debate": (
                "motion: Salt is cheap.\nsides: [{name: For, stories: [reefs]}, {name: Against}]\n"
            ),
        }.get(form, "")
        head = f"name: Salt\nform: {form}\n{more}stories: [{', '.join(slugs)}]\n{described}{photo}"
        self.outlet.write("series/salt.md", f"---\n{head}---\n{text}\n")

    @rule(lead=st.sampled_from(["reefs", "old"]), note=st.sampled_from(["One.", "Two."]))
    def round_up(self, lead: str, note: str) -> None:
        self.outlet.roundup("2026-11-22", note, lead=lead)

    @rule(text=st.sampled_from(["We move.", "We have moved."]), until=st.sampled_from(MOMENTS))
    def notify(self, text: str, until: str) -> None:
        self.outlet.write("banner.yml", f"- text: {text}\n  until: {until}\n")

    @rule(colour=st.sampled_from(["teal", "red"]))
    def photograph(self, colour: str) -> None:
        self.outlet.photo("harbour.jpg", colour)

    @rule(text=st.sampled_from(["One", "Two", "x" * 2_000_000]))
    def replace(self, text: str) -> None:
        """Save another version of a file in place, as programs do."""
        self.outlet.write("files/report.pdf", f"%PDF-1.7\n{text}\n%%EOF\n")

    @rule(
        words=st.sampled_from(["", "  description: All of it.\n"]),
        file=st.sampled_from(["sections", "story_types"]),
    )
    def describe(self, words: str, file: str) -> None:
        first, *rest = (
            ("Europe", "Asia", "Briefs\n  rail: briefs")
            if file == "sections"
            else ("Analysis", "Opinion")
        )
        self.outlet.write(
            f"{file}.yml",
            f"- name: {first}\n{words}" + "".join(f"- name: {name}\n" for name in rest),
        )

    @rule(text=st.sampled_from(["Text.", "Another [text](/2026/11/reefs/).", LINKED]))
    def say(self, text: str) -> None:
        self.outlet.page("about", text)

    @rule(lines=st.sampled_from(["/about/\n", "/about/\n/2026/11/reefs/\n"]))
    def note(self, lines: str) -> None:
        self.outlet.write("permalinks.txt", lines)

    @rule(now=st.sampled_from(MOMENTS), drafts=st.sampled_from([False, False, True]))
    def ask(self, now: str, drafts: bool) -> None:
        self.asked = {"now": now, "drafts": drafts}

    @rule()
    def build_clean(self) -> None:
        """The output is the same one, unlike that of the clean build to which all is compared."""
        assert "published," in self.outlet.rebuild(clean=True, **self.asked)

    @rule(
        path=st.sampled_from(
            ["CNAME", "2026/theirs.txt", "theirs/a/b.html", "pagefind/theirs", "files/theirs.pdf"]
        )
    )
    def meddle(self, path: str) -> None:
        """Put a file into the output, where that is."""
        if self.outlet.output.is_dir():
            theirs = self.outlet.output / path
            theirs.parent.mkdir(parents=True, exist_ok=True)
            theirs.write_text("theirs", "utf-8")

    @rule(at=st.integers(1, 250), clean=st.booleans())
    def kill(self, at: int, clean: bool) -> None:
        killed_at(self.outlet, at, clean=clean, **self.asked)

    @rule(
        which=st.integers(0, 9), harm=st.sampled_from(HARMS), at=st.floats(0, 1, exclude_max=True)
    )
    def harm(self, which: int, harm: str, at: float) -> None:
        """Do something to a file that the last build kept for the next."""
        kept = sorted(
            file for file in self.outlet.cache.glob("*.*") if file.is_file() and file.stat().st_size
        )
        if not kept:
            return
        file = kept[which % len(kept)]
        data = bytearray(file.read_bytes())
        place = int(at * len(data))
        data[place] ^= 1
        if harm == "lost":
            file.unlink()
        elif harm == "truncated":
            os.truncate(file, place)
        else:
            file.write_bytes(data if harm == "flipped" else b'{"version": 999, "files": {}}')

    @invariant()
    def now_and_then(self) -> None:
        if hasattr(self, "outlet"):
            self.edits = getattr(self, "edits", 0) + 1
            if self.edits % self.EVERY == 0:
                self.the_output_is_that_of_a_clean_build()

    def the_output_is_that_of_a_clean_build(self) -> None:
        said = self.outlet.rebuild(**self.asked)
        assert " skipped" in said, said
        clean = self.folder / "clean"
        self.outlet.rebuild(output=clean, clean=True, jobs=2, **self.asked)
        assert differing(self.outlet.files(), self.outlet.files(clean)) == []

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            try:
                self.the_output_is_that_of_a_clean_build()
            finally:
                shutil.rmtree(self.folder)


@pytest.mark.slow
class TestDesk(Newsroom.TestCase):  # type: ignore[misc,valid-type]
    """A few sequences; tests/stress has many."""


TestDesk.settings = settings(max_examples=2, stateful_step_count=10, deadline=None)
