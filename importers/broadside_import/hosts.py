"""Which hosts are the archive's own, so that an address on one of them is an address within the archive."""

from __future__ import annotations

from msgspec import Struct, field

from broadside_import.readable import host_in, split_address


class Hosts(Struct):
    """Hosts whose addresses are the archive's own, at any port, and with `www.` or without."""

    given: tuple[str, ...] = ()
    """Addresses or hosts that the command and the outlet name."""
    named: list[str] = field(default_factory=list)
    """Hosts that the export names as its own, as it writes them; the site's comes first."""

    def add(self, address: str) -> bool:
        """Note a host that the export names, alone or in an address; whether that can be read."""
        host = _host(address)
        if host and host not in self.named:
            self.named.append(host)
        return bool(host) or split_address(address) is not None

    @property
    def home(self) -> str:
        """The host to which addresses without one belong; "" if none is known."""
        return next(filter(None, (*self.named, *map(_host, self.given))), "")

    def __contains__(self, host: str) -> bool:
        bare = _bare(_host(host))
        return bool(bare) and any(bare == _bare(_host(own)) for own in (*self.named, *self.given))


def _host(address: str) -> str:
    return host_in(address if "//" in address else f"//{address}").rstrip(".")


def _bare(host: str) -> str:
    return host.removeprefix("www.")
