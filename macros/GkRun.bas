Attribute VB_Name = "GkRun"
Option Explicit
Option Private Module

' From a click to Python. What is said to the clerk stands in the sheet "gk_xl.conf" of this add-in, in Chinese.

Private Const ESC_PRESSED As Long = 18

' Why the Python process in the background could not be started, empty as long as it could. Excel stands still for a
' minute or two at each try, so the first failure counts until Excel is opened again.
Private whyNoServer As String

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
    Set server = PythonServer()
    If server Is Nothing Then Exit Function
    server.SetAttr server.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
    server.Exec statement
    RunInServer = True
End Function

' The Python process in the background, Nothing when it cannot be started.
Private Function PythonServer() As Object
    If whyNoServer <> "" Then Exit Function
    On Error Resume Next
    Set PythonServer = XLPy
    If Err.Number <> 0 Then whyNoServer = Err.Description & " "
End Function

' What Python answers to a worksheet function. A list has its titles in the first line; see ListForCaller.
Public Function AskPython(ByVal file As String, ByVal name As String, ByVal arguments As Variant, ByVal lists As Boolean) As Variant
    Dim server As Object
    Dim answer As Variant
    On Error GoTo failed
    Set server = PythonServer()
    If server Is Nothing Then
        AskPython = NoAnswer(whyNoServer)
        Exit Function
    End If
    answer = server.CallUDF(file, name, arguments)
    If lists Then answer = ListForCaller(answer, CallingCell(), name)
    AskPython = answer
    Exit Function
failed:
    AskPython = NoAnswer(Err.Description)
End Function

Private Function CallingCell() As Object
    On Error Resume Next
    If TypeName(Application.Caller) = "Range" Then Set CallingCell = Application.Caller
End Function

' Excel before 365 shows of a list its first cell only, the title of a column, unless the formula was entered over several
' cells. There the cell says the first line as a sentence, and how to see all of them.
Public Function ListForCaller(ByVal answer As Variant, ByVal caller As Object, ByVal name As String) As Variant
    ListForCaller = answer
    If Not IsArray(answer) Then Exit Function
    If HoldsOneCell(caller, name) Then ListForCaller = FirstLine(answer)
End Function

' Whether a cell holds nothing but a call of this function, and cannot show more than one value.
Private Function HoldsOneCell(ByVal caller As Object, ByVal name As String) As Boolean
    Dim written As String
    If caller Is Nothing Then Exit Function
    If caller.Count > 1 Then Exit Function
    If Left$(UCase$(caller.Formula), Len(name) + 2) <> "=" & name & "(" Then Exit Function
    On Error Resume Next
    written = caller.Formula2
    HoldsOneCell = (written = "") Or (Left$(written, 2) = "=@")
End Function

' The first line of a list, each value behind the title of its column.
Private Function FirstLine(ByVal answer As Variant) As String
    Dim top As Long
    Dim column As Long
    Dim text As String
    top = LBound(answer, 1)
    For column = LBound(answer, 2) To UBound(answer, 2)
        If CStr(answer(top + 1, column)) <> "" Then
            If text <> "" Then text = text & Setting("TEXT BETWEEN")
            text = text & answer(top, column) & Setting("TEXT COLON") & answer(top + 1, column)
        End If
    Next column
    FirstLine = text & Replace(Replace(Replace(Setting("TEXT ONE CELL"), "{lines}", UBound(answer, 1) - top), _
        "{rows}", UBound(answer, 1) - top + 1), "{columns}", UBound(answer, 2) - LBound(answer, 2) + 1)
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
