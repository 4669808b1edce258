using ThreadedChat.ChatClient.Basic;
using ThreadedChat.ChatClient.Configuration;
using ThreadedChat.ChatClient.Connection;
using ThreadedChat.ChatClient.Decode;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Input;
using ThreadedChat.ChatClient.Session;
using ThreadedChat.ChatClient.Terminals;
using ThreadedChat.Common;
using ThreadedChat.Common.Arguments;
using ThreadedChat.Common.Configuration;
using ThreadedChat.Common.Streams;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatClient;

/// <summary>The client: <c>client NAME HOST PORT</c>. Puts the parts together and returns the exit code.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        StandardStreams.Open();
        var terminal = Terminal.OpenStandard();
        switch (ClientCommandLine.Parse(args, ReadConfiguration))
        {
            case Request.Wrong wrong:
                terminal.WriteError(wrong.Text);
                return ExitCode.WrongArguments;

            case Request.Answer answer:
                new PlainScreen(terminal).Close(answer.Text);
                return ExitCode.Done;

            case Request.Run run:
                if (!TryTakeToken(run.Options, terminal, out ClientOptions options))
                {
                    return ExitCode.NoToken;
                }

                using (FrontEnd frontEnd = OpenFrontEnd(options, terminal))
                using (Signals.Watch(frontEnd.Screen, frontEnd.Window, frontEnd.TryInterruptLine))
                {
                    return Run(options, terminal, frontEnd);
                }

            case Request.Decode decode:
                return Decoder.Run(decode.File, decode.Picture, terminal);

            default:
                throw new InvalidOperationException("A request of no known kind.");
        }
    }

    private static ConfigurationFile ReadConfiguration() =>
        ConfigurationFile.Read(ConfigurationPath.Find(Environment.GetEnvironmentVariable, OperatingSystem.IsWindows()));

    /// <summary>Reads the token, if there is one. False, with the reason on standard error, if it is wrong or must not be sent.</summary>
    private static bool TryTakeToken(ClientOptions given, Terminal terminal, out ClientOptions options)
    {
        options = given;
        if (given.IsBasic)
        {
            return true;
        }

        Func<string?>? ask = given.AsksToken ? () => HiddenLine.Read($"Token of {given.Name}: ", terminal) : null;
        string? variable = Environment.GetEnvironmentVariable(TokenSource.Variable) is { Length: > 0 } value ? value : null;
        bool isRead = TokenSource.TryRead(ask, given.TokenFile, variable, given.ConfiguredToken, out string? token, out string? error);
        bool isEncrypted = given.UsesTls;
        if (isRead && token is not null
            && given.Servers.FirstOrDefault(server => !TokenRule.MaySend(server.Host, isEncrypted, given.AllowsInsecureToken)) is { } open)
        {
            error = $"The token is not sent to {open.Host}: the connection is not encrypted, so others can read it (use --tls, or --insecure-token to send it anyway).";
        }

        if (error is not null)
        {
            terminal.WriteError($"{ArgumentForms.OneLine(error)}\n");
            return false;
        }

        options = given with { Token = token, ConfiguredToken = null };
        return true;
    }

    private static int Run(ClientOptions options, Terminal terminal, FrontEnd frontEnd)
    {
        try
        {
            return options.IsBasic
                ? BasicClient.Run(options.Host, options.Port, terminal, frontEnd.Screen)
                : Chat(options, terminal, frontEnd);
        }
        catch (FileNotFoundException)
        {
            // The process has no file descriptor left to load the part of the runtime that connects.
            frontEnd.Screen.Close(ProtocolText.Format(ProtocolText.CannotConnect, options.Host, options.Port) + "\n");
            return ExitCode.NoServer;
        }
    }

    private static int Chat(ClientOptions options, Terminal terminal, FrontEnd frontEnd)
    {
        string? error = null;
        using TraceWriter? trace = options.Trace ? TraceWriter.TryOpen(options.TraceFile, terminal.Error, out error) : null;
        if (error is not null)
        {
            terminal.WriteError($"{error}\n");
            return ExitCode.NoFile;
        }

        error = options.UsesTls ? OpenSslLibrary.Missing("TLS") : null;
        TlsClient? tls = options.UsesTls && error is null
            ? TlsClient.TryLoad(options.AuthorityFile, options.CertificateFile, options.KeyFile, options.KnownHostsFile ?? StatePath.OfUser(StatePath.KnownHosts) ?? "", out error)
            : null;
        if (error is not null)
        {
            terminal.WriteError($"{error}\n");
            return ExitCode.NoFile;
        }

        void ReportLine(string line) => Report(line, terminal, frontEnd);
        using LogFile? log = options.LogFile is { } file ? new LogFile(file, ReportLine) : null;
        return ChatSession.Run(options, frontEnd, trace, log, tls, ReportLine);
    }

    private static void Report(string line, Terminal terminal, FrontEnd frontEnd)
    {
        if (frontEnd.MayAddText)
        {
            frontEnd.Screen.ShowNews(line);
        }
        else
        {
            terminal.WriteError($"{line}\n"); // the bytes of standard output are fixed
        }
    }

    private static FrontEnd OpenFrontEnd(ClientOptions options, Terminal terminal)
    {
        if (options.IsPlain || options.IsBasic || !TerminalDevice.IsTerminal)
        {
            return FrontEnd.Plain(terminal);
        }

        LineTime? time = options.ShowsTime ? new LineTime(TimeProvider.System, options.TimeFormat) : null;
        if (options.IsForScreenReader)
        {
            return FrontEnd.ForScreenReader(terminal, new MessageStyle(options.Name, Theme.None, options.Bell, time, isSpoken: true, options.Highlight));
        }

        bool hasTitle = TerminalTitle.IsUnderstood(TerminalDevice.Term);
        if (TerminalDevice.TryOpen(terminal, hasTitle) is not { } device)
        {
            return FrontEnd.Plain(terminal);
        }

        ThemeChoice theme = TerminalColours.ThemeOf(options.Theme, Variable);
        ColourDepth colours = TerminalColours.Of(Variable, Terminfo.Colours);
        string? history = options.KeepsHistory ? options.HistoryFile ?? StatePath.OfUser(StatePath.History) : null;
        return FrontEnd.Editing(
            terminal,
            device,
            new MessageStyle(options.Name, Theme.Of(theme, colours), options.Bell, time, isSpoken: false, options.Highlight),
            new TerminalTitle(options.Name, string.Join(',', options.Servers), hasTitle),
            options.Notify,
            history is null ? null : new HistoryFile(history));
    }

    private static string? Variable(string name) => name == "TERM" ? TerminalDevice.Term : Environment.GetEnvironmentVariable(name);
}
