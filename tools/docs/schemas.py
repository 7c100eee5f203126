"""JSON Schemas of the content files, generated from the models, for editors to complete and check.

``python3 build.py docs`` writes them to ``press/schema/``; a test keeps them true.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from press.content import kinds
from press.content.model import Defaults, Value


def schemas() -> Iterator[tuple[str, str]]:
    """(file name, JSON text) of the schema of each kind of content file, and of press.yaml."""
    for file in kinds.FILES.values():
        if not file.example.endswith(".md"):
            name = file.kinds[0].name if file.pattern else file.stem
            yield f"{name}.schema.json", _text(file.model, f"{name}.yaml of a dossier")
    yield "press.schema.json", _text(Defaults, "press.yaml of the project")


def _text(model: type[Value], title: str) -> str:
    """The JSON text of one schema."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    widened = _widened(model.model_json_schema(by_alias=True))
    schema = head | {key: value for key, value in widened.items() if key != "title"}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _widened(schema: dict[str, Any]) -> dict[str, Any]:
    """``schema`` with the short forms that the models also take.

    YAML editors read ``1993`` as a number and ``true`` as a truth value where the press reads
    text; a single entry may stand where a list is meant; cites, values, coordinates and table
    rows have a short form.
    """
    widened: dict[str, Any] = _object(_definitions(schema))
    return widened


def _definitions(schema: dict[str, Any]) -> dict[str, Any]:
    definitions = dict(schema.get("$defs", {}))
    for name in ("Cite", "Entry", "Coordinates", "Fact", "NameParts"):
        if name in definitions:
            text = {"type": "string", "description": _SHORT[name]}
            if name == "Cite":
                _named_by_id(definitions[name])
            definitions[name] = {"anyOf": [text, definitions[name]]}
    if "TableRow" in definitions:
        row = definitions["TableRow"]
        row["additionalProperties"] = {"$ref": "#/$defs/Entry"}
        row.pop("required", None)
    return {**schema, "$defs": definitions} if definitions else schema


def _named_by_id(cite: dict[str, Any]) -> None:
    """A citation is written with ``id``; the place in its source may stand without a key."""
    named = cite["properties"].pop("source")
    cite["properties"] = {"id": {**named, "title": "Id"}, **cite["properties"]}
    cite["required"] = ["id"]
    cite["patternProperties"] = {r"\d": {"type": "null"}}


_SHORT = {
    "Cite": "the id of a source, and the place in it: dewaal, pp. 225–226",
    "Entry": "the value, in words",
    "Fact": "the value alone, without a source: strict dossiers refuse it",
    "NameParts": "Family, Given or Family, Given, Jr.; a body in braces if it has commas",
    "Coordinates": "latitude, longitude in decimal degrees: 39.991, 46.927",
}
_LISTS_ALSO_SINGLE = {
    "sources", "places", "also", "value", "values", "author", "editor", "translator", "languages",
    "hide", "answer", "options", "about", "prompts", "label",
    "matches", "ignore", "see", "see-also", "appendix",
}  # fmt: skip


def _object(node: Any, key: str = "") -> Any:
    if isinstance(node, list):
        return [_object(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {name: _object(value, name) for name, value in node.items()}
    if node.get("default", "kept") in ("", [], (), None):
        del node["default"]
    if node.get("type") == "string" and "enum" not in node and "pattern" not in node:
        node["type"] = ["string", "number"]
    if key in _LISTS_ALSO_SINGLE and node.get("type") == "array" and "items" in node:
        return {"anyOf": [node, node["items"]]}
    return node
