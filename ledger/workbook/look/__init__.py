"""How a workbook looks: `styles` of cells, `formats` of numbers, the `palette` of charts, the printed `page`."""

from unitledger.workbook.look.formats import GENERAL, number_format
from unitledger.workbook.look.styles import STYLES

__all__ = ["GENERAL", "STYLES", "number_format"]
