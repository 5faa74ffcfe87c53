"""Rearranges a list in a YAML file as a person would: lines that stay are not touched, comments
included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import yaml
from msgspec import Struct

from broadside.editing.new import scalar

ALONE = "slots"
"""The list in a file that is nothing but a list."""


class Item(Struct, frozen=True):
    """An entry of the list: the place of the entry that it was, counted from 0, and the keys that
    now have another value.

    An empty value takes the key away. A new entry has no place.
    """

    set: dict[str, str] = {}
    at: int | None = None


class NotPlain(Exception):
    """The list is written in a way that cannot be rearranged without losing something."""


class _Entry(Struct):
    """An entry as it is in the file: its lines, with the comments above it, the number of the first
    one, and its node.
    """

    lines: list[str]
    first: int
    node: yaml.MappingNode

    @property
    def places(self) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """The nodes of each key and its value."""
        return {key.value.strip().lower(): (key, value) for key, value in self.node.value}

    @property
    def values(self) -> dict[str, str]:
        """The values of its keys, as they are written."""
        written = {key: str(value.value) for key, (_, value) in self.places.items()}
        return {key: value for key, value in written.items() if value}


def rearranged(text: str, key: str, items: Sequence[Item]) -> str:
    """The text of a file with these entries in its list `key`; raises NotPlain.

    The lines of the text must end in a line feed.
    """
    if key != ALONE and isinstance(_composed(text), yaml.SequenceNode):
        text = f"{ALONE}:\n{text}"
    before = values_in(text, key)
    if any(item.at is not None and not 0 <= item.at < len(before) for item in items):
        raise NotPlain
    wanted = [_with(item, before) for item in items]
    made = _rearranged(text, key, items)
    if values_in(made, key) != wanted or _others(made, key) != _others(text, key):
        raise NotPlain
    return made


def values_in(text: str, key: str) -> list[dict[str, str]]:
    """The values of each entry of the list; raises NotPlain."""
    _, node = _list_of(_composed(text), key)
    if node is None or not node.value:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise NotPlain
    if not all(isinstance(entry, yaml.MappingNode) for entry in node.value):
        raise NotPlain
    return [_Entry([], 0, entry).values for entry in node.value]


def _composed(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        raise NotPlain from None


def _others(text: str, key: str) -> list[str]:
    """What the file has under other keys."""
    root = _composed(text)
    if not isinstance(root, yaml.MappingNode):
        return []
    named = ((name.value.strip().lower(), value) for name, value in root.value)
    return [f"{name}: {yaml.serialize(value)}" for name, value in named if name != key]


def _with(item: Item, before: Sequence[Mapping[str, str]]) -> dict[str, str]:
    values = dict(item.set)
    if item.at is not None:
        values = {**before[item.at], **item.set}
    return {key: value for key, value in values.items() if value}


def _rearranged(text: str, key: str, items: Sequence[Item]) -> str:
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    head, node = _list_of(_composed(text), key)
    heading = [f"{key}:\n"] if items else []
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        kept = [line for number, line in enumerate(lines) if number != head]
        return "".join([*kept, *heading, *_rendered(items, [], "  ")])
    if node.flow_style:
        entries = [_Entry([], 0, entry) for entry in node.value]
        start, end, indent = node.start_mark.line, node.end_mark.line + 1, "  "
        if "#" in "".join(lines[start:end]):
            raise NotPlain  # the comments would be lost
    else:
        entries = [*_entries(node, lines)]
        start, end = entries[0].first, entries[-1].first + len(entries[-1].lines)
        indent = entries[0].lines[0].partition("-")[0]
    before = lines[:start] if head is None else lines[:head]
    if head is not None and items:
        before = [*before, *(heading if node.flow_style else lines[head:start])]
    return "".join([*before, *_rendered(items, entries, indent), *lines[end:]])


def _list_of(root: yaml.Node | None, key: str) -> tuple[int | None, yaml.Node | None]:
    """The line of the list's key, if the file has one, and the list, if there is one."""
    if not isinstance(root, yaml.MappingNode):
        return None, root if key == ALONE else None
    for name, value in root.value:
        if name.value.strip().lower() == key:
            return name.start_mark.line, value
    return None, None


def _entries(node: yaml.SequenceNode, lines: Sequence[str]) -> Iterator[_Entry]:
    start = node.value[0].start_mark.line
    for entry in node.value:
        end = max(value.end_mark.line for _, value in entry.value) + 1
        yield _Entry([*lines[start:end]], start, entry)
        start = end


def _rendered(items: Sequence[Item], entries: Sequence[_Entry], indent: str) -> Iterator[str]:
    for item in items:
        if item.at is None:
            yield from _new(item.set, indent)
        else:
            yield from _changed(entries[item.at], item.set, indent)


def _new(values: Mapping[str, str], indent: str) -> Iterator[str]:
    sign = "- "
    for key, value in values.items():
        if value:
            yield f"{indent}{sign}{key}: {scalar(value)}\n"
            sign = "  "


def _changed(entry: _Entry, values: Mapping[str, str], indent: str) -> list[str]:
    """The lines of an entry with other values; one that is written in a single line of brackets is
    written anew.
    """
    other = {key: value for key, value in values.items() if entry.values.get(key, "") != value}
    if not other and entry.lines:
        return entry.lines
    if entry.node.flow_style or not entry.lines or _takes_lines(entry):
        return [*_comments(entry), *_new({**entry.values, **values}, indent)]
    lines, gone, places = [*entry.lines], set(), entry.places
    for key, value in other.items():
        if key not in places:
            column = entry.node.start_mark.column
            lines.append(f"{' ' * column}{key}: {scalar(value)}\n")
            continue
        name, old = places[key]
        number = old.start_mark.line - entry.first
        line = lines[number]
        if value:
            start, end = old.start_mark.column, old.end_mark.column
            gap = "" if old.value else " "
            lines[number] = f"{line[:start]}{gap}{scalar(value)}{line[end:]}"
        elif name.start_mark.line == entry.node.start_mark.line:
            return [*_comments(entry), *_new({**entry.values, **values}, indent)]
        else:
            gone.add(number)
    return [line for number, line in enumerate(lines) if number not in gone]


def _takes_lines(entry: _Entry) -> bool:
    """Whether a value takes more than one line."""
    return any(value.start_mark.line != value.end_mark.line for _, value in entry.node.value)


def _comments(entry: _Entry) -> list[str]:
    """The lines above an entry."""
    return entry.lines[: entry.node.start_mark.line - entry.first]
