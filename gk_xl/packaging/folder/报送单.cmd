@echo off
chcp 936 >nul
rem 把工作簿拖到这个文件上；或先在 Excel 里打开工作簿，再双击这个文件。不用宏，不用安装。
setlocal DisableDelayedExpansion
set "PYTHON=%~dp0program\python\python.exe"
if not exist "%PYTHON%" set "PYTHON=%LOCALAPPDATA%\gk_xl\python\python.exe"
set "GK_XL_SELF=%~f0"
setlocal EnableDelayedExpansion
rem 拖来的文件名里可以有 & 和 ^：资源管理器不给它加引号，所以把整行原样交给程序，批处理自己不拆。
set "GK_XL_LINE=!cmdcmdline!"
if not exist "!PYTHON!" goto missing
"!PYTHON!" -m gk_xl.cli.dropped slip %*
set RESULT=!ERRORLEVEL!
goto end
:missing
echo 找不到程序：这个文件要留在安装文件夹里用，旁边应当有 program 文件夹；或先运行 install.cmd。
set RESULT=2
:end
if not defined GK_XL_NO_PAUSE pause
rem 从资源管理器来的，到此整个结束：文件名里 & 后面的部分不能被当作命令运行。
if %RESULT% GEQ 64 goto called
exit %RESULT%
:called
set /a RESULT-=64
exit /b %RESULT%
