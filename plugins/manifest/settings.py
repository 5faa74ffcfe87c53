"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import Annotated

from broadside.settings import PluginSettings
from broadside.shapes import Outside, TextPlace
from broadside.typed import like

PublicKey = Annotated[
    str,
    like(
        r"^(ssh|ecdsa|sk)-\S+ ([A-Za-z0-9+/]{4})+([A-Za-z0-9+/]{2,3}={1,2})?( .*)?$",
        'a public key, such as "ssh-ed25519 AAAAC3…"',
    ),
]


class ManifestSettings(PluginSettings):
    """What an outlet sets of it."""

    ## The outlet
    SIGNED_BY: list[PublicKey] = []
    """The public keys with which your [releases are signed](publishing.md#signed-releases), such as
    `["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5"]`: each as `ssh-keygen` wrote it into a `.pub` file. `[]`
    signs nothing.
    """
    SIGNED_RELEASES: Outside = ".cache/signed-releases.json"
    """The file in which `./inv sign` hands the signed list of releases to the build."""

    ## Addresses
    SIGNED_BY_URL: TextPlace = "signed/"
    """The page that says how readers check a signed site, if `SIGNED_BY` is set. Its text is that
    of a page of yours at this address.
    """
