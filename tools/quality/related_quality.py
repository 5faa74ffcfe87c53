"""Measures related stories on archives whose writers tagged them: with the tags hidden, how often
do picks share one?

    python tools/quality/related_quality.py FOLDER…             the share of ours, one line for each
    archive
    python tools/quality/related_quality.py --sklearn FOLDER…   scikit-learn's TF-IDF beside it,
    where it is installed
    python tools/quality/related_quality.py --time FOLDER…      seconds for all stories, and how
    many lists one more moves

A FOLDER holds Markdown or HTML files with YAML, TOML or no front matter; a story counts when it
shares a tag with another one. Sections and dates are used where files have them; --bare leaves them
out. The project's own folder must be on the path: run from it as `PYTHONPATH=. .venv/bin/python …`.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from broadside.plugins.related.docs import Doc
from broadside.plugins.related.key_terms import Lexicon, signature
from broadside.plugins.related.ranking import rank
from tools.quality.archive_reader import Tagged, read_archive


def main() -> None:
    """Print one line for each folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    for option in ("--sklearn", "--time", "--bare"):
        parser.add_argument(option, action="store_true")
    options = parser.parse_args()
    for folder in options.folders:
        stories = read_archive(folder)
        start = time.perf_counter()
        docs = _docs(stories, options.bare)
        read = time.perf_counter()
        picks = rank(docs, 3)
        line = f"{folder.name:16} {len(stories):6} stories  ours {_share(stories, picks):.4f}"
        if options.time:
            line += (
                f"  terms {read - start:.2f} s  all {time.perf_counter() - read:.2f} s "
                f" {_one_more(docs, picks)}"
            )
        if options.sklearn:
            line += f"  sklearn {_share(stories, _sklearn(stories)):.4f}"
        print(line, flush=True)


def _docs(stories: Sequence[Tagged], bare: bool) -> list[Doc]:
    lexicon = Lexicon("en")
    return [
        Doc(
            story.slug,
            story.slug,
            0 if bare else story.day,
            "" if bare else story.section,
            "en",
            signature(story.title, story.dek, story.body, lexicon),
        )
        for story in stories
    ]


def _one_more(docs: Sequence[Doc], after: dict[str, list[str]]) -> str:
    last = max(docs, key=lambda doc: doc.date)
    before = rank((doc for doc in docs if doc is not last), 3)
    return f"one more: {sum(keys != after[key] for key, keys in before.items())} lists moved"


def _share(stories: Sequence[Tagged], picks: dict[str, list[str]]) -> float:
    tags = {story.slug: story.tags for story in stories}
    shared = sum(bool(tags[slug] & tags[pick]) for slug, picked in picks.items() for pick in picked)
    return shared / (3 * len(stories))


def _sklearn(stories: Sequence[Tagged]) -> dict[str, list[str]]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [" ".join((*[s.title] * 3, s.dek, s.body)) for s in stories]
    matrix = TfidfVectorizer(stop_words="english").fit_transform(texts)
    picks = {}
    for at, story in enumerate(stories):
        likeness = (matrix[at] @ matrix.T).toarray().ravel()
        likeness[at] = -1
        picks[story.slug] = [stories[other].slug for other in likeness.argsort()[::-1][:3]]
    return picks


if __name__ == "__main__":
    main()
