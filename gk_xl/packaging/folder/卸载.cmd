@echo off
chcp 936 >nul
rem 卸载：去掉加载宏和程序。填好的工作簿和报告都不动。
setlocal
set RESULT=0
if exist "%APPDATA%\Microsoft\Excel\XLSTART\gk_xl.xlam" del /f /q "%APPDATA%\Microsoft\Excel\XLSTART\gk_xl.xlam"
if exist "%LOCALAPPDATA%\gk_xl" rmdir /s /q "%LOCALAPPDATA%\gk_xl"
if exist "%APPDATA%\Microsoft\Excel\XLSTART\gk_xl.xlam" set RESULT=1
if exist "%LOCALAPPDATA%\gk_xl\python\python.exe" set RESULT=1
if %RESULT%==0 echo 已卸载。
if %RESULT%==1 echo 没有卸载干净：请先关闭 Excel，再运行一次“卸载.cmd”。
if not defined GK_XL_NO_PAUSE pause
exit /b %RESULT%
