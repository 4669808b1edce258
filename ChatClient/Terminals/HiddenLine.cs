using System.Text;
using Microsoft.Win32.SafeHandles;
using ThreadedChat.Common.Streams;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>Reads a line from the terminal without showing it, before the screen is opened. Also if standard input is a pipe.</summary>
internal static class HiddenLine
{
    private const string UnixTerminalFile = "/dev/tty";
    private const int SettingsSize = 256;
    private const int MostBytes = 1024;

    private const int CtrlC = 3;
    private const int CtrlD = 4;
    private const int Backspace = 8;
    private const int CtrlU = 21;
    private const int Delete = 127;

    /// <summary>Asks; null if the user types Ctrl-C or Ctrl-D, or the input ends.</summary>
    /// <exception cref="IOException">There is no terminal.</exception>
    public static string? Read(string prompt, Terminal terminal)
    {
        if (OperatingSystem.IsWindows())
        {
            return ReadConsole(prompt, terminal);
        }

        try
        {
            using var file = new FileStream(UnixTerminalFile, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return ReadUnix(prompt, file);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or NotSupportedException)
        {
            throw new IOException(e.Message);
        }
    }

    /// <summary>Reads the bytes of a line, as a terminal in raw mode sends them.</summary>
    /// <param name="next">The next byte; less than 0 at the end.</param>
    internal static string? ReadBytes(Func<int> next)
    {
        var line = new List<byte>();
        while (true)
        {
            switch (next())
            {
                case < 0 or CtrlC:
                case CtrlD when line.Count == 0:
                    return null;
                case '\r' or '\n' or CtrlD:
                    return Encoding.UTF8.GetString([.. line]);
                case Backspace or Delete:
                    line.RemoveRange(Math.Max(line.Count - 1, 0), Math.Min(line.Count, 1));
                    break;
                case CtrlU:
                    line.Clear();
                    break;
                case var typed when line.Count < MostBytes:
                    line.Add((byte)typed);
                    break;
            }
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static string? ReadUnix(string prompt, FileStream file)
    {
        SafeFileHandle handle = file.SafeFileHandle;
        int descriptor = (int)handle.DangerousGetHandle();
        var original = new byte[SettingsSize];
        if (TerminalCalls.GetTerminalSettings(descriptor, original) != 0)
        {
            throw new IOException("the terminal does not tell its settings.");
        }

        byte[] raw = [.. original];
        TerminalCalls.MakeRaw(raw); // Ctrl-C comes as a byte, so that nothing ends the program while echo is off
        EventHandler restore = (_, _) => TerminalCalls.SetTerminalSettings(descriptor, TerminalCalls.AtOnce, original);
        AppDomain.CurrentDomain.ProcessExit += restore;
        try
        {
            _ = TerminalCalls.SetTerminalSettings(descriptor, TerminalCalls.AtOnce, raw);
            file.Write(Encoding.UTF8.GetBytes(prompt));
            string? line = ReadBytes(file.ReadByte);
            file.Write("\r\n"u8);
            return line;
        }
        finally
        {
            _ = TerminalCalls.SetTerminalSettings(descriptor, TerminalCalls.AtOnce, original);
            AppDomain.CurrentDomain.ProcessExit -= restore;
        }
    }

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static string? ReadConsole(string prompt, Terminal terminal)
    {
        if (!StandardStreams.Input.IsTerminal || !ConsoleCalls.TryGetMode(ConsoleCalls.Input, out uint original))
        {
            throw new IOException("standard input is not a console.");
        }

        try
        {
            _ = ConsoleCalls.TrySetMode(ConsoleCalls.Input, original & ~(ConsoleCalls.LineInput | ConsoleCalls.EchoInput | ConsoleCalls.ProcessedInput));
            terminal.WriteError(prompt);
            var one = new byte[1];
            string? line = ReadBytes(() => terminal.Read(one) == 1 ? one[0] : -1);
            terminal.WriteError("\r\n");
            return line;
        }
        finally
        {
            _ = ConsoleCalls.TrySetMode(ConsoleCalls.Input, original);
        }
    }
}
