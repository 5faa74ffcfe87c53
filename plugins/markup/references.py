"""Addresses that are given apart from their links, without the place where Python-Markdown loses one."""

from __future__ import annotations

from plugins.markup.places import Refuse


class References(dict[str, tuple[str, str | None]]):
    """Addresses that are given apart from their links: [name]: https://…; a second one under a name is refused."""

    def __init__(self, refuse: Refuse) -> None:
        super().__init__()
        self.refuse = refuse

    def __setitem__(self, name: str, target: tuple[str, str | None]) -> None:
        if self.get(name, target)[0] != target[0]:
            self.refuse(f": {target[0]}", "reference-twice", f"[{name}] is given two addresses", "rename one of them")
        super().__setitem__(name, target)
