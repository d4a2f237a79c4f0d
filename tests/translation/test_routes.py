"""Which way a text goes from one language to another."""

from pathlib import Path

import pytest

from replyassist.translation.packages import Package
from replyassist.translation.routes import Routes


def package(source, target, *, bundled=True):
    return Package(source, target, source, target, Path(), Path(), "", "1", bundled, None)


ROUTES = Routes(
    [package(*pair.split("-")) for pair in ("nb-en", "en-nb", "en-nn", "nb-nn", "en-pl", "sv-en")]
)


@pytest.mark.parametrize(
    ("source", "target", "stops"),
    [
        ("nb", "en", ["en"]),
        ("nb", "nn", ["nn"]),
        ("nb", "pl", ["en", "pl"]),
        ("sv", "nn", ["en", "nn"]),
    ],
)
def test_the_shortest_way_is_taken(source, target, stops):
    assert [p.target for p in ROUTES.find(source, target)] == stops


def test_a_way_through_two_pivots_is_found():
    routes = Routes([package(*pair.split("-")) for pair in ("pl-en", "en-nb", "nb-nn")])
    assert [p.target for p in routes.find("pl", "nn")] == ["en", "nb", "nn"]


def test_no_way_is_no_way():
    assert ROUTES.find("so", "nb") is None
    assert ROUTES.find("pl", "en") is None
    assert "so" not in ROUTES.targets()


def test_what_was_installed_on_purpose_comes_before_what_is_bundled():
    installed = package("nb", "en", bundled=False)
    for order in ([package("nb", "en"), installed], [installed, package("nb", "en")]):
        assert Routes(order).find("nb", "en") == (installed,)
