"""A domain whose data belongs to documents: what it forgets and merges is the same for all."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from sphinx.domains import Domain


class DocumentData(Domain):
    """A domain that keeps everything in `initial_data` by docname."""

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        for kind in self.initial_data:
            self.data[kind].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        for kind in self.initial_data:
            self.data[kind] |= {d: v for d, v in otherdata[kind].items() if d in docnames}
