"""A site that stands is not built again; whatever it is made of, a change of it is seen."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from broadside.build import tree
from broadside.build import up_to_date as module
from broadside.build.report import Report
from broadside.build.up_to_date import NOTE, inputs
from broadside.config.options import FOLDERS, Options, settings_in
from broadside.digests import of_code
from broadside.store import FILE, Store, only
from tests.checkout import checkout
from tests.repository import PROJECT
from tests.sample import NOW, Outlet

LATER = "2026-11-25T09:30"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    outlet = Outlet(tmp_path_factory.mktemp("standing"))
    outlet.photo()
    outlet.story("one", photo="photos/harbour.jpg", alt="A harbour.", credit="Photo by Ana Pereira")
    outlet.story("held", date="2026-11-25T10:00")
    outlet.story("long", dek="Too long a dek. " * 30)  # a warning
    assert outlet.rebuild().startswith("2 stories published, 1 held")
    return outlet


@pytest.fixture
def outlet(built: Outlet, monkeypatch: pytest.MonkeyPatch) -> Outlet:
    """The outlet as it was built."""
    monkeypatch.setattr("broadside.store.SETTLED", 0)
    assert up_to_date(asked(built)) is not None
    return built


@pytest.fixture
def edited(outlet: Outlet) -> Iterator[Outlet]:
    """The outlet, which is put right and built again afterwards."""
    texts = {path: path.read_bytes() for path in outlet.content.rglob("*") if path.is_file()}
    yield outlet
    for path in outlet.content.rglob("*"):
        if path.is_file() and path not in texts:
            path.unlink()
    for path, text in texts.items():
        path.write_bytes(text)
    outlet.rebuild()


def asked(outlet: Outlet, now: str = LATER) -> Options:
    return Options(content=str(outlet.content), output=str(outlet.output), now=now)


def up_to_date(options: Options) -> Report | None:
    return module.up_to_date(options, inputs(options), settings_in(options.conf))


def test_a_site_that_stands_is_reported_as_by_a_build(edited: Outlet) -> None:
    report = up_to_date(asked(edited))
    assert report is not None
    said, files = str(report), len(edited.files())
    assert said.startswith(
        f"2 stories published, 1 held, 0 drafted; 0 pages written, {files} skipped; "
    )
    Store(edited.cache).keep(only(NOTE, None))
    assert edited.rebuild().rpartition(";")[0] == said.rpartition(";")[0]
    again = up_to_date(asked(edited))
    assert again is not None
    assert again.warnings == report.warnings


def moved(folder: Path, elsewhere: Path) -> None:
    """Put a folder somewhere else, and a link in its place."""
    shutil.rmtree(elsewhere, ignore_errors=True)
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)


EDITS: dict[str, Callable[[Outlet], object]] = {
    "a story": lambda outlet: outlet.story("one", body="Other."),
    "a new story": lambda outlet: outlet.story("new"),
    "a story that goes": lambda outlet: (outlet.content / "articles/long.md").unlink(),
    "a list": lambda outlet: outlet.write(
        "sections.yml", "- name: Europe\n- name: Asia\n- name: Briefs\n"
    ),
    "a photo": lambda outlet: outlet.photo(colour="navy"),
    "a file that does not belong there": lambda outlet: outlet.write("stray.txt", "x"),
    "a page of the site": lambda outlet: (outlet.output / "index.html").write_text("mine"),
    "a page of the site that goes": lambda outlet: (
        outlet.output / "2026/11/one/index.html"
    ).unlink(),
    "the times of a page of the site": lambda outlet: os.utime(outlet.output / "index.html"),
    "the site": lambda outlet: shutil.rmtree(outlet.output),
    "what is added to the site": lambda outlet: (outlet.output / "CNAME").write_text("x"),
    "a link in place of a folder": lambda outlet: moved(
        outlet.output / "2026", outlet.path / "elsewhere"
    ),
    "no store": lambda outlet: (outlet.cache / FILE).unlink(),
    "no page kept": lambda outlet: Store(outlet.cache).keep_pages({}, None),
    "a build that was killed after the exchange": lambda outlet: Store(outlet.cache).keep(
        only(tree.NOTE, tree.Exchanged(7, has_begun=True))
    ),
    "damage": lambda outlet: (outlet.cache / FILE).write_bytes(
        (outlet.cache / FILE).read_bytes()[:4096]
    ),
    "nonsense": lambda outlet: Store(outlet.cache).keep(only(NOTE, [], inputs(asked(outlet)))),
    "nothing noted": lambda outlet: Store(outlet.cache).keep(only(NOTE, None)),
}


@pytest.mark.parametrize(
    "odd", [{"PLUGINS": [7]}, {"PLUGINS": 7}, {"THEME_TEMPLATES_OVERRIDES": 7}, {"X": iter([])}]
)
def test_odd_settings_are_left_for_the_build_to_refuse(
    outlet: Outlet, monkeypatch: pytest.MonkeyPatch, odd: dict[str, object]
) -> None:
    settings = settings_in("pelicanconf.py")
    monkeypatch.setattr(module, "settings_in", lambda *_: settings.but(**odd))
    assert inputs(asked(outlet)) == ""


@pytest.mark.parametrize("setting", ["THEME", *FOLDERS])
def test_the_file_behind_a_link_counts_in_each_folder_of_an_outlets_own(
    outlet: Outlet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, setting: str
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "a").symlink_to(tmp_path / "a")
    value = [str(folder)] if "TEMPLATES" in setting else str(folder)
    settings = settings_in("pelicanconf.py").but(**{setting: value})
    monkeypatch.setattr(module, "settings_in", lambda *_: settings)
    found = set()
    for text in ("one", "two"):
        (tmp_path / "a").write_text(text, "utf-8")
        found.add(inputs(asked(outlet)))
    assert len(found - {""}) == 2


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_any_change_is_seen(edited: Outlet, edit: Callable[[Outlet], object]) -> None:
    edit(edited)
    assert up_to_date(asked(edited)) is None


def test_an_empty_folder_counts_because_its_name_may_be_a_fault(outlet: Outlet) -> None:
    folder = outlet.content / "articles" / "Zoe\u0308"
    folder.mkdir()
    try:
        assert up_to_date(asked(outlet)) is None
        assert outlet.rebuild().startswith("FaultsFound")
    finally:
        folder.rmdir()
    assert up_to_date(asked(outlet)) is not None


@pytest.mark.parametrize(
    "other",
    [{"drafts": True}, {"production": True}, {"siteurl": "https://example.org"}, {"clean": True}],
    ids=str,
)
def test_other_options_are_another_build(outlet: Outlet, other: dict[str, bool | str]) -> None:
    assert up_to_date(replace(asked(outlet), **other)) is None


@pytest.mark.parametrize(
    ("now", "stands"),
    [
        (NOW, True),
        ("2026-11-25T08:59:59", False),
        ("2026-11-25T09:59:59", True),
        ("2026-11-25T10:00", False),
    ],
)
def test_a_site_stands_from_its_clock_until_something_is_due(
    outlet: Outlet, now: str, stands: bool
) -> None:
    assert (up_to_date(asked(outlet, now)) is not None) == stands


PARTS: dict[str, tuple[str, str]] = {
    "setting": ("pelicanconf.py", "\nINDEX_SIZE = 7\n"),
    "setting that is no plain value": ("pelicanconf.py", "\nJINJA_FILTERS = {'x': str}\n"),
    "template": ("broadside/theme/templates/base.html", "<!-- x -->"),
    "stylesheet": ("broadside/theme/static/css/base.css", "/* x */"),
    "code": ("broadside/build/run.py", "# x"),
}


def test_another_engine_or_outlet_is_another_build(
    outlet: Outlet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(PROJECT / name, tmp_path)
    shutil.copytree(
        PROJECT / "broadside", tmp_path / "broadside", ignore=shutil.ignore_patterns("__pycache__")
    )
    with (tmp_path / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"\nTHEME = {str(tmp_path / 'broadside' / 'theme')!r}\n")
    monkeypatch.setattr("broadside.digests.ENGINE", tmp_path / "broadside")
    monkeypatch.setattr(module, "of_code", of_code.__wrapped__)  # a process reads its code once
    monkeypatch.setattr(module, "OUTLET", tmp_path)
    monkeypatch.setattr("broadside.config.options.OUTLET", tmp_path)
    before = inputs(asked(outlet))
    assert before
    assert inputs(asked(outlet)) == before
    for name, (path, more) in PARTS.items():
        file = tmp_path / path
        text = file.read_text("utf-8")
        file.write_text(text + more, "utf-8")
        assert inputs(asked(outlet)) != before, name
        file.write_text(text, "utf-8")


def test_a_source_that_has_just_changed_is_not_trusted(
    outlet: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadside.store.SETTLED", 2_000_000_000_000_000)
    assert up_to_date(asked(outlet)) is None


def _built_after_waiting(outlet: Outlet, file: Path, text: str) -> tuple[int, str]:
    """Build behind another build, while whose lock is held a file gets a new text; the exit code,
    and what was said.
    """
    command = outlet.command(
        "build", "--content", str(outlet.content), "--output", str(outlet.output), "--now", NOW
    )
    with (outlet.cache / "lock").open("w") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        assert process.stderr
        while "waiting for it" not in (line := process.stderr.readline()):
            assert line, "it ended"
        file.write_text(text, "utf-8")
        fcntl.lockf(lock, fcntl.LOCK_UN)
    _, said = process.communicate(timeout=60)
    return process.returncode, said


def test_a_build_that_had_to_wait_notes_what_it_was_made_of_when_its_turn_came(
    tmp_path: Path,
) -> None:
    """The theme may be another by then, and be put back before the next build."""
    outlet = Outlet(tmp_path, checkout(tmp_path / "project"))
    outlet.story("one")
    assert " skipped" in outlet.rebuild()
    template = outlet.project / "broadside" / "theme" / "templates" / "article.html"
    text = template.read_text("utf-8")
    outlet.story("one", body="Another text.")
    other = text.replace('<article class="story{{', '<article class="story other{{')
    code, _ = _built_after_waiting(outlet, template, other)
    assert code == 0
    template.write_text(text, "utf-8")
    assert "0 pages written" not in outlet.rebuild()
    assert b"story other" not in b"".join(outlet.files().values())
