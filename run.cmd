@echo off
rem The programs of ThreadedChat on Windows, from any folder. run.sh has the verbs for work on the code.
rem
rem Delayed expansion stays off: it would take the exclamation marks from the arguments. No argument stands inside a block,
rem which a bracket in it would end.
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
set "VERB=%~1"
if not defined VERB goto help

rem What stands behind the verb is passed on as it was typed.
set ARGUMENTS=%*
set FIRST=%2
set REST=
if defined FIRST set REST=%ARGUMENTS:* =%

if "%VERB%"=="-h" goto help
if "%VERB%"=="--help" goto help
if "%VERB%"=="help" goto help
if "%VERB%"=="build" goto build
set PROGRAM=
set OPTION=
if "%VERB%"=="server" set PROGRAM=ChatServer
if "%VERB%"=="client" set PROGRAM=ChatClient
if "%VERB%"=="check" set PROGRAM=ChatCheck
if "%VERB%"=="basic-server" set PROGRAM=ChatServer
if "%VERB%"=="basic-server" set OPTION=--basic
if "%VERB%"=="basic-client" set PROGRAM=ChatClient
if "%VERB%"=="basic-client" set OPTION=--basic
if "%VERB%"=="decode" set PROGRAM=ChatClient
if "%VERB%"=="decode" set OPTION=--decode
if "%VERB%"=="history" set PROGRAM=ChatServer
if "%VERB%"=="history" set OPTION=--print-history
if "%VERB%"=="account" set PROGRAM=ChatServer
if "%VERB%"=="account" set OPTION=--account
if "%VERB%"=="admin" set PROGRAM=ChatServer
if "%VERB%"=="admin" set OPTION=--admin
if "%VERB%"=="version" set PROGRAM=ChatClient
if "%VERB%"=="version" set OPTION=--version
if "%VERB%"=="--version" set PROGRAM=ChatClient
if "%VERB%"=="--version" set OPTION=--version
if defined PROGRAM goto start
echo run.cmd: there is no verb '%VERB%' (run.cmd help lists them)>&2
exit /b 2

:start
rem THREADEDCHAT_PROGRAMS is a folder of programs that are built already.
set "PROGRAMS=%THREADEDCHAT_PROGRAMS%"
if defined PROGRAMS goto run
set "PROGRAMS=%ROOT%.build\windows\publish"
if exist "%PROGRAMS%\ChatCheck" goto run
echo Building ThreadedChat, because this is the first start ...>&2
call :publish
if errorlevel 1 exit /b 1

:run
set "FILE=%PROGRAMS%\%PROGRAM%\%PROGRAM%"
if not exist "%FILE%.*" set "FILE=%PROGRAMS%\%PROGRAM%\release\%PROGRAM%"
if exist "%FILE%.exe" goto file
dotnet "%FILE%.dll" %OPTION% %REST%
exit /b %ERRORLEVEL%

:file
"%FILE%.exe" %OPTION% %REST%
exit /b %ERRORLEVEL%

:build
call :need_sdk
if errorlevel 1 exit /b 1
pushd "%ROOT%"
call dotnet build ThreadedChat.sln --configuration Release -warnaserror %REST%
set CODE=%ERRORLEVEL%
popd
if not "%CODE%"=="0" exit /b %CODE%
call :publish
exit /b %ERRORLEVEL%

rem Makes the programs that the other verbs start.
:publish
call :need_sdk
if errorlevel 1 exit /b 1
pushd "%ROOT%"
set MAKE=scripts\programs.proj -property:Artifacts=windows -nodeReuse:false -nologo -verbosity:quiet
call dotnet msbuild %MAKE% -target:Restore <nul >&2
set CODE=%ERRORLEVEL%
if not "%CODE%"=="0" goto published
call dotnet msbuild %MAKE% -target:Publish <nul >&2
set CODE=%ERRORLEVEL%
:published
popd
exit /b %CODE%

rem dotnet itself says whether it is there and has an SDK that global.json allows.
:need_sdk
pushd "%ROOT%"
call dotnet --version >nul 2>nul
set CODE=%ERRORLEVEL%
popd
if "%CODE%"=="0" exit /b 0
echo run.cmd: needs the .NET SDK 10: https://dotnet.microsoft.com/download>&2
exit /b 1

:help
echo ThreadedChat: a chat server with one thread per client, and a terminal client.
echo.
echo Usage: run.cmd VERB [arguments]
echo.
echo   server PORT [options]     serve chat on PORT (server --help: all options)
echo   client NAME HOST PORT     chat as NAME (client --help: all options)
echo.
echo   basic-server PORT         part 0: print what each client sends, one after the other
echo   basic-client HOST PORT    part 0: send one line of standard input
echo.
echo   decode FILE               show the frames in a file of captured bytes
echo   history FILE [options]    print what a server with --history has kept (history --help)
echo   account add NAME          give a name to somebody (account --help: remove, list, token)
echo   admin PATH who            ask or tell a running server something (admin --help: kick, ban, ...)
echo   check server ...          check any implementation of a chat server (check --help)
echo   check client ...          check any implementation of a chat client
echo.
echo   build                     build everything, warnings as errors; again when a source was changed
echo   version                   the version of all this
echo   help                      this text
echo.
echo The other verbs of run.sh (test, demo, cluster-demo, soak, bench, grade, release) need bash.
exit /b 0
