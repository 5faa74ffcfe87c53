"""A fault of a draft stops no site, but `./inv check --drafts` and the preview."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from broadside.config.options import Options
from broadside.editing.check import check
from tests.sample import HARBOUR, NOW, Outlet

WRONG = b"month,rain\nMay,a lot\n"
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:99.000\nHello.\n"


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    made.photo()
    made.story("out", **HARBOUR)
    return made


def severities(outlet: Outlet, *, drafts: bool = False, files: tuple[str, ...] = ()) -> set[str]:
    found = check(Options(content=str(outlet.content), now=NOW), files, drafts=drafts)
    return {fault.severity for fault in found}


def is_built(outlet: Outlet, **options: Any) -> bool:
    return "nothing was published" not in outlet.rebuild(**options)


def draft(outlet: Outlet, slug: str = "idea", **given: Any) -> Path:
    return outlet.story(slug, status="draft", **given)


def with_table(outlet: Outlet, slug: str = "idea", **given: Any) -> None:
    outlet.write("data/rain.csv", WRONG.decode())
    outlet.story(slug, body='![Rain](data/rain.csv){chart="line" source="Met"}', **given)


def with_transcript(outlet: Outlet, slug: str, **given: Any) -> None:
    outlet.file("said.vtt", CAPTIONS)
    outlet.story(slug, body="[Said](files/said.vtt)", **given)


def with_broken_photo(outlet: Outlet, slug: str = "idea", **given: Any) -> None:
    file = outlet.photo("broken.jpg")
    data = file.read_bytes()
    at = data.index(b"\xff\xc4") + 5
    file.write_bytes(data[:at] + b"\xff" * 16 + data[at + 16 :])
    outlet.story(slug, **HARBOUR | {"photo": "photos/broken.jpg"} | given)


FAULTY: dict[str, Callable[[Outlet, str], object]] = {
    "no-alt": lambda made, slug: draft(made, slug, photo="photos/harbour.jpg"),
    "broken-photo": lambda made, slug: with_broken_photo(made, slug, status="draft"),
    "table": lambda made, slug: with_table(made, slug, status="draft"),
    "transcript": lambda made, slug: with_transcript(made, slug, status="draft"),
    "no-file": lambda made, slug: draft(made, slug, body="[It](files/none.pdf)"),
    "names": lambda made, slug: draft(
        made, slug, section="Eurpoe", author="Nobody Here", type="Anlysis"
    ),
    "key": lambda made, slug: draft(made, slug, rating="5"),
    "slug": lambda made, _: made.write(
        "articles/idea.md", '---\ntitle: "!!!"\nstatus: draft\n---\nBody.\n'
    ),
    "picks": lambda made, slug: draft(made, slug, related=["nothing"], series="None"),
    "markup": lambda made, slug: draft(
        made, slug, body="<script>x</script> [x](/nowhere/) [^1] ![x](photos/none.jpg)"
    ),
    "page": lambda made, _: made.page("plan", body="[x](/nowhere/)", status="draft"),
    "roundup": lambda made, _: made.roundup("2026-11-24", lead="nothing", status="draft"),
    "held-meets-draft": lambda made, _: (
        draft(made, "peace", where="articles/one"),
        made.story("peace", date="2026-11-29", where="articles/two"),
    ),
    "translation": lambda made, _: (
        draft(made, "aus", translation_of="out", lang="de", where="articles/a"),
        made.story("aus-neu", translation_of="out", lang="de", where="articles/b"),
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_fault_of_a_draft_is_a_warning_unless_drafts_count(outlet: Outlet, name: str) -> None:
    FAULTY[name](outlet, "idea")
    assert severities(outlet) <= {"warning"}
    assert "error" in severities(outlet, drafts=True)


def test_drafts_with_faults_stop_no_site_but_the_preview_which_shows_them(outlet: Outlet) -> None:
    for name, write in FAULTY.items():
        write(outlet, name)
    assert is_built(outlet, production=True)
    assert not is_built(outlet, drafts=True)


def test_what_a_published_story_names_too_is_an_error(outlet: Outlet) -> None:
    with_table(outlet, status="draft")
    outlet.story("out", body='![Rain](data/rain.csv){chart="line" source="Met"}')
    assert "error" in severities(outlet)
    assert not is_built(outlet, production=True)


def test_a_file_that_only_the_draft_takes_from_a_published_one_is_the_draft_s_fault(
    outlet: Outlet,
) -> None:
    outlet.file("Übung.txt", b"One.")
    outlet.file("ubung.txt", b"Two.")
    outlet.story("out", body="[It](files/Übung.txt)")
    draft(outlet, body="[It](files/ubung.txt)")
    assert severities(outlet) <= {"warning"}
    assert is_built(outlet, production=True)
    outlet.story("idea", body="[It](files/ubung.txt)")
    assert not is_built(outlet, production=True)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\nstatus: draft\n",
        "---\nstatus: draf\ntitle: A\n---\nBody.\n",
        "---\ntitle: A\x00\n",
    ],
)
def test_whether_it_is_a_draft_must_be_known(outlet: Outlet, text: str) -> None:
    outlet.write("articles/unknown.md", text)
    assert "error" in severities(outlet)
    assert not is_built(outlet, production=True)


def test_a_photo_of_a_draft_is_judged_like_the_draft(outlet: Outlet) -> None:
    with_broken_photo(outlet, status="draft")
    files = (str(outlet.content / "articles/idea.md"), str(outlet.content / "photos/broken.jpg"))
    assert severities(outlet, files=files) == {"warning"}
    assert severities(outlet, files=files, drafts=True) == {"error"}


def test_the_command_says_so_by_its_exit_code(outlet: Outlet) -> None:
    draft(outlet, photo="photos/harbour.jpg")
    given = ("--content", str(outlet.content), "--now", NOW, "--format", "json")
    plain, strict = outlet.run("check", *given), outlet.run("check", *given, "--drafts")
    assert (plain.returncode, strict.returncode) == (0, 1)
    told, judged = (
        {
            (fault["line"], fault["code"], fault["message"]): fault["severity"]
            for fault in json.loads(done.stdout)
        }
        for done in (plain, strict)
    )
    assert told.keys() == judged.keys(), "each fault is told once, in the same words"
    assert (set(told.values()), set(judged.values())) == ({"warning"}, {"error"})
