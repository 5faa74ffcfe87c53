"""What others say of the pages: Lighthouse as on a phone, axe-core on access, and the Nu checker on
the HTML.
"""

from __future__ import annotations

import json
import statistics
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from broadside.config.options import Options, settings_of
from broadside.plugins.styleguide.command.guide import document, examples
from broadside.plugins.styleguide.command.stage import Stage
from tests.conftest import FLAGS
from tests.reader.conftest import BUDGETS, TEMPLATES
from tools.suites import READER, chromium, node

HERE, MODULES = Path(__file__).parent, READER / "node_modules"
LIGHTHOUSE = BUDGETS["lighthouse"]
MEASURED = TEMPLATES | {"story": "2026/11/to-the-reader-who-wants-us-to-agree/"}
"""The story is one of the usual length; that of TEMPLATES is among the longest."""
NOT_LISTED = {"search", "404", "republish", "thanks", "sorry"}
"""Pages that ask not to be listed, which Lighthouse counts against them, as it does that they need
no description.
"""
UNKNOWN = [f"{directive}: Unknown directive" for directive in ("Content-Usage", "License")]
"""What Lighthouse says of robots.txt: it does not know the drafts that the outlet's AI_USE follows,
and counts them against each page.
"""
RULES = [f"wcag2{version}{level}" for version in ("", "1", "2") for level in ("a", "aa", "aaa")] + [
    "best-practice"
]
CHECK = """tags => axe.run(document, {runOnly: {type: "tag", values: tags}}).then(found => found.violations.flatMap(
    broken => broken.nodes.map(node => `${broken.id}: ${node.html.slice(0, 150)}`)))"""
FOR_AXE = TEMPLATES | {
    "film": "2026/11/who-mows-the-runway/",
    "debate": "series/must-shops-take-cash/",
}
NO_H1 = "none of them has a computed heading level of 1"
"""Said of a component that stands on pages beneath their h1."""
Tell = Any


@pytest.fixture(scope="module")
def judged(site: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """Template -> what Lighthouse said of it, run by run."""
    browser = subprocess.Popen(
        [
            chromium(),
            *FLAGS,
            "--remote-debugging-port=0",
            f"--user-data-dir={tmp_path_factory.mktemp('lighthouse')}",
        ],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        port = (
            next(line for line in browser.stderr or () if "DevTools listening" in line)
            .split(":")[2]
            .partition("/")[0]
        )
        addresses = [f"{site}/{path}" for path in MEASURED.values()]
        done = subprocess.run(
            [node(), str(HERE / "lighthouse.js"), port, str(LIGHTHOUSE["runs"]), *addresses],
            cwd=READER,
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        browser.kill()
        browser.communicate()
    kinds = dict(zip(addresses, MEASURED, strict=True))
    found = defaultdict(list)
    for run in map(json.loads, done.stdout.splitlines()):
        found[kinds[run["address"]]].append(run)
    return found


@pytest.mark.parametrize("kind", TEMPLATES)
def test_lighthouse(
    judged: dict[str, list[dict[str, Any]]], kind: str, record_property: Tell
) -> None:
    runs = judged[kind]
    assert len(runs) == LIGHTHOUSE["runs"]
    limits = {key: value for key, value in LIGHTHOUSE.items() if "-" in key} | LIGHTHOUSE.get(
        kind, {}
    )
    scores = {
        name: statistics.median(run["scores"][name] for run in runs) for name in runs[0]["scores"]
    }
    times = {name: statistics.median(run["times"][name] for run in runs) for name in limits}
    record_property(
        "scores and milliseconds", (scores, {name: round(time) for name, time in times.items()})
    )
    assert [run["errors"] for run in runs if run["errors"]] == []
    assert all(run["unknown"] == UNKNOWN for run in runs)
    failed = {name for run in runs for name in run["failed"]}
    assert failed - ({"is-crawlable", "meta-description"} if kind in NOT_LISTED else set()) == {
        "robots-txt"
    }
    del scores["seo"]  # which is 100 but for these
    assert set(scores.values()) == {LIGHTHOUSE["score"]}, runs[0]["failed"]
    assert [name for name, time in times.items() if time > limits[name]] == []


LOOKS: dict[str, dict[str, Any]] = {
    "light, phone": {"color_scheme": "light", "viewport": {"width": 320, "height": 640}},
    "dark, phone": {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
    "light, desktop": {"color_scheme": "light"},
    "dark, desktop": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("kind", FOR_AXE)
def test_axe_finds_nothing(visit: Any, site: str, kind: str, look: str) -> None:
    page = visit(site, bypass_csp=True, **LOOKS[look]).to(FOR_AXE[kind])
    page.add_script_tag(path=str(MODULES / "axe-core" / "axe.min.js"))
    assert page.evaluate(CHECK, RULES) == []
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate(CHECK, RULES) == []


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_a_gallery_and_in_its_large_picture(
    visit: Any, site: str, look: str
) -> None:
    page = visit(site, bypass_csp=True, **LOOKS[look]).to("2026/08/four-rooms-and-a-verb/")
    page.add_script_tag(path=str(MODULES / "axe-core" / "axe.min.js"))
    assert page.evaluate(CHECK, RULES) == []
    page.locator(".gallery-open").nth(1).click()
    page.locator(".gallery-large:popover-open img").wait_for()
    assert page.evaluate(CHECK, RULES) == []


OF_THE_STREAM = ".*Section lacks heading.*"
"""The stories of a stream have headings of their own, and what is above them is no story's
heading.
"""


def test_the_nu_checker_finds_no_error_and_nothing_to_warn_of(
    output: Path, record_property: Tell
) -> None:
    checker = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    pages = [str(page) for page in output.rglob("*.html")]
    record_property("pages", len(pages))
    # As a file, the editor's page has no origin, and so its policy seems to block its own script.
    leave_out = ["--filterpattern", f".*start\\.js.*blocked by.*|{OF_THE_STREAM}"]
    command = ["java", "-jar", str(checker), *leave_out, "--skip-non-html", str(output)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)


def test_the_nu_checker_finds_nothing_in_the_examples_of_components(tmp_path: Path) -> None:
    site = {
        key: value for key, value in vars(settings_of(Options(), tmp_path)).items() if key.isupper()
    }
    for number, example in enumerate(examples(site, Stage())):
        (tmp_path / f"{example.component}-{number}.html").write_text(document(example), "utf-8")
    checker = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        ["java", "-jar", str(checker), "--filterpattern", OF_THE_STREAM, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stderr.splitlines() if NO_H1 not in line]
    assert (told, done.returncode) == ([], 0)
    assert NO_H1 in done.stderr  # it did look
