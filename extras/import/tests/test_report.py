"""What an import says on the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import item, wordpress
from broadside.config.options import settings_in
from broadside_import import command
from broadside_import.command import Wanted, run
from broadside_import.model import Left
from broadside_import.report import ImportReport, table
from broadside_import.write import Made
from tests.sample import Outlet

OURS = "photos/2020/05/lead.jpg"
THEIRS = "photos/2020/05/lead-2.jpg"


def test_what_was_left_is_said_in_whole_messages_of_which_each_stands_for_its_kind() -> None:
    links = [f"a link to which nothing leads ({number})" for number in range(3)]
    code = "the short code [unknown_code] in The news of the day, and of the night"
    said = table(
        ImportReport(left=[Left("export.xml", 1, what, "its text") for what in [*links, code]]),
        Made(),
    ).splitlines()
    (of_links,) = [line for line in said if "link" in line]
    assert links[0] in of_links
    assert of_links.split()[0] == "3"
    (of_code,) = [line for line in said if "short code" in line]
    assert code in of_code
    assert "its text" in of_code


def test_what_is_cut_or_left_out_is_said_to_be() -> None:
    kinds = [
        f"{word} is {'long ' * 200}"
        for word in ("aaa", "bbb", "ccc", "ddd", "eee", "fff", "ggg", "hhh")
    ]
    said = table(
        ImportReport(left=[Left("export.xml", 1, what, "") for what in kinds]), Made()
    ).splitlines()
    assert max(map(len, said)) < 300
    assert all(line.endswith("…") for line in said if "long" in line)
    assert said[-1].split()[0] == "2", "what the other kinds are"


def test_the_new_names_of_what_the_outlet_has_itself_are_said() -> None:
    what = f"the picture https://lantern.example/lead.jpg: {OURS} is the outlet's own"
    others = [
        Left("export.xml", 1, f"{n}: x is the outlet's own", f"files/{n}.pdf") for n in range(20)
    ]
    said = table(ImportReport(left=[Left("export.xml", 1, what, THEIRS), *others]), Made())
    assert THEIRS in said
    assert "files/19.pdf" not in said


@pytest.mark.parametrize("dry_run", [True, False])
def test_the_whole_list_is_offered_wherever_something_was_left(
    tmp_path: Path, dry_run: bool
) -> None:
    outlet = Outlet(tmp_path)
    source = tmp_path / "export.xml"
    said: list[str] = []
    source.write_text(wordpress(item(1, "<p>Good [unknown_code] news.</p>")))
    run(Wanted("wordpress", str(source), str(outlet.content), dry_run=dry_run), said.append)
    assert any("--report" in line for line in said)


def test_no_setting_is_proposed_that_the_outlet_has_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet = Outlet(tmp_path)
    source = tmp_path / "export.xml"
    source.write_text(wordpress(item(1, "<p>Good news.</p>")))
    there: dict[str, object] = {"SITEURL": "http://127.0.0.1:8000"}
    monkeypatch.setattr(command, "settings_in", lambda file: settings_in(file).but(**there))

    def proposed() -> tuple[dict[str, object], str]:
        said: list[str] = []
        report = run(Wanted("wordpress", str(source), str(outlet.content)), said.append)
        return report.settings, "\n".join(said[said.index("What to do next:") :])

    settings, before = proposed()
    assert {"SITENAME", "SITESUBTITLE", "SITEURL", "DEFAULT_LANG", "ARTICLE_URL"} <= settings.keys()
    for key in settings.keys() - {"ARTICLE_URL"}:
        assert key in before, key
    assert "ARTICLE_URL" not in before, "it is the engine's own"
    there |= {"SITENAME": "Another"} | {
        key: value for key, value in settings.items() if key != "SITENAME"
    }
    _, after = proposed()
    assert [key for key in settings if key in after] == ["SITENAME"]
    there["SITENAME"] = settings["SITENAME"]
    _, none = proposed()
    assert not [key for key in settings if key in none]
