"""A site whose address is not on the net is said to be so at once."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from broadside.publish import readers


def test_a_host_without_an_address_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def paused(_: float) -> None:
        raise AssertionError("it was asked again")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    monkeypatch.setattr("time.sleep", paused)
    (said,) = readers.differences("https://nowhere.invalid", {"index.html": "mark"}, 300)
    assert "nowhere.invalid" in said
