"""The command that publishes, whatever the kind of its target."""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from broadside.build.release import Release
from broadside.build.staging import Staging
from broadside.config import files
from broadside.config.destinations import Destination
from broadside.config.options import OptionRefused, Options
from broadside.publish.command import Publishing
from broadside.publish.plan import Plan
from tests.repository import PROJECT
from tests.sample import Outlet

FORK = multiprocessing.get_context("fork")


def test_no_build_takes_the_place_of_what_is_being_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pages would go live under the digests of this release, which every later one believes."""
    outlet = Outlet(tmp_path)
    outlet.story()
    assert "1 story published" in outlet.rebuild(production=True, siteurl="https://halyard.test")
    staging = Staging(outlet.output, outlet.cache, outlet.content, PROJECT)
    steps: Any = FORK.Queue()

    def build() -> None:
        with staging.locked(lambda: steps.put("waits")):
            steps.put("builds")

    class Elsewhere:
        """A target that takes so long that a build begins."""

        def __init__(self, *_: object) -> None:
            self.build = FORK.Process(target=build)

        def live(self) -> None:
            """Nothing is there."""

        def files(self, *_: object) -> Mapping[str, str]:
            return {}

        def send(self, _live: None, _new: Release, _plan: Plan) -> None:
            self.build.start()
            assert steps.get(timeout=30) == "waits"

    monkeypatch.setattr("broadside.publish.command.destination", lambda *_: Destination(check=0))
    monkeypatch.setattr("broadside.publish.pages.Pages", Elsewhere)
    said = Publishing(Options(str(outlet.content), str(outlet.output)), "elsewhere").publish()
    assert said.startswith("Published ")
    assert steps.get(timeout=30) == "builds"


def test_a_target_that_is_described_wrongly_is_refused_before_anything_is_asked_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = files.settings_in(files.LIVE, PROJECT) | {"TARGETS": {"live": {"kind": "ssh2"}}}
    monkeypatch.setattr(files, "settings_in", lambda *_: settings)
    with pytest.raises(OptionRefused) as refused:
        Publishing(Options(), "live").roll_back(1)
    assert refused.value.code == 1
