"""Real builds of projects with a slip in their settings: they end with the line and nothing
else.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checkout import checkout
from tests.sample import Outlet

pytestmark = pytest.mark.slow


def test_a_slip_in_pelicanconf_ends_any_build_with_its_line_and_nothing_else(
    tmp_path: Path,
) -> None:
    project = checkout(tmp_path / "project")
    conf = project / "pelicanconf.py"
    conf.write_text(conf.read_text("utf-8").replace('SITENAME = "Halyard"', "SITENAME = 3"))
    outlet = Outlet(tmp_path, project)
    outlet.story()
    for flags in ((), ("--production",)):
        done = outlet.build(*flags, cwd=project)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("pelicanconf.py:8: SITENAME: ")
    conf.write_text(conf.read_text("utf-8").replace("SITENAME = 3", "SITENAME = Halyard"))
    assert outlet.build("--production", cwd=project).stderr.startswith(
        "pelicanconf.py:8: NameError"
    )


def test_a_setting_of_ones_own_is_there_in_both_files(tmp_path: Path) -> None:
    project = checkout(tmp_path / "project", '_DONATE = "Give us a coin"\n_TWICE = _DONATE * 2')
    page = project / "broadside" / "theme" / "templates" / "components" / "colophon.html"
    page.write_text(
        page.read_text("utf-8").replace("<footer", "<b>{{ _DONATE }}</b><footer"), "utf-8"
    )
    outlet = Outlet(tmp_path, project)
    outlet.story()
    for flags in ((), ("--production",)):
        assert outlet.build(*flags, cwd=project).returncode == 0
        assert "<b>Give us a coin</b>" in outlet.files()["index.html"].decode()


def test_a_preview_s_address_is_refused_for_the_live_site_and_allowed_for_a_rehearsal(
    tmp_path: Path,
) -> None:
    project = checkout(tmp_path / "project")
    conf = project / "publishconf.py"
    conf.write_text(
        conf.read_text("utf-8").replace("https://halyard.example", "http://localhost:8118"), "utf-8"
    )
    outlet = Outlet(tmp_path, project)
    outlet.story()
    assert outlet.build("--production", cwd=project).returncode == 1
    for address in ("http://localhost:8118", "http://127.0.0.1:8118"):
        assert outlet.build("--production", "--siteurl", address, cwd=project).returncode == 0
        assert (
            f'href="{address}/2026/11/a-story/"'
            in outlet.files()["2026/11/a-story/index.html"].decode()
        )
    done = outlet.run("publish", "--to", "live", "--content", "content", "--output", "output")
    assert done.returncode != 0, "nobody could follow its links"
