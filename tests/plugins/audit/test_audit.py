"""Which edits in a real Git repository are silent."""

from __future__ import annotations

from typing import Any

import pytest

from broadside.config.options import Options, settings_of
from broadside.plugins.audit.command.comparing import audit
from tests.plugins.audit.repository import FEW, OTHER, WORDS, Repo
from tests.sample import HARBOUR, NOW

pytestmark = pytest.mark.git
NOTE = {"date": "2026-11-24", "type": "correction", "text": "It was other."}


def test_a_silent_edit_is_told_with_its_line(repo: Repo) -> None:
    repo.outlet.story("a", body=f"First.\n\n{OTHER}")
    repo.outlet.story("b", body="New.")
    fault = repo.audited()[0]
    assert (fault.path, fault.severity, fault.code) == (
        f"{repo.outlet.content}/articles/a.md",
        "error",
        "silent-edit",
    )
    assert fault.line == 10


@pytest.mark.parametrize(
    "change",
    [
        {"body": FEW},
        {"body": OTHER, "updated": "2026-11-24T08:00"},
        {"body": OTHER, "corrections": [NOTE]},
        {"body": OTHER, "minor": "true"},
        {"body": OTHER, "minor": True},
        {"body": WORDS.replace(" ", "\n"), "topics": ["Sea"], "section": "Asia"},
        {"body": WORDS.replace(" ", " & ")},
    ],
    ids=lambda change: ",".join(key for key in change if key != "body") or "few words",
)
def test_an_edit_that_is_told_of_or_small_is_none(repo: Repo, change: dict[str, Any]) -> None:
    repo.outlet.story("a", **change)
    done = audit(Options(content=str(repo.outlet.content), now=NOW))
    assert (done.faults, done.stories) == ([], 1)


@pytest.mark.parametrize(
    "change", [{"status": "draft"}, {"status": "withdrawn"}, {"date": "2027-01-01"}, {"type": None}]
)
def test_a_story_that_readers_no_longer_see_needs_no_word(
    repo: Repo, change: dict[str, Any]
) -> None:
    repo.outlet.story("a", body=OTHER, **change)
    done = audit(Options(content=str(repo.outlet.content), now=NOW))
    assert (done.faults, done.stories) == ([], 0)


@pytest.mark.parametrize(
    "change",
    [
        {"body": OTHER},
        {"body": OTHER, "status": "hidden"},
        {"body": WORDS, "title": OTHER},
        {"body": WORDS, "dek": OTHER},
        {"body": WORDS, **HARBOUR, "caption": OTHER},
        {"body": WORDS, **HARBOUR, "credit": OTHER},
        {"body": WORDS, "authors": [f"{word} Pereira" for word in OTHER.split()[:40]]},
        {
            "body": (
                f'{WORDS}\n\n![A harbour.](photos/harbour.jpg){{caption="{OTHER}" credit="A.'
                ' Person"}'
            )
        },
        {"body": WORDS[:100]},
    ],
)
def test_whatever_readers_read_counts(repo: Repo, change: dict[str, Any]) -> None:
    repo.outlet.story("a", **change)
    assert repo.codes() == ["silent-edit"]


def test_how_many_words_may_change_is_a_setting(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.outlet.story("a", body=OTHER)
    for most, codes in ((39, ["silent-edit"]), (40, [])):
        monkeypatch.setattr(
            "broadside.plugins.audit.command.comparing.settings_of",
            lambda options, most=most: settings_of(options).but(AUDIT_WORDS=most),
        )
        assert repo.codes() == codes


def test_what_stood_there_before_tells_of_no_later_edit(repo: Repo) -> None:
    told: dict[str, Any] = {"updated": "2026-11-23", "corrections": [NOTE], "minor": "true"}
    repo.outlet.story("a", body=WORDS, **told)
    repo.commit()
    repo.outlet.story("a", body=OTHER, **told)
    assert repo.codes() == ["silent-edit"]
    repo.outlet.story("a", body=OTHER, **(told | {"minor": "2026-11-24"}))
    assert repo.codes() == []


def test_a_held_story_counts_from_its_hour_on(repo: Repo) -> None:
    repo.outlet.story("a", body=WORDS, date="2026-11-24T12:00")
    held = repo.commit("2026-11-24T09:00:00+01:00")
    repo.outlet.story("a", body=OTHER, date="2026-11-24T12:00")
    before = repo.commit("2026-11-24T11:00:00+01:00")
    after = repo.commit("2026-11-24T13:00:00+01:00")
    assert repo.codes(since=held, now="2026-11-24T11:59") == []
    assert repo.codes(since=held, now="2026-11-24T12:01") == ["silent-edit"]
    assert repo.codes(since=held, until=before, now="") == []
    assert repo.codes(since=held, until=after, now="") == ["silent-edit"]


def test_a_story_in_another_file_is_still_itself(repo: Repo) -> None:
    repo.moved("a", "articles/2026", body=WORDS)
    assert repo.codes() == []
    repo.outlet.story("a", where="articles/2026", body=OTHER)
    assert repo.codes() == ["silent-edit"]


def test_a_story_whose_headline_moved_it_may_keep_its_address(repo: Repo) -> None:
    repo.renamed()
    assert repo.codes() == ["new-id"]


def test_a_story_that_moved_is_compared_and_keeps_its_id(repo: Repo) -> None:
    repo.moved("b", "articles", body=OTHER, date="2026-10-20", redirect_from=["/2026/11/a"])
    assert repo.codes() == ["silent-edit"]
    repo.outlet.story(
        "b",
        body=WORDS,
        title="Headline of a",
        dek="Dek of a.",
        redirect_from=["/2026/10/a/", "/2026/11/a/"],
    )
    assert repo.codes() == ["new-id"]
    repo.outlet.story(
        "b",
        body=WORDS,
        title="Headline of a",
        dek="Dek of a.",
        redirect_from=["/2026/11/a/", "/2026/10/a/"],
    )
    assert repo.codes() == []


def test_ends_of_lines_a_byte_order_mark_and_faulty_stories_are_no_edits(repo: Repo) -> None:
    file = repo.outlet.content / "articles" / "a.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert repo.codes() == []
    text = file.read_bytes()
    file.write_bytes(b"\xef\xbb\xbf" + text.replace(b"word", b"other", 40))
    assert [(fault.code, fault.line) for fault in repo.audited()] == [("silent-edit", 10)]
    file.write_bytes(b"\xff" + OTHER.encode())
    assert repo.codes() == []
    repo.commit()
    repo.outlet.story("a", body=OTHER)
    assert repo.codes() == []


def test_a_file_that_was_replaced_is_an_edit_of_the_stories_that_link_to_it(repo: Repo) -> None:
    repo.outlet.write("files/report.pdf", "%PDF-1.7\none\n%%EOF\n")
    repo.outlet.story("a", body=f"{WORDS}\n\n[The report](files/report.pdf).")
    repo.outlet.story("b", body=WORDS)
    repo.outlet.story("draft", body="[It](files/report.pdf)", status="draft")
    before = repo.commit()
    assert repo.codes(since=before) == []
    repo.outlet.write("files/report.pdf", "%PDF-1.7\ntwo\n%%EOF\n")
    repo.outlet.write("files/another.pdf", "%PDF-1.7\ntwo\n%%EOF\n")
    (fault,) = repo.audited(since=before)
    assert (fault.path, fault.line, fault.code) == (
        f"{repo.outlet.content}/articles/a.md",
        12,
        "silent-file",
    )
    after = repo.commit()
    assert repo.codes(since=before, until=after) == ["silent-file"]
    repo.outlet.story(
        "a", body=f"{WORDS}\n\n[The report](files/report.pdf).", updated="2026-11-24T08:00"
    )
    assert repo.codes(since=before) == []


def test_a_file_in_git_lfs_is_not_compared(repo: Repo) -> None:
    repo.outlet.write(
        "files/report.pdf", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"
    )
    repo.outlet.story("a", body="[The report](files/report.pdf).")
    before = repo.commit()
    repo.outlet.write("files/report.pdf", "%PDF-1.7\none\n%%EOF\n")
    assert repo.codes(since=before) == []


def test_another_order_or_style_of_the_header_is_no_edit_and_hides_none(repo: Repo) -> None:
    """As the editor in the browser saves a story: its own order of keys, lists as lines, a blank
    line below.
    """
    path = repo.outlet.content / "articles" / "a.md"
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    rewritten = (
        "---\n" + "".join(reversed(head.replace('"', "'").splitlines(keepends=True))) + "---\n\n"
    )
    path.write_text(rewritten + body, "utf-8")
    assert repo.audited() == []
    path.write_text(rewritten + body.strip() + f"\n\n{OTHER}\n", "utf-8")
    (fault,) = repo.audited()
    assert path.read_text("utf-8").split("\n")[fault.line - 1] == OTHER
