@echo off
chcp 936 >nul
rem 把工作簿拖到这个文件上；或先在 Excel 里打开工作簿，再双击这个文件。不用宏，不用安装。
setlocal
set "PYTHON=%~dp0program\python\python.exe"
if not exist "%PYTHON%" set "PYTHON=%LOCALAPPDATA%\gk_xl\python\python.exe"
if not exist "%PYTHON%" goto missing
"%PYTHON%" -m gk_xl.cli.dropped report %*
set RESULT=%ERRORLEVEL%
goto end
:missing
echo 找不到程序：这个文件要留在安装文件夹里用，旁边应当有 program 文件夹；或先运行 install.cmd。
set RESULT=2
:end
if not defined GK_XL_NO_PAUSE pause
exit /b %RESULT%
