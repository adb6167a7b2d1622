Attribute VB_Name = "GkDescribe"
Option Explicit
Option Private Module

' The function wizard's texts, from the sheet "gk_xl.functions": name, what it does, then one cell for each argument.

Public Sub DescribeFunctions()
    Dim row As Long
    On Error Resume Next
    For row = 1 To FunctionCount()
        Describe row
    Next row
    ThisWorkbook.Saved = True
End Sub

Public Function FunctionCount() As Long
    Do While ThisWorkbook.Worksheets("gk_xl.functions").Cells(FunctionCount + 1, 1).Value <> ""
        FunctionCount = FunctionCount + 1
    Loop
End Function

' The texts of one function's arguments, counted from 0.
Public Function ArgumentTexts(ByVal row As Long) As Variant
    Dim texts() As String
    Dim count As Long
    Do While ThisWorkbook.Worksheets("gk_xl.functions").Cells(row, count + 3).Value <> ""
        ReDim Preserve texts(count)
        texts(count) = ThisWorkbook.Worksheets("gk_xl.functions").Cells(row, count + 3).Value
        count = count + 1
    Loop
    ArgumentTexts = texts
End Function

Private Sub Describe(ByVal row As Long)
    With ThisWorkbook.Worksheets("gk_xl.functions")
        Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & .Cells(row, 1).Value, _
            Description:=.Cells(row, 2).Value, Category:=Setting("TEXT TITLE"), ArgumentDescriptions:=ArgumentTexts(row)
    End With
End Sub
