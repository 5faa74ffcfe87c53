"""Each source of the corpus of faults has by itself the faults that it has in the whole folder."""

from __future__ import annotations

from pathlib import Path

from broadside.plugins.newsroom.read import read_newsroom
from broadside.plugins.newsroom.some import read_some
from tests.faults.corpus import cases, outlet
from tests.plugins.newsroom.reading import desk_for
from tests.plugins.newsroom.test_some import told


def test_each_source_of_the_corpus_has_alone_the_faults_that_it_has_among_all(tmp_path: Path) -> None:
    made, faulty = outlet(tmp_path), 0
    for case in cases():  # those that do not spoil the folder
        for source in case.sources if not case.alone else ():
            source.write(made.content)
    desk = desk_for(made)
    whole = read_newsroom(made.content, desk)
    for record in whole.records:
        wanted = told(whole.faults, record.path)
        assert told(read_some(made.content, desk, [record.path]).faults, record.path) == wanted, record.path
        faulty += bool(wanted)
    assert faulty > 120
