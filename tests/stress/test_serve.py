"""./inv serve while somebody works on the project itself: its code, its settings, its theme, its
environment.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.checkout import checkout
from tests.commands import running
from tests.commands.running import Serving, change
from tests.sample import Outlet
from tools.bench.corpus import story, write_one_of_ours, write_ours

STORIES, SAVES = (
    int(os.environ.get("BROADSIDE_STORIES", "1000")),
    int(os.environ.get("BROADSIDE_SAVES", "30")),
)
"""The size of the archive in which no save may be lost, and how many are made: 10,000 and 100 take
eight minutes.
"""


@pytest.fixture
def apart(tmp_path: Path) -> Outlet:
    """An outlet with a project of its own, whose code, settings and theme a test may change."""
    made = Outlet(tmp_path, checkout(tmp_path / "project"))
    made.story("wind")
    return made


def test_changed_code_and_settings_count_from_the_next_build_on(apart: Outlet) -> None:
    project = apart.project
    with Serving(apart) as serving:
        change(project / "broadside" / "words.py", '"day": first,', '"day": f"on {first}",')
        serving.built(2)
        assert "on 20 November 2026" in serving.get("2026/11/wind/")
        change(project / "pelicanconf.py", '"Halyard"', '"Mainsail"')
        serving.built(3)
        assert "Mainsail" in serving.get("2026/11/wind/")
        change(apart.content / "articles" / "wind.md", "Body.", "Another body.")
        serving.built(4)
        page = serving.get("2026/11/wind/")
        assert all(words in page for words in ("on 20 November 2026", "Mainsail", "Another body."))


SAVING = """
import multiprocessing
from pathlib import Path

_order, _words = Path(__file__).with_name("save.txt"), Path(__file__).parent / "broadside" / "words.py"
if multiprocessing.parent_process() and _order.exists():
    _words.write_text(_words.read_text("utf-8").replace(*_order.read_text("utf-8").split("=")), "utf-8")
    _order.unlink()
"""
"""Settings that save code, once, as a build begins: its process has loaded that already."""


def test_code_that_is_saved_as_a_build_begins_counts_from_the_next_one_on(apart: Outlet) -> None:
    with (apart.project / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write(SAVING)
    days = (
        "first",
        'f"on {first}"',
        'f"of {first}"',
    )  # by a process that is forked, and then by one that starts afresh
    with Serving(apart) as serving:

        def shows(word: str) -> bool:
            return f"{word} 20 November" in serving.get("2026/11/wind/")

        for number, (old, new) in enumerate(pairwise(days)):
            (apart.project / "save.txt").write_text(f'"day": {old},="day": {new},', "utf-8")
            change(
                apart.content / "articles" / "wind.md",
                f"Body{'!' * number}.",
                f"Body{'!' * number}!.",
            )
            # Not a number of builds: the process of the build before may load the settings late,
            # and save the code then.
            serving.until(partial(shows, new[2:4]), f"the day {new}")


def test_an_environment_that_falls_behind_is_told(apart: Outlet) -> None:
    with Serving(apart) as serving:
        (apart.project / "requirements.lock").write_text("another==1.0\n", "utf-8")
        serving.says(
            "requirements.lock has changed. Start ./inv serve again, and the environment follows"
            " it.\n"
        )
        serving.built(2)


@pytest.mark.parametrize("path", ["broadside/dates.py", "broadside/config/options.py"])
def test_code_that_cannot_be_loaded_is_told_in_words_until_it_is_mended(
    apart: Outlet, path: str
) -> None:
    with Serving(apart) as serving:
        code = apart.project / path
        sound = code.read_text("utf-8")
        code.write_text(f"<<<<<<< HEAD\n{sound}", "utf-8")
        serving.says(f"Broadside failed: SyntaxError: invalid syntax ({code.name}, line 1)")
        assert "Headline of wind" in serving.get("2026/11/wind/")
        code.write_text(sound, "utf-8")
        serving.built(2)
        assert "Traceback" not in serving.said
        assert "without a message" not in serving.said


def test_a_story_that_is_saved_while_the_theme_is_at_fault_brings_no_traceback(
    apart: Outlet,
) -> None:
    with Serving(apart) as serving:
        change(
            apart.project / "broadside" / "theme" / "templates" / "article.html", "{%", "{% if %}{%"
        )
        serving.says("article.html:")
        change(apart.content / "articles" / "wind.md", "Body.", "Another body.")
        serving.until(
            lambda: serving.said.count("article.html:") == 2, "the next build says it too"
        )
        assert "Traceback" not in serving.said


def test_no_save_is_lost_in_an_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    outlet = Outlet(tmp_path, checkout(tmp_path / "project"))
    write_ours(outlet.content, STORIES)
    with monkeypatch.context() as first_build:
        first_build.setattr(running, "PATIENCE", 1800)
        serving = Serving(outlet, output="project/preview").__enter__()
    chance, seconds = random.Random(7), []
    try:
        for number in range(SAVES):
            one = story(chance.randrange(STORIES))
            words, address = (
                f"These are the words of save {number}.",
                f"{one.date:%Y/%m}/{one.slug}/",
            )
            file = write_one_of_ours(outlet.content, replace(one, blocks=[*one.blocks, words]))
            saved = time.monotonic()
            while words not in serving.get(address):
                assert time.monotonic() < saved + running.PATIENCE, (
                    f"save {number} of {file} was lost"
                )
                time.sleep(0.02)
            seconds.append(time.monotonic() - saved)
            time.sleep(max(0.0, chance.uniform(0.3, 2) - seconds[-1]))
    finally:
        serving.__exit__()
    seconds.sort()
    record_property("saves, all of them shown", f"{len(seconds)} in {STORIES:,} stories")
    record_property(
        "seconds until half, nine tenths, all were",
        [f"{seconds[-1 - len(seconds) // n]:.2f}" for n in (2, 10)] + [f"{seconds[-1]:.2f}"],
    )
