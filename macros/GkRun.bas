Attribute VB_Name = "GkRun"
Option Explicit
Option Private Module

' From a click to Python. What is said to the clerk stands in the sheet "gk_xl.conf" of this add-in, in Chinese.

Private Const ESC_PRESSED As Long = 18

' Runs a function of gk_xl.addin.excel on the workbook in front.
Public Sub RunButton(ByVal button As String)
    Dim number As Long
    Dim reason As String
    On Error GoTo failed
    If ActiveWorkbook Is Nothing Then
        Tell Setting("TEXT NO WORKBOOK")
        Exit Sub
    End If
    If Not xlwings.FileExists(GetConfig("INTERPRETER_WIN")) Then
        Tell Setting("TEXT NO PYTHON") & vbCrLf & GetConfig("INTERPRETER_WIN")
        Exit Sub
    End If
    Application.EnableCancelKey = xlErrorHandler
    Application.StatusBar = Setting("TEXT RUNNING")
    If Not RunInServer(PythonCommand(button)) Then RunPython PythonCommand(button)
    Application.StatusBar = False
    Exit Sub
failed:
    number = Err.Number
    reason = Err.Description
    Application.StatusBar = False
    If number = ESC_PRESSED Then
        Tell Setting("TEXT STOPPED")
    Else
        Tell Setting("TEXT FAILED") & vbCrLf & reason
    End If
End Sub

' The statement that a button runs. Python compares the add-in's version with its own.
Public Function PythonCommand(ByVal button As String) As String
    PythonCommand = "import gk_xl.addin.excel; gk_xl.addin.excel." & button & "('" & ThisWorkbook.ProgramVersion & "')"
End Function

' Runs a statement in the Python process that stays in the background. False when that process cannot be started,
' for example because its library is blocked; then each click starts a Python of its own.
Private Function RunInServer(ByVal statement As String) As Boolean
    Dim server As Object
    On Error Resume Next
    Set server = XLPy
    On Error GoTo 0
    If server Is Nothing Then Exit Function
    server.SetAttr server.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
    server.Exec statement
    RunInServer = True
End Function

' A line of the sheet "gk_xl.conf", empty when it has none of this name.
Public Function Setting(ByVal key As String) As String
    Dim row As Long
    row = 1
    Do While ThisWorkbook.Worksheets("gk_xl.conf").Cells(row, 1).Value <> ""
        If ThisWorkbook.Worksheets("gk_xl.conf").Cells(row, 1).Value = key Then
            Setting = ThisWorkbook.Worksheets("gk_xl.conf").Cells(row, 2).Value
            Exit Function
        End If
        row = row + 1
    Loop
End Function

' Shows a text. MsgBox knows the system's code page only, the scripting host all of Unicode.
Private Sub Tell(ByVal message As String)
    On Error GoTo plain
    WScript.Popup message, 0, Setting("TEXT TITLE"), vbExclamation
    Exit Sub
plain:
    MsgBox message, vbExclamation, Setting("TEXT TITLE")
End Sub

' What a worksheet function shows when Python does not answer.
Public Function NoAnswer(ByVal reason As String) As String
    NoAnswer = Setting("TEXT NO ANSWER") & reason
End Function

' The values of a worksheet function's argument: those of the cells, or the argument itself.
Public Function ValuesOf(ByVal argument As Variant) As Variant
    If IsObject(argument) Then
        ValuesOf = CellValues(argument)
    Else
        ValuesOf = argument
    End If
End Function

Private Function CellValues(ByVal area As Object) As Variant
    CellValues = area.Value2
End Function
