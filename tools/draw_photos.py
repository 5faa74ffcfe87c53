"""Draw the demo outlet's pictures into content/photos: `draw_photos.py [NAME ...] [--out DIR]`."""

import argparse
import time
from pathlib import Path

from draw.catalogue import PICTURES
from draw.finish import paper, save, vignette

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Draw the pictures named on the command line, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="pictures to draw, all if none is named")
    parser.add_argument("--out", type=Path, default=ROOT / "content" / "photos")
    arguments = parser.parse_args()
    for name in arguments.names or list(PICTURES):
        picture = PICTURES[name]
        start = time.monotonic()
        canvas = picture.draw()
        vignette(canvas, picture.vignette)
        paper(canvas)
        size = save(canvas, arguments.out / f"{name}.jpg", picture.limit, picture.turned)
        print(f"{name}: {size // 1024} KB in {time.monotonic() - start:.1f} s", flush=True)


if __name__ == "__main__":
    main()
