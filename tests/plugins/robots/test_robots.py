"""What programs are told that they may read, and for what."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest

from broadside.plugins.robots import CRAWLERS, RSL, everyone, licence, refusals
from broadside.shapes import AiUse
from tests.sample import Outlet


@pytest.mark.parametrize("train", [True, False, None])
@pytest.mark.parametrize("answers", [True, False, None])
def test_programs_are_refused_for_the_uses_that_are(
    train: bool | None, answers: bool | None
) -> None:
    allowed: AiUse = {}
    if train is not None:
        allowed["train"] = train
    if answers is not None:
        allowed["answers"] = answers
    parser = RobotFileParser()
    parser.parse(
        [
            line
            for line in [*everyone(allowed), "", *refusals(allowed)]
            if "-" not in line.partition(":")[0] or "User" in line
        ]
    )
    assert parser.can_fetch("Googlebot", "/2026/11/a-story/")
    for use, names in CRAWLERS.items():
        assert {parser.can_fetch(name, "/") for name in names} == {allowed.get(use) is not False}


def test_the_licence_says_each_use_once() -> None:
    root = ET.fromstring(licence({"train": False, "answers": True}))
    assert [
        (tag.tag.removeprefix(f"{{{RSL}}}"), (tag.text or "").split())
        for tag in root.iterfind(".//*[@type]")
    ] == [
        ("permits", ["search", "ai-input"]),
        ("prohibits", ["ai-train"]),
    ]


def test_nothing_is_said_of_artificial_intelligence_unless_the_outlet_does(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story()
    outlet.rebuild(settings={"AI_USE": {}})
    assert (outlet.output / "robots.txt").read_text().splitlines()[:3] == [
        "User-agent: *",
        "Allow: /",
        "",
    ]
    assert not (outlet.output / "license.xml").exists()
    outlet.rebuild(settings={"AI_USE": {"train": False}, "INDEXNOW_KEY": "abcdef0123"})
    lines = (outlet.output / "robots.txt").read_text().splitlines()
    assert {"Content-Usage: train-ai=n", "User-agent: GPTBot"} <= set(lines)
    assert "User-agent: PerplexityBot" not in lines
    assert any(line.startswith("License: ") and line.endswith("/license.xml") for line in lines)
    assert (outlet.output / "abcdef0123.txt").read_text() == "abcdef0123"
