"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the check of settings needs the types
    from broadside.plugins.manifest.shapes import PublicKey
    from broadside.shapes import Outside, TextPlace

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
"""The page that says how readers check a signed site, if `SIGNED_BY` is set. Its text is that of a
page of yours at this address.
"""
