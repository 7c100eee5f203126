"""The structure tree as a PDF has it: dictionaries, and who owns which piece of content."""

from __future__ import annotations

from typing import Any

from press.typeset.engine import LOGGER, pydyf
from press.typeset.tag_tree import LinkArea, MarkedContent, Node


def write(root: Node, pdf: Any, document: Any, newer: bool) -> None:
    """Writes the tree into ``pdf`` with its parent tree; ``newer`` for PDF 2.0."""
    parents = _added(pdf, {})
    tree = _added(pdf, {"Type": "/StructTreeRoot", "ParentTree": parents.reference})
    space = None
    if newer:
        name = pydyf.String("http://iso.org/pdf2/ssn")
        space = _added(pdf, {"Type": "/Namespace", "NS": name})
        tree["Namespaces"] = pydyf.Array([space.reference])
    writer = TreeWriter(pdf, space)
    top = writer.element(root, tree.reference)
    tree["K"] = pydyf.Array([top.reference])
    if space is not None:
        top["NS"] = space.reference
        writer.lead_to_elements()
    numbers = pydyf.Array()
    for page in range(len(document.pages)):
        owned = writer.owners.get(page, {})
        numbers.extend([page, pydyf.Array([owned[mcid] for mcid in sorted(owned)])])
    for index, (owner, link) in enumerate(writer.links, start=len(document.pages)):
        numbers.extend([index, owner])
        link["StructParent"] = index
    parents["Nums"] = numbers
    tree["ParentTreeNextKey"] = len(document.pages) + len(writer.links)
    pdf.catalog["StructTreeRoot"] = tree.reference
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    if "Lang" not in pdf.catalog:
        LOGGER.error('Missing required "lang" attribute at the root of the document')
        pdf.catalog["Lang"] = pydyf.String()


def _added(pdf: Any, entries: dict[str, Any]) -> Any:
    """A new dictionary that is an object of its own."""
    made = pydyf.Dictionary(entries)
    pdf.add_object(made)
    return made


class TreeWriter:
    """Writes nodes as dictionaries, and keeps who owns which piece of content."""

    def __init__(self, pdf: Any, space: Any = None) -> None:
        self.pdf = pdf
        self.space = space
        self._pages = pdf.page_references  # pydyf writes all of them anew whenever it is asked
        self.owners: dict[int, dict[int, bytes]] = {}
        self.links: list[tuple[bytes, Any]] = []
        self._notes = 0
        self._anchors: dict[str, Any] = {}
        self._outline: list[Any] = []
        self._contents: list[tuple[Any, Node]] = []

    def element(self, node: Node, parent: bytes) -> Any:
        """The dictionary of ``node``, with all below it."""
        made = _added(self.pdf, {"Type": "/StructElem", "S": f"/{node.kind}", "P": parent})
        page = next((child.page for child in node.children if not isinstance(child, Node)), None)
        if page is not None:
            made["Pg"] = self._pages[page]
        for name, value in (("Lang", node.language), ("Alt", node.alt), ("E", node.expansion)):
            if value:
                made[name] = pydyf.String(value)
        if node.attributes:
            made["A"] = pydyf.Dictionary(node.attributes)
        if node.kind == "TOCI":
            self._contents.append((made, node))
        if node.kind == "Note":
            self._notes += 1
            made["ID"] = pydyf.String(f"note-{self._notes}")
        if self.space is not None:
            self._modernise(made, node)
        for anchor in node.anchors:
            self._anchors.setdefault(anchor, made)
        if node.outline:
            self._outline.append(made)
        made["K"] = pydyf.Array([self._child(child, made, page) for child in node.children])
        return made

    def _modernise(self, made: Any, node: Node) -> None:
        """Gives ``made`` the names that PDF 2.0 has for what it is."""
        if node.kind == "Note":
            made.update({"S": "/FENote", "NS": self.space.reference})
            made["A"] = pydyf.Dictionary({"O": "/FENote", "NoteType": "/Footnote"})
        elif node.kind == "L" and _labelled(node):
            made["A"]["ListNumbering"] = "/Description"

    def _child(self, child: Node | MarkedContent | LinkArea, owner: Any, page: int | None) -> Any:
        if isinstance(child, Node):
            return self.element(child, owner.reference).reference
        pg = self._pages[child.page]
        if isinstance(child, LinkArea):
            self.links.append((owner.reference, child.dictionary))
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": child.dictionary.reference, "Pg": pg})
        owned = self.owners.setdefault(child.page, {})
        if child.spoken is not None and child.spoken != child.text:
            entries = {"Type": "/StructElem", "S": "/Span", "P": owner.reference, "Pg": pg}
            spoken, content = pydyf.String(child.spoken), pydyf.Array([child.mcid])
            span = _added(self.pdf, {**entries, "ActualText": spoken, "K": content})
            owned[child.mcid] = span.reference
            return span.reference
        owned[child.mcid] = owner.reference
        if child.page == page:
            return child.mcid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": pg, "MCID": child.mcid})

    def lead_to_elements(self) -> None:
        """Links, bookmarks and contents lead to elements, not to places on pages alone.

        ISO 14289-2, 8.8 for the first two, 8.2.5.8 for the lines of a table of contents.
        """
        for line, node in self._contents:
            targets = {t for link in node.links() if (t := _target(link)) in self._anchors}
            if targets:
                line["Ref"] = pydyf.Array([self._anchors[t].reference for t in sorted(targets)])
        names = self.pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
        places = {name.string: place for name, place in zip(names[::2], names[1::2], strict=True)}
        for _, link in self.links:
            target = _target(link)
            if target in self._anchors and target in places:
                link["A"] = _goto(places[target], self._anchors[target])
                del link["Dest"]
        bookmarks = [
            item
            for item in self.pdf.objects
            if isinstance(item, dict) and "Title" in item and "Dest" in item
        ]
        if len(bookmarks) != len(self._outline):
            LOGGER.warning("the bookmarks do not match the headings")
            return
        for bookmark, element in zip(bookmarks, self._outline, strict=True):
            bookmark["A"] = _goto(bookmark.pop("Dest"), element)


def _target(link: Any) -> str:
    """The name of the place that a link leads to; "" where it leads elsewhere."""
    return str(link["Dest"].string) if "Dest" in link else ""


def _labelled(node: Node) -> bool:
    """Whether a list without numbers has labels: terms, for its items describe them."""
    plain = node.attributes.get("ListNumbering") == "/None"
    return plain and any(item.inner("Lbl") for item in node.inner())


def _goto(place: Any, element: Any) -> Any:
    structure = pydyf.Array([element.reference, *place[1:]])
    return pydyf.Dictionary({"Type": "/Action", "S": "/GoTo", "D": place, "SD": structure})
