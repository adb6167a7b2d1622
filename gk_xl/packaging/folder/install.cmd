@echo off
chcp 936 >nul
rem 安装：只为当前用户，不需要管理员权限，不需要上网。
setlocal
set "PYTHON=%~dp0program\python\python.exe"
if not exist "%PYTHON%" goto missing
"%PYTHON%" -m gk_xl.packaging.setup "%~dp0program"
set RESULT=%ERRORLEVEL%
goto end
:missing
echo 文件夹不完整：缺少 program\python。请把整个文件夹解压出来再运行 install.cmd，不要在压缩包里直接双击。
set RESULT=2
:end
if not defined GK_XL_NO_PAUSE pause
exit /b %RESULT%
