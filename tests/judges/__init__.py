"""Judges of what Gerai publishes for machines; where their rules come from says README.md."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyshacl
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.protocols import Validator
from rdflib import SH, Graph
from referencing import Registry, Resource

HERE = Path(__file__).parent
FORMATS = FormatChecker(formats=["uuid", "email"])


@FORMATS.checks("uri")
def is_uri(value: object) -> bool:
    """Tell whether a text is an absolute address."""
    return not isinstance(value, str) or bool(urlsplit(value).scheme and urlsplit(value).netloc)


def hsds_faults(kind: str, row: dict[str, Any]) -> list[str]:
    """Return what is wrong with a row of HSDS 3, as "path: message"."""
    faults = _hsds(kind).iter_errors(row)
    return sorted(f"{fault.json_path}: {fault.message}" for fault in faults)


def cpsv_faults(graph: Graph) -> list[tuple[str, str]]:
    """Return the node and the property of each fault that the CPSV-AP shapes find."""
    _sound, report, _words = pyshacl.validate(graph, shacl_graph=_shapes())
    assert isinstance(report, Graph)
    return sorted(
        (str(report.value(fault, SH.focusNode)), str(report.value(fault, SH.resultPath)))
        for fault in report.objects(None, SH.result)
    )


@cache
def _hsds(kind: str) -> Validator:
    schemas = [json.loads(file.read_text()) for file in sorted((HERE / "hsds").glob("*.json"))]
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas
    )
    wanted = registry.contents(f"https://judges.invalid/hsds/{kind}.json")
    return Draft202012Validator(wanted, registry=registry, format_checker=FORMATS)


@cache
def _shapes() -> Graph:
    return Graph().parse(HERE / "cpsv-ap" / "shapes.ttl")
