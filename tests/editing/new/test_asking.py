"""./inv new at a terminal: a writer is asked for what is missing, and a photo comes with its
words.
"""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image

from broadside.editing.new import NotStarted, copied, handed_in
from tests.media.test_wording_in_photos import with_iptc
from tests.sample import NOW, Outlet

IPTC = (
    (1, 90, b"\x1b%G"),
    (2, 80, b"A. Person"),
    (2, 110, b"Agency"),
    (2, 120, b"The quay: at dawn"),
)


class Terminal:
    """A writer at a terminal: sees what is printed, and types."""

    def __init__(self, outlet: Outlet, *words: str, editor: str = "") -> None:
        outside, inside = pty.openpty()
        command = outlet.command("new", *words, "--content", "content")
        env = os.environ | {
            "GIT_CONFIG_GLOBAL": str(outlet.path / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        env |= {"EDITOR": editor, "VISUAL": ""}
        self.process = subprocess.Popen(
            command,
            cwd=outlet.path,
            env=env,
            stdin=inside,
            stdout=inside,
            stderr=inside,
            close_fds=True,
        )
        os.close(inside)
        self.outside, self.seen = outside, ""

    def read_until(self, words: str) -> str:
        """What is printed up to these words."""
        before = time.monotonic() + 60
        while words not in self.seen:
            assert time.monotonic() < before, self.seen
            if select.select([self.outside], [], [], 1)[0]:
                try:
                    self.seen += os.read(self.outside, 4096).decode()
                except OSError:  # the other side is closed
                    break
        found, _, self.seen = self.seen.partition(words)
        return found

    def answer(self, question: str, words: str) -> str:
        """What is printed before the question, which is then answered."""
        said = self.read_until(question)
        os.write(self.outside, f"{words}\n".encode())
        return said

    def end(self) -> tuple[int, str]:
        said = self.read_until("nobody prints this")
        os.close(self.outside)
        return self.process.wait(60), self.seen + said


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    made.author("Ben Okafor")
    made.author("Bea Oldman")
    (tmp_path / "gitconfig").write_text("[user]\nname = ben okafor\n")
    return made


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    path = tmp_path / "My Card" / "DSC 0042 Größe.JPG"
    path.parent.mkdir()
    Image.new("RGB", (60, 40), "teal").save(path, "jpeg")
    return with_iptc(path, *IPTC)


@pytest.mark.git
def test_everything_is_asked_for_and_bad_answers_are_asked_again(
    outlet: Outlet, shot: Path
) -> None:
    outlet.story("the-ice-road")
    terminal = Terminal(outlet)
    terminal.answer("Headline: ", "The ice road")
    assert 'is called "the-ice-road" already' in terminal.answer("Headline: ", "The quay waits")
    terminal.answer("Enter for later): ", "No crane has moved for a week: it is cold.")
    assert re.search(r"1  Europe\s+2  Asia\s+3  Briefs", terminal.answer("Section: ", "Eurpoe"))
    assert 'did you mean "Europe"?' in terminal.answer("Section: ", "2")
    assert "Bea Oldman" in terminal.answer("Author [Ben Okafor]: ", "")
    terminal.answer("Type [Analysis]: ", "opin")
    assert "is no file" not in terminal.answer("Photo (its file; Enter for none): ", "nowhere.jpg")
    assert 'There is no file "nowhere.jpg".' in terminal.answer(
        "Photo (its file; Enter for none): ", f"'{shot}' "
    )
    terminal.answer("Enter for later): ", "A grey ship.")
    terminal.answer("Caption [The quay: at dawn]: ", "")
    terminal.answer("Credit [Photo by A. Person/Agency]: ", "")
    code, said = terminal.end()
    assert code == 0, said
    text = next((outlet.content / "articles").rglob("the-quay-waits.md")).read_text("utf-8")
    for line in (
        "title: The quay waits",
        'dek: "No crane has moved for a week: it is cold."',
        "section: Asia",
        "author: Ben Okafor",
        "type: Opinion",
        "photo: photos/dsc-0042-grosse.jpg",
        "alt: A grey ship.",
        'caption: "The quay: at dawn"',
        "credit: Photo by A. Person/Agency",
    ):
        assert f"\n{line}\n" in text, text
    assert (outlet.content / "photos" / "dsc-0042-grosse.jpg").read_bytes() == shot.read_bytes(), (
        "nothing is stripped"
    )
    assert "1 drafted" in outlet.rebuild(drafts=True)
    assert outlet.html("drafts/the-quay-waits/").select_one("figure.photo .credit")


@pytest.mark.slow
def test_who_says_all_that_is_needed_is_asked_nothing(outlet: Outlet) -> None:
    code, said = Terminal(
        outlet, "A fresh one", "--section", "Europe", "--author", "Ben Okafor"
    ).end()
    assert code == 0
    assert "Photo" not in said


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["", "n"])
def test_the_writers_editor_is_offered(outlet: Outlet, tmp_path: Path, answer: str) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\necho "$1: The text." && echo "The text." >>"$2"\n')
    editor.chmod(0o755)
    words = (
        "A fresh one",
        "--section",
        "Europe",
        "--author",
        "Ben Okafor",
        "--dek",
        "One sentence.",
    )
    terminal = Terminal(outlet, *words, editor=f"'{editor}' --wait")
    said = terminal.answer("Open it in my editor? (y or n) [y]: ", answer)
    assert "http://127.0.0.1:8000/drafts/a-fresh-one/" in said
    code, said = terminal.end()
    text = next((outlet.content / "articles").rglob("a-fresh-one.md")).read_text("utf-8")
    assert (code, text.endswith("\nThe text.\n"), "--wait: The text." in said) == (
        0,
        not answer,
        not answer,
    )
    assert "\ndek: One sentence.\n" in text


@pytest.mark.slow
def test_ctrl_d_leaves_nothing(outlet: Outlet) -> None:
    terminal = Terminal(outlet, "A fresh one")
    terminal.answer("Enter for later): ", "")
    terminal.read_until("Section: ")
    os.write(terminal.outside, b"\x04")
    code, said = terminal.end()
    assert (code, "Nothing was started." in said) == (1, True)
    assert list((outlet.content / "articles").rglob("*.md")) == []


def test_without_a_terminal_nobody_is_asked(outlet: Outlet) -> None:
    done = outlet.run("new", "", "--content", "content")
    assert done.returncode == 1


def test_a_photo_can_be_given_on_the_command_line(outlet: Outlet, shot: Path) -> None:
    words = ("A fresh one", "--photo", str(shot), "--alt", "A grey ship.", "--content", "content")
    assert outlet.run("new", *words).returncode == 0
    text = next((outlet.content / "articles").rglob("a-fresh-one.md")).read_text("utf-8")
    assert "\nphoto: photos/dsc-0042-grosse.jpg\nalt: A grey ship.\n" in text


def test_a_photo_that_lacks_words_waits_behind_hash_signs(outlet: Outlet, shot: Path) -> None:
    assert (
        outlet.run("new", "A fresh one", "--photo", str(shot), "--content", "content").returncode
        == 0
    )
    path = next((outlet.content / "articles").rglob("a-fresh-one.md"))
    outlet.story("first")
    done = outlet.build()
    assert (done.returncode, done.stderr) == (0, ""), "a fresh draft is no fault"
    outlet.build("--drafts")
    assert outlet.html("drafts/a-fresh-one/").select_one("h1.headline"), (
        "nor where drafts are shown, though nobody has signed it"
    )
    kept = path.read_text("utf-8")
    assert '# photo: photos/dsc-0042-grosse.jpg\n# alt:\n# caption: "The quay: at dawn"\n' in kept
    bare = re.sub(r"(?m)^# (?=photo|alt|caption|credit)", "", kept)
    path.write_text(bare, "utf-8")
    assert 'no "alt"' in outlet.build("--drafts", "--now", NOW).stderr, (
        "and nothing of ours stands for it"
    )
    path.write_text(bare.replace("alt:\n", "alt: A grey ship.\n"), "utf-8")
    done = outlet.build("--drafts", "--now", NOW)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("form", ["{}", "'{}' ", '"{}"', "file://{}"])
def test_a_path_is_understood_as_terminals_write_it(shot: Path, form: str) -> None:
    written = form.format(
        shot
        if "file" not in form
        else str(shot).replace(" ", "%20").replace("ö", "%C3%B6").replace("ß", "%C3%9F")
    )
    assert handed_in(written).caption == "The quay: at dawn"
    assert handed_in(str(shot).replace(" ", "\\ ")).source == shot
    odd = shot.rename(shot.with_name("50%25 off? #1.jpg"))
    assert handed_in(f"'{odd}'").source == odd, "a path is no address"


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.jpg").write_text("<svg onload=alert(1)>")
    for name in ("x.jpg", "none.jpg", "x.jpg x.jpg"):
        with pytest.raises(NotStarted):
            handed_in(str(tmp_path / name))
    with pytest.raises(NotStarted):
        handed_in("")


def test_no_photo_is_ever_replaced_and_the_same_one_is_not_copied_twice(
    tmp_path: Path, shot: Path
) -> None:
    content = tmp_path / "content"
    photo = handed_in(str(shot))
    for _ in range(2):
        assert copied(photo, content, "x") == "photos/dsc-0042-grosse.jpg"
    assert len(list((content / "photos").iterdir())) == 1
    Image.new("RGB", (60, 40), "red").save(shot, "jpeg")
    assert copied(handed_in(str(shot)), content, "x") == "photos/dsc-0042-grosse-2.jpg"
    assert (content / "photos" / "dsc-0042-grosse-2.jpg").read_bytes() == shot.read_bytes()
    (content / "photos" / "dsc-0042-grosse-2.jpg").unlink()
    (content / "photos" / "dsc-0042-grosse-2.jpg").mkdir()
    assert copied(handed_in(str(shot)), content, "x") == "photos/dsc-0042-grosse-3.jpg"
    inside = content / "photos" / "deep" / "a.jpg"
    inside.parent.mkdir()
    shutil.copy(shot, inside)
    assert copied(handed_in(str(inside)), content, "x") == "photos/deep/a.jpg"
    assert len(list((content / "photos").iterdir())) == 4


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("con.jpg", "a-story.jpg"),
        ("写真.jpeg", "xie-zhen.jpeg"),
        ("..jpg", "a-story.jpg"),
        ("-rf.JPG", "rf.jpg"),
    ],
)
def test_names_are_made_safe(tmp_path: Path, shot: Path, name: str, safe: str) -> None:
    path = tmp_path / "from" / name
    path.parent.mkdir()
    shutil.copy(shot, path)
    if name == "..jpg":
        path = path.rename(path.with_name("....jpg"))
    assert copied(handed_in(str(path)), tmp_path / "content", "a-story") == f"photos/{safe}"


@pytest.mark.slow
def test_the_slug_of_a_headline_in_kanji_is_asked_for(outlet: Outlet) -> None:
    terminal = Terminal(outlet, "図書館の朝", "--section", "Europe")
    terminal.answer("Slug", "図書館")
    terminal.answer("Slug", "library-morning")
    terminal.answer("Dek", "")
    terminal.answer("Author", "")
    terminal.answer("Type", "")
    terminal.answer("Photo", "")
    assert terminal.end()[0] == 0
    assert "slug: library-morning\n" in next(outlet.content.rglob("library-morning.md")).read_text(
        "utf-8"
    )
