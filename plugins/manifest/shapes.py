"""The types of settings."""

from __future__ import annotations

from typing import Annotated

from broadside.typed import like

PublicKey = Annotated[
    str,
    like(
        r"^(ssh|ecdsa|sk)-\S+ ([A-Za-z0-9+/]{4})+([A-Za-z0-9+/]{2,3}={1,2})?( .*)?$",
        'a public key, such as "ssh-ed25519 AAAAC3…"',
    ),
]
