"""Silent edits in a real Git repository."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from desk.audit import audit
from desk.audit.history import NotCompared
from desk.options import Options, settings_of
from plugins.faults import Fault
from tests.outlet import HARBOUR, NOW, Outlet

pytestmark = pytest.mark.git
WORDS = " ".join(f"word{number}" for number in range(100))
OTHER = WORDS.replace("word", "other", 40)
FEW = WORDS.replace("word", "other", 30)
WHO = {f"GIT_{who}_{what}": f"ana@{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
NOTE = {"date": "2026-11-24", "type": "correction", "text": "It was other."}


class Repo:
    """An outlet in a Git repository, in a folder of it."""

    def __init__(self, path: Path, names: str = "sha1") -> None:
        self.path, self.outlet = path, Outlet(path / "site")
        self.git("init", "-q", "-b", "main", f"--object-format={names}")
        self.outlet.story("a", body=WORDS)
        self.commit()

    def git(self, *arguments: str, date: str = "2026-11-24T09:00:00Z") -> str:
        dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_CONFIG_GLOBAL": os.devnull}
        done = subprocess.run(
            ["git", "-C", str(self.path), *arguments],
            env=os.environ | WHO | dates,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, date: str = "2026-11-24T09:00:00Z") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "Edit", date=date)
        return self.git("rev-parse", "HEAD")

    def moved(self, slug: str, where: str, **story: Any) -> None:
        """The story a, in another file."""
        (self.outlet.content / "articles" / "a.md").unlink()
        self.outlet.story(slug, where=where, **story)

    def renamed(self, **story: Any) -> None:
        """The story a, whose slug is now that of its headline."""
        path = self.outlet.story("a", body=WORDS, **story)
        path.write_text(path.read_text("utf-8").replace('slug: "a"\n', ""), "utf-8")

    def audited(self, since: str = "", until: str = "", now: str = NOW) -> list[Fault]:
        return audit(Options(content=str(self.outlet.content), now=now), since, until).faults

    def codes(self, **asked: str) -> list[str]:
        return [fault.code for fault in self.audited(**asked)]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path)


def test_a_silent_edit_is_told_with_its_line(repo: Repo) -> None:
    repo.outlet.story("a", body=f"First.\n\n{OTHER}")
    repo.outlet.story("b", body="New.")
    fault = repo.audited()[0]
    assert (fault.path, fault.severity, fault.code) == (f"{repo.outlet.content}/articles/a.md", "error", "silent-edit")
    assert fault.line == 10
    assert fault.message.startswith("41 words of this published story changed since ")
    assert "minor: true" in fault.hint


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
def test_a_story_that_readers_no_longer_see_needs_no_word(repo: Repo, change: dict[str, Any]) -> None:
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
        {"body": f"{WORDS}\n\n> {OTHER}"},
        {"body": WORDS, **HARBOUR, "caption": OTHER},
        {"body": WORDS, **HARBOUR, "credit": OTHER},
        {"body": WORDS, "authors": [f"{word} Pereira" for word in OTHER.split()[:40]]},
        {"body": f'{WORDS}\n\n![A harbour.](photos/harbour.jpg){{caption="{OTHER}" credit="A. Person"}}'},
        {"body": f'{WORDS}\n\n![A harbour.](photos/harbour.jpg){{credit="{OTHER}"}}'},
        {"body": WORDS[:100]},
        {"body": OTHER, "date": "2026-11-20T10:00", "topics": ["Sea"]},
    ],
)
def test_whatever_readers_read_counts(repo: Repo, change: dict[str, Any]) -> None:
    repo.outlet.story("a", **change)
    assert repo.codes() == ["silent-edit"]


def test_how_many_words_may_change_is_a_setting(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.outlet.story("a", body=OTHER)
    for most, codes in ((39, ["silent-edit"]), (40, [])):
        monkeypatch.setattr(
            "desk.audit.settings_of", lambda options, most=most: settings_of(options) | {"AUDIT_WORDS": most}
        )
        assert repo.codes() == codes


def test_what_stood_there_before_tells_of_no_later_edit(repo: Repo) -> None:
    told: dict[str, Any] = {"updated": "2026-11-23", "corrections": [NOTE], "minor": "true"}
    repo.outlet.story("a", body=WORDS, **told)
    repo.commit()
    repo.outlet.story("a", body=OTHER, **told)
    fault = repo.audited()[0]
    assert (fault.code, fault.hint[:37]) == ("silent-edit", "minor: true was said of an earlier ed")
    repo.outlet.story("a", body=OTHER, **(told | {"minor": "2026-11-24"}))
    assert repo.codes() == []


@pytest.mark.parametrize("front", [{"status": "draft"}, {"date": "2027-01-01"}, {"status": "hidden"}])
def test_what_readers_could_not_see_may_change(repo: Repo, front: dict[str, Any]) -> None:
    repo.outlet.story("a", **({"body": WORDS} | front))
    repo.commit()
    repo.outlet.story("a", body=OTHER)
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
    (fault,) = repo.audited()
    assert fault.hint == "let redirect_from begin with /2026/11/a/, or keep that address, with slug: a"


def test_no_slug_is_offered_that_would_not_keep_the_address(repo: Repo) -> None:
    repo.renamed(date="2026-10-20")
    assert [fault.hint for fault in repo.audited()] == ["let redirect_from begin with /2026/11/a/"]
    repo.outlet.story("a", body=WORDS, redirect_from=["/2026/11/older/"])
    repo.commit()
    repo.outlet.story("a", body=WORDS)
    assert [fault.hint for fault in repo.audited()] == ["let redirect_from begin with /2026/11/older/"]


def test_a_slug_is_offered_without_what_addresses_end_in(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"ARTICLE_URL": "{date:%Y}/{slug}.html"}
    monkeypatch.setattr("desk.audit.settings_of", lambda options: settings_of(options) | pages)
    repo.renamed()
    assert [fault.hint.rpartition(", ")[2] for fault in repo.audited()] == ["with slug: a"]


def test_a_story_that_moved_is_compared_and_keeps_its_id(repo: Repo) -> None:
    repo.moved("b", "articles", body=OTHER, date="2026-10-20", redirect_from=["/2026/11/a"])
    assert repo.codes() == ["silent-edit"]
    repo.outlet.story(
        "b", body=WORDS, title="Headline of a", dek="Dek of a.", redirect_from=["/2026/10/a/", "/2026/11/a/"]
    )
    fault = repo.audited()[0]
    assert (fault.code, fault.hint) == ("new-id", "let redirect_from begin with /2026/11/a/")
    repo.outlet.story(
        "b", body=WORDS, title="Headline of a", dek="Dek of a.", redirect_from=["/2026/11/a/", "/2026/10/a/"]
    )
    assert repo.codes() == []


def test_a_deleted_story_is_the_ledgers_business(repo: Repo) -> None:
    since = repo.commit()
    (repo.outlet.content / "articles" / "a.md").unlink()
    assert asked(repo, "--since", since).stdout == f"No silent edits: 0 published stories changed since {since[:7]}.\n"
    gone = repo.commit()
    repo.outlet.story("b", body=OTHER)
    for before in (since, gone):
        assert repo.codes(since=before) == []
    assert asked(repo, "--since", gone).stdout == f"No silent edits: 0 published stories changed since {gone[:7]}.\n"


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


def test_links_in_the_file_system_and_hidden_files_are_not_followed(repo: Repo) -> None:
    articles = repo.outlet.content / "articles"
    (articles / "link.md").symlink_to(articles / "a.md")
    (articles / ".hidden.md").write_text((articles / "a.md").read_text("utf-8"), "utf-8")
    commit = repo.commit()
    repo.outlet.story("a", body=OTHER)
    assert repo.codes(since=commit) == ["silent-edit"]
    assert repo.codes(since=commit, until=commit) == []
    repo.commit()
    assert repo.codes() == ["silent-edit"], "nor do they count as edited since"


@pytest.mark.parametrize("name", ["remotes/origin/HEAD", "remotes/origin/master", "heads/master"])
def test_main_may_have_another_name(repo: Repo, name: str) -> None:
    repo.git("checkout", "-q", "-b", "edit")
    repo.git("update-ref", f"refs/{name}", "main")
    repo.git("branch", "-q", "-D", "main")
    repo.outlet.story("a", body=OTHER)
    repo.commit()
    repo.commit()
    assert repo.codes() == ["silent-edit"]


def test_on_a_branch_all_of_its_edits_count(repo: Repo) -> None:
    repo.git("checkout", "-q", "-b", "edit")
    repo.outlet.story("a", body=OTHER)
    repo.commit()
    repo.commit()
    assert repo.codes() == ["silent-edit"]
    repo.git("checkout", "-q", "main")
    repo.outlet.story("c", body="Elsewhere.")
    repo.commit()
    repo.git("checkout", "-q", "edit")
    assert repo.codes() == ["silent-edit"]


@pytest.mark.parametrize("names", ["sha1", "sha256"])
def test_on_main_the_last_commit_counts_or_what_is_not_committed_yet(tmp_path: Path, names: str) -> None:
    repo = Repo(tmp_path, names)
    repo.outlet.story("a", body=OTHER)
    repo.commit()
    assert repo.codes() == ["silent-edit"]
    repo.outlet.story("b", body="New.")
    assert repo.codes() == []


def test_what_is_not_pushed_yet_counts(repo: Repo, tmp_path_factory: pytest.TempPathFactory) -> None:
    there = tmp_path_factory.mktemp("origin") / "bare"
    repo.git("clone", "-q", "--bare", ".", str(there))
    repo.git("remote", "add", "origin", str(there))
    repo.git("fetch", "-q", "origin")
    for body in (OTHER, OTHER + " more"):
        repo.outlet.story("a", body=body)
        repo.commit()
    assert repo.codes() == ["silent-edit"]
    repo.git("checkout", "-q", "-b", "edit")
    repo.commit()
    assert repo.codes() == ["silent-edit"], "of main, only what is pushed is published"


def test_a_first_commit_has_nothing_to_be_compared_with(repo: Repo) -> None:
    done = audit(Options(content=str(repo.outlet.content), now=NOW))
    assert (done.faults, str(done)) == ([], "there is no earlier revision to compare with")
    assert repo.codes(since="0" * 40) == []


def test_a_repository_without_a_commit_is_no_fault(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("a")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert audit(Options(content=str(outlet.content))).since == ""


def test_a_shallow_clone_says_what_it_lacks(repo: Repo, tmp_path_factory: pytest.TempPathFactory) -> None:
    first = repo.git("rev-parse", "HEAD")
    repo.outlet.story("a", body=OTHER)
    repo.commit()
    there = tmp_path_factory.mktemp("shallow") / "clone"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(there))
    for since in ("", first):
        with pytest.raises(NotCompared, match=r"shallow.*fetch-depth: 0"):
            audit(Options(content=str(there / "site" / "content"), now=NOW), since)


@pytest.mark.parametrize("left_out", ["blob:none", "tree:0"])
def test_a_clone_without_the_texts_of_earlier_stories_says_so(
    repo: Repo, tmp_path_factory: pytest.TempPathFactory, left_out: str
) -> None:
    repo.outlet.story("b", body=WORDS)
    first = repo.commit()
    repo.outlet.story("a", body=OTHER)
    repo.commit()
    repo.git("config", "uploadpack.allowFilter", "true")
    there = tmp_path_factory.mktemp("partial") / "clone"
    repo.git("clone", "-q", f"--filter={left_out}", f"file://{repo.path}", str(there))
    options = Options(content=str(there / "site" / "content"), now=NOW)
    with pytest.raises(NotCompared, match=r"^This clone lacks texts of earlier stories; clone without --filter\.$"):
        audit(options, first)
    Outlet(there / "site").story("b", body=OTHER)
    assert [fault.code for fault in audit(options, "HEAD").faults] == ["silent-edit"], "of which it has the texts"


@pytest.mark.parametrize("name", ["nowhere", "--help", "-x", "HEAD:site", "a b"])
def test_a_revision_that_is_none_is_refused(repo: Repo, name: str) -> None:
    with pytest.raises(NotCompared, match="is not a revision of this repository"):
        repo.audited(since=name)


def test_a_folder_outside_of_git_is_told(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    with pytest.raises(NotCompared, match="is not in a Git repository"):
        audit(Options(content=str(outlet.content)))


def test_nothing_of_the_repository_is_executed(repo: Repo) -> None:
    marker = repo.path / "executed"
    program = repo.path / "program"
    program.write_text(f"#!/bin/sh\ntouch {marker}\ncat\n", "utf-8")
    program.chmod(0o755)
    hooks = repo.path / ".git" / "hooks"
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"):
        (hooks / hook).write_text(program.read_text("utf-8"), "utf-8")
        (hooks / hook).chmod(0o755)
    (repo.path / ".gitattributes").write_text("*.md filter=evil diff=evil\n", "utf-8")
    since = repo.commit()
    marker.unlink(missing_ok=True)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "diff.evil.textconv",
        "filter.evil.smudge",
        "gpg.program",
    ):
        repo.git("config", key, str(program))
    repo.git("config", "log.showSignature", "true")
    marker.unlink(missing_ok=True)
    repo.outlet.story("a", body=OTHER)
    assert repo.codes(since=since) == ["silent-edit"]
    assert repo.codes(since=since, until=since) == []
    assert not marker.exists()


def asked(repo: Repo, *flags: str) -> subprocess.CompletedProcess[str]:
    return repo.outlet.run("audit", "--content", "site/content", "--now", NOW, *flags, cwd=repo.path)


def test_the_command_tells_in_each_format_and_fails(repo: Repo) -> None:
    assert asked(repo).stdout == "No silent edits: there is no earlier revision to compare with.\n"
    since = repo.commit()
    repo.outlet.story("a", body=OTHER)
    done = asked(repo, "--since", since)
    assert done.returncode == 1
    said, line = done.stdout.splitlines()[:2]
    assert said.startswith(
        "site/content/articles/a.md:10: error: silent-edit: 40 words of this published story changed"
    )
    assert line.startswith("   10 | other0 ")
    found = json.loads(asked(repo, "--since", since, "--format", "json").stdout)
    assert [(each["path"], each["line"], each["code"]) for each in found] == [
        ("site/content/articles/a.md", 10, "silent-edit")
    ]
    told = asked(repo, "--since", since, "--format", "github").stdout
    assert told.startswith("::error file=site/content/articles/a.md,line=10,title=silent-edit::40 words")
    repo.outlet.story("a", body=OTHER, minor="true")
    done = asked(repo, "--since", since)
    assert (done.returncode, done.stdout) == (0, f"No silent edits: 1 published story changed since {since[:7]}.\n")


def test_a_story_that_cannot_be_read_any_more_is_told_of(repo: Repo) -> None:
    since = repo.commit()
    for slug in ("a", "new"):
        repo.outlet.story(slug, body=f"{OTHER} <script>x</script>")
    said = f"0 published stories changed since {since[:7]}; 1 not compared because of faults, which ./inv check shows"
    assert asked(repo, "--since", since).stdout == f"No silent edits: {said}.\n"


def test_a_revision_of_another_outlet_is_told_of(repo: Repo) -> None:
    since = repo.commit()
    (repo.outlet.content / "articles" / "a.md").unlink()
    repo.outlet.story("b", body=WORDS)
    repo.commit()
    assert (
        ", which has none of these stories: point the Git remote origin at your own repository"
        in asked(repo, "--since", since).stdout
    )


def test_stories_that_moved_are_none_of_another_outlet(repo: Repo) -> None:
    since = repo.commit()
    articles = repo.outlet.content / "articles"
    (articles / "a.md").rename(articles / "b.md")
    assert not audit(Options(content=str(repo.outlet.content), now=NOW), since).is_strange, (
        "it is the same to the letter"
    )
    (articles / "b.md").rename(articles / "a.md")
    repo.moved("a", "articles/2026", body=FEW)
    assert asked(repo, "--since", since).stdout == f"No silent edits: 1 published story changed since {since[:7]}.\n"


def test_the_command_says_in_a_line_why_it_compared_nothing(repo: Repo) -> None:
    done = asked(repo, "--since", "nowhere")
    assert (done.returncode, done.stderr) == (2, '"nowhere" is not a revision of this repository.\n')
    assert asked(repo, "--format", "xml").returncode == 2
