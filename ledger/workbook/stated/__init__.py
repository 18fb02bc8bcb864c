"""What a workbook states of a ledger beside its numbers, on the way out and on the way back.

- `given`: units in which figures were given; `sources`: short ids of sources; `version`: the id of the whole ledger
- `since`: what changed since an earlier workbook, and what each change does to the answer
"""

from unitledger.workbook.stated.given import row_unit, typed
from unitledger.workbook.stated.since import Earlier, Since, changes_since
from unitledger.workbook.stated.sources import source_ids
from unitledger.workbook.stated.version import version_id

__all__ = ["Earlier", "Since", "changes_since", "row_unit", "source_ids", "typed", "version_id"]
