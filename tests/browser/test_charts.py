"""A chart in the browser: what a screen reader is told of it and of its numbers, by keyboard and
without a script.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import built, served
from tests.sample import Outlet

pytestmark = pytest.mark.browser

PAGE = "2026/11/charts/"
BODY = (
    '![Ships doubled, boats did not.](data/x.csv){title="What went by" unit="in thousands"'
    ' source="The harbour"}'
)


@pytest.fixture(scope="module")
def charts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    outlet = Outlet(tmp_path_factory.mktemp("charts"))
    outlet.write("data/x.csv", "Year,Ships,Boats\n2015,1.5,4\n2025,3,\n")
    outlet.story("charts", body=f"Words.\n\n{BODY}")
    with served(built(outlet.content, outlet.output)) as base:
        yield base


@pytest.mark.parametrize("script", [True, False])
def test_a_screen_reader_is_told_of_the_chart_and_beside_it_of_its_numbers(
    visit: Any, charts: str, script: bool
) -> None:
    chart = visit(charts, java_script_enabled=script).to(PAGE).locator("figure.chart")
    closed = chart.aria_snapshot()
    assert '- figure "What went by in thousands"' in closed
    assert '- img "Ships doubled, boats did not."' in closed
    assert "table" not in closed
    chart.locator("summary").press("Enter")
    opened = [line.strip() for line in chart.aria_snapshot().splitlines()]
    cells = [
        line.removeprefix("- ")
        for line in opened
        if line.startswith(("- columnheader", "- rowheader", "- cell"))
    ]
    assert cells == [
        *('columnheader "Year"', 'columnheader "Ships"', 'columnheader "Boats"'),
        *('rowheader "2015"', 'cell "1.5"', 'cell "4"'),
        *('rowheader "2025"', 'cell "3"', "cell"),
    ]


def test_the_key_is_one_line_without_bullets(visit: Any, charts: str) -> None:
    page = visit(charts, viewport={"width": 360, "height": 740}).to(PAGE)
    entries = "[...document.querySelectorAll('.chart-key li')]"
    assert (
        page.evaluate(f"new Set({entries}.map((entry) => entry.getBoundingClientRect().top)).size")
        == 1
    )
    assert page.evaluate(f"{entries}.map((entry) => getComputedStyle(entry).listStyleType)") == [
        "none",
        "none",
    ]


def test_a_chart_and_its_numbers_fit_a_phone(visit: Any, charts: str) -> None:
    page = visit(charts, viewport={"width": 360, "height": 740}).to(PAGE)
    page.locator(".chart summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
