Attribute VB_Name = "GkRibbon"
Option Explicit

' One Sub for each button of customUI14.xml; the text behind RunButton is the name of a function in gk_xl.addin.excel.
' "control" is the ribbon control, declared As Object so that the project needs no reference to the Office library.

Public Sub OnCheck(control As Object)
    RunButton "check"
End Sub

Public Sub OnNextFinding(control As Object)
    RunButton "next_finding"
End Sub

Public Sub OnPreviousFinding(control As Object)
    RunButton "previous_finding"
End Sub

' Ctrl+Shift+F8 and Ctrl+Shift+F7, set when the add-in opens.
Public Sub NextByKey()
    RunButton "next_finding"
End Sub

Public Sub PreviousByKey()
    RunButton "previous_finding"
End Sub

Public Sub OnClearMarks(control As Object)
    RunButton "clear_marks"
End Sub

Public Sub OnAcceptProposal(control As Object)
    RunButton "accept_proposal"
End Sub

Public Sub OnAcceptAll(control As Object)
    RunButton "accept_all"
End Sub

Public Sub OnUndo(control As Object)
    RunButton "undo"
End Sub

Public Sub OnFillTotals(control As Object)
    RunButton "fill_totals"
End Sub

Public Sub OnFillZeros(control As Object)
    RunButton "fill_zeros"
End Sub

Public Sub OnImportReport(control As Object)
    RunButton "import_report"
End Sub

Public Sub OnLoadLastYear(control As Object)
    RunButton "load_last_year"
End Sub

Public Sub OnTakeLedger(control As Object)
    RunButton "take_ledger"
End Sub

Public Sub OnMakeSlip(control As Object)
    RunButton "make_slip"
End Sub

Public Sub OnExportReport(control As Object)
    RunButton "export_report"
End Sub

Public Sub OnRepair(control As Object)
    RunButton "repair"
End Sub

Public Sub OnSummarise(control As Object)
    RunButton "summarise"
End Sub

Public Sub OnReturnMarked(control As Object)
    RunButton "return_marked"
End Sub

Public Sub OnAbout(control As Object)
    RunButton "about"
End Sub
