"""Brings the editor for browsers, Sveltia CMS, into the engine: python -m tools.editor FILE.

FILE is what `npm pack @sveltia/cms@VERSION` brings; INTEGRITY is what the registry says of it.
Taken is its npm/ build, which asks nobody but the forge for anything: the script, the part of React
that it begins with, the faces, and its words in the languages of the catalogs. Left out is what
only widgets use that we do not configure.

Three things are changed. Words are loaded as JSON modules, since nobody bundles them, and only
languages that are there are offered. The faces are looked for here alone. The icons are cut down to
those that the script names.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
import tarfile
import tempfile
from base64 import b64encode
from hashlib import sha256, sha512
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from broadside.config.encodings import compressed
from broadside.plugins.admin import SVELTIA
from tools.faces import woff2

INTEGRITY = (
    "sha512-J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg"
    "/WIgmkpswqoo3gQ=="
)
"""Of version 0.221.1."""
LANGUAGES = ("ar", "de", "es-CO", "fr", "it", "pt-BR")
"""The editor's own words besides English; Spanish is there in one form only."""
SCHEMA = Path(__file__).parent.parent / "tests" / "plugins" / "admin" / "sveltia-cms.schema.json.br"
LOADED = re.compile(r"import\((`\.\./locales/([\w-]+)\.json`)\)")
ELSEWHERE = re.compile(r"@font-face \{[^{}]*url\(https://[^{}]*\}")
OFFERED = re.compile(r"`(ar,bg,[\w,-]+)`\.split")


def main(packed: Path) -> None:
    """Write the files, compressed, and their digests."""
    if f"sha512-{b64encode(sha512(packed.read_bytes()).digest()).decode()}" != INTEGRITY:
        raise SystemExit(f"{packed} is not the package whose integrity tools/editor.py has")
    with tempfile.TemporaryDirectory() as folder, tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
        take(Path(folder, "package"))


def take(package: Path) -> None:
    """Write the files of an unpacked package."""
    about = json.loads((package / "package.json").read_text("utf-8"))
    build = package / "npm"
    script = (build / "index.js").read_text("utf-8")
    icons = next((build / "assets").glob("material-symbols-outlined*.woff2"))
    parts = re.findall(r'from"\./(chunks/[\w-]+\.js)"', script)
    faces = [face for face in (build / "assets").glob("*.woff2") if face != icons]
    files = {
        "cms/index.js": by_itself(script).encode(),
        f"cms/assets/{icons.name}": only_used(icons.read_bytes(), script),
        **{f"cms/{name}": (build / name).read_bytes() for name in parts},
        **{f"cms/assets/{face.name}": face.read_bytes() for face in faces},
        **{
            f"locales/{name}.json": (package / "locales" / f"{name}.json").read_bytes()
            for name in LANGUAGES
        },
        "cms/LICENSE.txt": (package / "LICENSE.txt").read_bytes(),
        **{
            f"cms/assets/{each.name}": each.read_bytes()
            for each in (build / "assets").glob("*.LICENSE.txt")
        },
    }
    shutil.rmtree(SVELTIA, ignore_errors=True)
    for name, data in files.items():
        is_face = name.endswith(".woff2")
        path = SVELTIA / (name if is_face else f"{name}.br")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if is_face else compressed(data, "br"))
    digests = {name: sha256(data).hexdigest() for name, data in sorted(files.items())}
    made_of = {"package": f"{about['name']}@{about['version']}", "files": digests}
    (SVELTIA / "files.json").write_text(json.dumps(made_of, indent=2) + "\n", "utf-8")
    SCHEMA.write_bytes(compressed((package / "schema" / "sveltia-cms.json").read_bytes(), "br"))


def by_itself(script: str) -> str:
    """The script, in which words are JSON modules, no language is offered of which it has no words,
    and no face is elsewhere.
    """
    script, loads = LOADED.subn(
        lambda match: f'import({match[1]},{{with:{{type:"json"}}}})', script
    )
    script, lists = OFFERED.subn(
        lambda _: f"`{','.join(sorted(('en-US', *LANGUAGES)))}`.split", script
    )
    script, faces = ELSEWHERE.subn("", script)
    if lists != 1 or loads < len(LANGUAGES) or faces != 3:
        raise SystemExit(
            "the script loads its words or faces in another way than it did: see what it does now"
        )
    return script


def only_used(font: bytes, script: str) -> bytes:
    """The font of icons with those whose names are words in the script."""
    face = TTFont(io.BytesIO(font), recalcTimestamp=False)
    used = set(re.findall(r"[a-z0-9_]+", script))
    options = subset.Options(
        flavor="woff2", layout_closure=False, layout_features=["*"], notdef_outline=True
    )
    cut = subset.Subsetter(options)
    letters = [ord(letter) for letter in "abcdefghijklmnopqrstuvwxyz0123456789_"]
    cut.populate(glyphs=[name for name in face.getGlyphOrder() if name in used], unicodes=letters)
    cut.subset(face)
    return woff2(face)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
