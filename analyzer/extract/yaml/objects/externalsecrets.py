"""External Secrets Operator: the text of templates; values that another store keeps are told by `hidden`.

https://external-secrets.io/latest/api/externalsecret/ and https://external-secrets.io/latest/api/pushsecret/
"""

from collections.abc import Iterator

from analyzer.extract.yaml.objects.thing import Thing
from analyzer.extract.yaml.places import Found, Place, shown
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.extract.yaml.texts import text_references
from analyzer.model import Clue, Evidence
from analyzer.yamltree import Node, Scalar


def read(thing: Thing, key: str, node: Node, place: Place) -> Iterator[Found] | None:
    """A template that is written as one text: `templateFrom[].literal`; None for any other key."""
    if key != "literal" or "templateFrom" not in place.path or not isinstance(node, Scalar):
        return None
    said = f"{shown(thing.kind)} template of {shown(thing.name)}" if shown(thing.name) else "template"
    return text_references("literal.yaml", read_scalar(node), place.saying(Evidence(Clue.PLACE, said)))
