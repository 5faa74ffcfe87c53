"""What every kind of target promises, on a real server of each kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.deploy.places import Place
from tests.deploy.sites import Done, Site, pages

EACH = pytest.mark.parametrize(
    "there", ["on_server", "in_folder", "on_branch", "in_bucket"], indirect=True
)
REMOTE = pytest.mark.parametrize("there", ["on_server", "on_branch", "in_bucket"], indirect=True)
KEEPS_RELEASES = pytest.mark.parametrize(
    "there", ["on_server", "in_folder", "on_branch"], indirect=True
)
"""Those in which a release is made live in one step, and of which there are several."""
KILLED_AT = {
    "on_server": (0.02, 0.2, 0.4, 0.6, 0.8, 0.9, 0.97),
    "on_branch": (0.1, 0.5, 0.9, 0.99),
    "in_bucket": (0.1, 0.5, 0.8, 0.97),
}


@pytest.fixture
def there(request: pytest.FixtureRequest) -> Place:
    """A target of the kind that a test names."""
    place: Place = request.getfixturevalue(request.param)
    return place


@EACH
def test_what_is_published_is_there_and_what_stays_is_not_sent(site: Site, there: Place) -> None:
    first = site.build(pages(60) | {".gitignore": b"*.css\n", "crlf.txt": b"one\r\ntwo\r\n"})
    site.published(there.targets)
    assert there.shown() == {**first, **there.extra}
    up = there.gate.up
    second = site.build(pages(60, 1))
    done = site.published(there.targets)
    assert "11 files to upload, 3 to delete, 59 unchanged" in done.err
    assert there.shown() == {**second, **there.extra}
    assert there.gate.up - up < there.enough, "little more than what changed"
    up = there.gate.up
    assert "Nothing to publish" in site.published(there.targets).out
    assert there.gate.up - up < 10_000


@EACH
def test_another_machine_knows_what_is_there_and_fetches_none_of_its_files(
    site: Site, there: Place, tmp_path: Path
) -> None:
    site.build(pages(60, photos=60))
    site.published(there.targets)
    other = Site(tmp_path / "other", site.project, site.env)
    second = other.build(pages(60, 1, photos=60), hours=5)
    down, up = there.gate.down, there.gate.up
    done = other.published(there.targets)
    assert "11 files to upload, 1 to delete" in done.err
    assert there.shown() == {**second, **there.extra}
    assert there.gate.down - down < 60_000, "none of 180 kB of photos"
    assert there.gate.up - up < there.enough


@EACH
def test_a_dry_run_lists_what_it_would_do_and_does_nothing(site: Site, there: Place) -> None:
    site.build(pages(5))
    lines = site.published(there.targets, "--dry-run").out.splitlines()
    assert lines[0].startswith("upload photos/")
    assert lines[-2:] == ["upload feed.xml", "Nothing was changed: this was a dry run."]
    assert there.shown() == {}


@EACH
def test_an_older_build_does_not_take_the_place_of_a_newer_one_unless_it_is_forced(
    site: Site, there: Place
) -> None:
    old = site.build(pages(5))
    new = site.build(pages(5, 1))
    site.published(there.targets)
    site.build(old, hours=1)
    assert site.publish(there.targets).code == 3
    assert there.shown() == {**new, **there.extra}
    site.published(there.targets, "--force")
    assert there.shown() == {**old, **there.extra}


@KEEPS_RELEASES
def test_rollback_and_what_is_kept(site: Site, there: Place) -> None:
    there.more["keep"] = 3
    editions = []
    for at in range(4):
        editions.append({**site.build(pages(20, at)), **there.extra})
        site.published(there.targets)
    assert there.kept() == 3
    assert site.published(there.targets, "--rollback", "--dry-run").out.startswith(
        "Would bring back 2026"
    )
    assert there.shown() == editions[3]
    site.published(there.targets, "--rollback")
    assert there.shown() == editions[2]
    site.published(there.targets, "--rollback", "1")
    assert there.shown() == editions[1]
    assert "keeps 0 releases before" in site.publish(there.targets, "--rollback").err
    site.published(there.targets)
    assert there.shown() == editions[3], "what was rolled back can be published again"
    site.published(there.targets, "--rollback")
    assert there.shown() == editions[1], "what was live before is what comes back"
    assert site.publish(there.targets, "--rollback", "7").code == 1


@pytest.mark.parametrize(
    ("there", "share"),
    [(kind, share) for kind, shares in KILLED_AT.items() for share in shares],
    indirect=["there"],
)
def test_killed_at_any_moment_every_page_is_whole_and_the_next_run_completes(
    site: Site, there: Place, share: float
) -> None:
    first, second = pages(40), pages(40, 1)
    both = there.targets | {"twin": there.twin().targets["there"]}
    site.build(first, hours=1)
    site.published(both)
    site.published(both, "--to", "twin")
    site.build(second, hours=2)
    up = there.gate.up
    site.published(both, "--to", "twin")
    whole = there.gate.up - up
    doomed = site.started(there.targets)
    there.gate.at(int(whole * share), doomed.kill)
    code, said = doomed.ended()
    assert code == -9 or (code == 0 and share > 0.9), said
    there.check_whole(first, second)
    site.published(there.targets)
    assert there.shown() == {**second, **there.extra}
    assert not there.left_over()


@REMOTE
def test_connections_that_break_are_made_again(site: Site, there: Place) -> None:
    first = site.build(pages(60))
    for at in there.cuts:
        there.gate.at(at, there.gate.cut)
    done = site.published(there.targets)
    assert not there.gate.waiting
    assert done.err.count("trying again") >= there.told, done.err
    assert there.shown() == {**first, **there.extra}


@pytest.mark.parametrize("there", ["on_server", "on_branch"], indirect=True)
def test_who_is_overtaken_while_sending_looks_again(
    site: Site, there: Place, tmp_path: Path
) -> None:
    site.build(pages(20))
    site.published(there.targets)
    newer = Site(tmp_path / "newer", site.project, site.env)
    newest = newer.build(pages(20, 2), hours=9)
    up = there.gate.up
    assert "Nothing to publish" in site.published(there.targets).out
    site.build(pages(20, 1), hours=2)
    results: list[Done] = []
    there.gate.at(
        there.gate.up - up + there.sending,
        lambda: results.append(newer.publish(there.beside_the_gate)),
    )
    done = site.publish(there.targets)
    assert [each.code for each in results] == [0], results
    assert done.code == 3, done.said
    assert there.shown() == {**newest, **there.extra}


@KEEPS_RELEASES
def test_some_at_once_from_one_output_all_end_well(site: Site, there: Place) -> None:
    site.build(pages(300))
    site.published(there.targets)
    for edition in range(1, 4):
        wanted = site.build(pages(300, edition))
        ends = [run.ended() for run in [site.started(there.targets) for _ in range(3)]]
        assert [code for code, _ in ends] == [0, 0, 0], ends
        assert there.shown() == {**wanted, **there.extra}
