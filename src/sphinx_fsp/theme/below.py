"""What a page shows of the pages below it, in the toctrees that it prints."""

from __future__ import annotations

from hashlib import sha256

from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.util.tags import Tags


class Below:
    """Digests of branches, each made once."""

    def __init__(self, env: BuildEnvironment, tags: Tags) -> None:
        self._env = env
        self._tags = tags
        self._digests: dict[tuple[str, int, bool], str] = {}

    def shown(self, docname: str) -> str:
        """Return a digest of the branches that a page prints; empty when it prints none."""
        toc = self._env.tocs.get(docname)
        if toc is None:
            return ""
        texts = []
        for toctree in toc.findall(addnodes.toctree):
            if not toctree.get("hidden"):
                depth = max(toctree.get("maxdepth") or 0, 0)
                titles = bool(toctree.get("titlesonly"))
                texts += [self._branch(ref, depth, titles) for _title, ref in toctree["entries"]]
        return sha256("".join(texts).encode()).hexdigest() if texts else ""

    def _branch(self, docname: str, depth: int, titles: bool) -> str:
        """Return a digest of a document and of what is below it.

        :param depth: levels that are printed, 0 for all of them
        :param titles: True when documents are printed without their headings
        """
        env = self._env
        if docname not in env.tocs:
            return docname
        key = (docname, depth, titles)
        if key not in self._digests:
            toc = env.tocs[docname]
            numbers = env.toc_secnumbers.get(docname, {})
            texts = [docname, env.titles[docname].astext(), repr(numbers.get(""))]
            if depth != 1:
                if not titles:
                    texts += [toc.astext(), repr(sorted(numbers.items()))]
                for toctree in toc.findall(addnodes.toctree):
                    texts.append(repr(toctree["entries"]))
                    below = max(depth - 1, 0)
                    texts += [
                        self._branch(ref, below, titles) for _title, ref in toctree["entries"]
                    ]
            self._digests[key] = sha256("\0".join(texts).encode()).hexdigest()
        return self._digests[key]
