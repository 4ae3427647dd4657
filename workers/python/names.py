"""Names of packages: `import cv2` is what opencv-python brings. The list is distributions.json, beside this file."""

import json
import pathlib
import re

_LIST = json.loads(pathlib.Path(__file__).with_name("distributions.json").read_text("utf-8"))
_BY_LOWER_CASE = {module.lower(): distribution for module, distribution in _LIST.items()}

# The name at the start of a requirement; what follows are extras, versions and markers (PEP 508).
_NAME = re.compile(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?=\s*(?:$|[\[<>=!~;@(]))")


def canonical(name):
    """The name as indexes and locks write it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def distribution_of(module):
    """The distribution that brings the top-level module, where it is known under another name; else None."""
    return _BY_LOWER_CASE.get(module.lower())


def renamed(requirement, distribution_of_module=distribution_of):
    """`requirement` with an import name made into its distribution's, and both names; None where there is nothing to
    do. An address of a wheel is left alone."""
    found = _NAME.match(requirement)
    if found is None:
        return None
    distribution = distribution_of_module(found[1])
    if distribution is None or canonical(distribution) == canonical(found[1]):
        return None
    return distribution + requirement[found.end() :], found[1], distribution


def name_of(requirement):
    """The canonical name of the package that a requirement asks for; empty where it is an address."""
    found = _NAME.match(requirement)
    return "" if found is None else canonical(found[1])
