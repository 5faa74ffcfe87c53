"""Real builds of projects with a slip in their settings: they end with the line and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checkout import checkout
from tests.outlet import Outlet

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("slip", ["TARGET", "NEWSLETER"])
def test_a_slip_in_publishconf_ends_any_build_with_its_line(tmp_path: Path, slip: str) -> None:
    project = checkout(tmp_path / "project")
    conf = project / "publishconf.py"
    line = len(conf.read_text("utf-8").splitlines()) + 1
    conf.write_text(f"{conf.read_text('utf-8')}{slip} = None\n", "utf-8")
    outlet = Outlet(tmp_path, project)
    outlet.story()
    for flags in ((), ("--production",)):
        done = outlet.build(*flags, cwd=project)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(f"publishconf.py:{line}: {slip} is not a setting; did you mean ")


def test_a_slip_in_pelicanconf_ends_any_build_with_its_line_and_nothing_else(tmp_path: Path) -> None:
    project = checkout(tmp_path / "project")
    conf = project / "pelicanconf.py"
    conf.write_text(conf.read_text("utf-8").replace('SITENAME = "Halyard"', "SITENAME = 3"))
    outlet = Outlet(tmp_path, project)
    outlet.story()
    said = "pelicanconf.py:8: SITENAME should be text in quotes; docs/settings.md says how it is written\n"
    for flags in ((), ("--production",)):
        done = outlet.build(*flags, cwd=project)
        assert (done.returncode, done.stdout, done.stderr) == (1, "", said)
    conf.write_text(conf.read_text("utf-8").replace("SITENAME = 3", "SITENAME = Halyard"))
    done = outlet.build("--production", cwd=project)
    assert done.stderr == "pelicanconf.py:8: NameError: name 'Halyard' is not defined\n"


def test_a_link_to_a_place_that_is_not_there_ends_a_build_with_the_line_of_the_setting(tmp_path: Path) -> None:
    project = checkout(
        tmp_path / "project", 'POLICIES = {\n    "masthead": "about/",\n    "ethicsPolicy": "about/#whoo",\n}'
    )
    line = (project / "pelicanconf.py").read_text("utf-8").splitlines().index('    "ethicsPolicy": "about/#whoo",') + 1
    outlet = Outlet(tmp_path, project)
    outlet.story()
    outlet.page("about", body="## Who")
    done = outlet.build(cwd=project)
    said = 'of the setting POLICIES, the link "about/#whoo" leads to a page that has no such place; did you mean "who"?'
    assert f"pelicanconf.py:{line}: error: link-fragment: {said}" in done.stderr
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_setting_of_ones_own_is_there_in_both_files(tmp_path: Path) -> None:
    project = checkout(tmp_path / "project", '_DONATE = "Give us a coin"\n_TWICE = _DONATE * 2')
    page = project / "broadside" / "theme" / "templates" / "components" / "colophon.html"
    page.write_text(page.read_text("utf-8").replace("<footer", "<b>{{ _DONATE }}</b><footer"), "utf-8")
    outlet = Outlet(tmp_path, project)
    outlet.story()
    for flags in ((), ("--production",)):
        assert outlet.build(*flags, cwd=project).returncode == 0
        assert "<b>Give us a coin</b>" in outlet.files()["index.html"].decode()


def test_a_preview_s_address_is_refused_for_the_live_site_and_allowed_for_a_rehearsal(tmp_path: Path) -> None:
    project = checkout(tmp_path / "project")
    conf = project / "publishconf.py"
    conf.write_text(conf.read_text("utf-8").replace("https://halyard.example", "http://localhost:8118"), "utf-8")
    outlet = Outlet(tmp_path, project)
    outlet.story()
    assert outlet.build("--production", cwd=project).returncode == 1
    for address in ("http://localhost:8118", "http://127.0.0.1:8118"):
        assert outlet.build("--production", "--siteurl", address, cwd=project).returncode == 0
        assert f'href="{address}/2026/11/a-story/"' in outlet.files()["2026/11/a-story/index.html"].decode()
    done = outlet.run("publish", "--to", "live", "--content", "content", "--output", "output")
    assert done.returncode != 0, "nobody could follow its links"
