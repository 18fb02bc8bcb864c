"""LibreOffice at work as somebody sits at it: macros in its own language open workbooks, change them and save them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"
 library:link="false"/>
</library:libraries>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Desk"/></library:library>
"""
# Else a new profile begins with a library of its own, and shows what the program that wrote a file had computed.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/Office">
<prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Desk"
 script:language="StarBasic">{}</script:module>
"""
# What steps may call: `Doc` is the workbook, whose sheets have no protection left. Rows and columns count from 1.
_DESK = """
Dim Doc As Object
Function Sheet(title)
  Sheet = Doc.Sheets.getByName(title)
End Function
Sub Typed(title, place, content)
  Sheet(title).getCellRangeByName(place).setFormula(content)
End Sub
Sub AsShown(title, place)
  cell = Sheet(title).getCellRangeByName(place)
  If cell.FormulaResultType2 = com.sun.star.sheet.FormulaResult.STRING Then
    cell.setString(cell.getString())
  Else
    cell.setValue(cell.getValue())
  End If
End Sub
Sub TypedAsText(title, place, content)
  Sheet(title).getCellRangeByName(place).setString(content)
End Sub
Sub Emptied(title, place)
  Sheet(title).getCellRangeByName(place).clearContents(1 + 2 + 4 + 16)
End Sub
Sub RowInserted(title, row)
  Sheet(title).Rows.insertByIndex(row - 1, 1)
End Sub
Sub RowDeleted(title, row)
  Sheet(title).Rows.removeByIndex(row - 1, 1)
End Sub
Sub ColumnInserted(title, column)
  Sheet(title).Columns.insertByIndex(column - 1, 1)
End Sub
Sub ColumnDeleted(title, column)
  Sheet(title).Columns.removeByIndex(column - 1, 1)
End Sub
Sub Pasted(title, source, target)
  Sheet(title).copyRange(Sheet(title).getCellRangeByName(target).CellAddress, _
    Sheet(title).getCellRangeByName(source).RangeAddress)
End Sub
Sub Sorted(title, place, column)
  Dim field(0) As New com.sun.star.table.TableSortField
  field(0).Field = column - 1 : field(0).IsAscending = True
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "SortFields" : how(0).Value = field()
  how(1).Name = "ContainsHeader" : how(1).Value = False
  Sheet(title).getCellRangeByName(place).sort(how())
End Sub
Sub SheetDeleted(title)
  Doc.Sheets.removeByName(title)
End Sub
Sub SheetRenamed(title, name)
  Sheet(title).Name = name
End Sub
Sub SheetAdded(title)
  Doc.Sheets.insertNewByName(title, 0)
End Sub
Sub NameRemoved(name)
  Doc.NamedRanges.removeByName(name)
End Sub
Sub NameMoved(name, cells)
  Doc.NamedRanges.getByName(name).setContent(cells)
End Sub
Sub Commented(title, place, said)
  Sheet(title).Annotations.insertNew(Sheet(title).getCellRangeByName(place).CellAddress, said)
End Sub
Sub Bold(title, place)
  Sheet(title).getCellRangeByName(place).CharWeight = com.sun.star.awt.FontWeight.BOLD
End Sub
Sub Charted(title, place)
  Dim spot As New com.sun.star.awt.Rectangle
  spot.Width = 9000 : spot.Height = 6000
  Sheet(title).Charts.addNewByName("Ours", spot, Array(Sheet(title).getCellRangeByName(place).RangeAddress), True, True)
End Sub
Sub Printed(title, place)
  Sheet(title).setPrintAreas(Array(Sheet(title).getCellRangeByName(place).RangeAddress))
End Sub
Sub Opened(source)
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden" : how(0).Value = True
  Doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, how())
  For Each one In Doc.Sheets
    one.unprotect("")
  Next
End Sub
' By way of its own format: LibreOffice 7.4 breaks down when it saves coloured cells that were moved or lost a sheet.
Sub Saved(target)
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName" : how(0).Value = "calc8"
  Doc.storeToURL(target & ".ods", how())
  Doc.close(True)
  Opened target & ".ods"
  how(0).Value = "Calc MS Excel 2007 XML"
  Doc.storeToURL(target, how())
  Doc.close(True)
End Sub
"""
_MAIN = """
Sub Main
  On Error Goto Failed
  ' The program ends with its last document.
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden" : how(0).Value = True
  StarDesktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, how())
  {calls}
Failed:
  If Err Then
    number = FreeFile
    Open "{failed}" For Output As #number
    Print #number, Error & ", line " & Erl
    Close #number
  End If
  StarDesktop.terminate()
End Sub
"""


def worked_on_by_libreoffice(steps: Mapping[Path, tuple[Path, str]]) -> None:
    """Write workbooks at the paths of `steps`, each from another one by steps such as 'Typed "Inputs", "C6", "7"'."""
    with TemporaryDirectory() as home:
        failed = Path(home, "failed.txt")
        subs = [
            f'Sub Job{place}\nOpened "{source.as_uri()}"\n{done}\nSaved "{target.as_uri()}"\nEnd Sub\n'
            for place, (target, (source, done)) in enumerate(steps.items())
        ]
        calls = "\n".join(f"Job{place}" for place in range(len(subs)))
        user = Path(home, "profile", "user")
        basic = user / "basic"
        (basic / "Standard").mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        (basic / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")
        (basic / "Standard" / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
        code = "".join([_DESK, *subs, _MAIN.format(calls=calls, failed=failed)])
        (basic / "Standard" / "Desk.xba").write_text(_MODULE.format(escape(code)), encoding="utf-8")
        program = shutil.which("soffice")
        assert program is not None
        subprocess.run(
            [
                *(program, f"-env:UserInstallation={Path(home, 'profile').as_uri()}", "--headless", "--norestore"),
                "macro:///Standard.Desk.Main",
            ],
            check=True,
            capture_output=True,
            timeout=60 * (5 + len(steps)),
        )
        assert not failed.exists(), failed.read_text(encoding="utf-8")
    gone = [target.name for target in steps if not target.exists()]
    assert not gone, gone
