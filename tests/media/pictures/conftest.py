"""Real picture files, as for the tests of photos."""

from tests.media.photos.conftest import shot

__all__ = ["shot"]
