"""Which packages lead from one language to another."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from replyassist.translation.packages import Package

# Languages that a translation may pass through, the one that is best served first.
PIVOTS = ("en", "nb")


class Routes:
    """The directions that the installed packages make possible, directly or through a pivot."""

    def __init__(self, packages: Iterable[Package]) -> None:
        self._direct: dict[tuple[str, str], Package] = {}
        for package in packages:
            known = self._direct.get((package.source, package.target))
            # One that was installed on purpose comes before a bundled one.
            if known is None or known.bundled:
                self._direct[package.source, package.target] = package

    @property
    def packages(self) -> tuple[Package, ...]:
        """The packages in use, one a direction."""
        return tuple(self._direct.values())

    def back(self, package: Package) -> Package | None:
        """The package of the way back, or None."""
        return self._direct.get((package.target, package.source))

    def find(self, source: str, target: str) -> tuple[Package, ...] | None:
        """The packages to go through, in order, or None when there is no way.

        The shortest way wins; of two as short, the one whose pivot is preferred. Nynorsk is reached from
        abroad through bokmål where nothing better is installed.
        """
        if package := self._direct.get((source, target)):
            return (package,)
        ways = [(pivot,) for pivot in PIVOTS] + [(a, b) for a in PIVOTS for b in PIVOTS if a != b]
        for way in ways:
            stops = (source, *way, target)
            if len(set(stops)) == len(stops):
                legs = [self._direct.get(leg) for leg in pairwise(stops)]
                found = tuple(leg for leg in legs if leg is not None)
                if len(found) == len(legs):
                    return found
        return None

    def targets(self) -> dict[str, tuple[str, ...]]:
        """Source language -> the languages that it can be translated into."""
        sources = sorted({source for source, _ in self._direct})
        ends = sorted({target for _, target in self._direct})
        found = {s: tuple(t for t in ends if t != s and self.find(s, t)) for s in sources}
        return {source: targets for source, targets in found.items() if targets}

    def names(self) -> dict[str, str]:
        """Tag -> English name, as the packages give them."""
        named: dict[str, str] = {}
        for package in self._direct.values():
            named.setdefault(package.source, package.source_name)
            named.setdefault(package.target, package.target_name)
        return named
