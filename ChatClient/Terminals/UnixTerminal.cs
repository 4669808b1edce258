using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ThreadedChat.Common.Streams;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>The terminal of Linux, macOS and the BSDs: termios(3).</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixTerminal : ITerminalSystem
{
    private const int InputDescriptor = 0;
    private const int OutputDescriptor = 1;

    // Larger than a struct termios on any system. It begins with the flags for input, output, control and local behaviour.
    private const int SettingsSize = 256;
    private const int OutputFlags = 1;
    private const int LocalFlags = 3;

    private readonly byte[] _original = new byte[SettingsSize];
    private byte[] _raw = [];
    private DefaultAction[]? _ends; // from StopProcess to EnableRawMode

    public string? UsualTerm => null;

    /// <inheritdoc/>
    /// <remarks>
    /// A shell starts each program in a process group of its own, so a program in the group of the session's first process has no
    /// shell.
    /// </remarks>
    public bool HasShell => TerminalCalls.ProcessGroup() != TerminalCalls.Session(0);

    public bool TryOpen()
    {
        if (TerminalCalls.IsTerminal(InputDescriptor) != 1 || TerminalCalls.IsTerminal(OutputDescriptor) != 1
            || TerminalCalls.GetTerminalSettings(InputDescriptor, _original) != 0)
        {
            return false;
        }

        _raw = ToRaw(_original);
        return true;
    }

    public Stream Input(StandardStream standard) => standard;

    public bool TryGetSize(out int columns, out int rows) => TerminalCalls.TryGetWindowSize(OutputDescriptor, out columns, out rows);

    /// <inheritdoc/>
    /// <remarks>Here SIGWINCH reports it.</remarks>
    public void OnResize(Action resized)
    {
    }

    public bool HasInput(TimeSpan wait)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan left = wait - Stopwatch.GetElapsedTime(start);
            if (Readiness.AwaitInput(InputDescriptor, left > TimeSpan.Zero ? left : TimeSpan.Zero) > 0)
            {
                return true;
            }

            // A signal ends the wait early: the window has another size, or the process continues after a stop.
            if (left <= TimeSpan.Zero)
            {
                return false;
            }
        }
    }

    public void DiscardInput() => TerminalCalls.DiscardInput();

    /// <inheritdoc/>
    /// <remarks>
    /// Until the next <see cref="EnableRawMode"/>, SIGTERM and SIGHUP have their default action. The shell's <c>kill</c> sends such
    /// a signal and then continues the process in the background; there the system would stop it again, for using the terminal,
    /// before it could handle the signal.
    /// </remarks>
    public void StopProcess()
    {
        _ends ??= [new DefaultAction(TerminalCalls.Terminate), new DefaultAction(TerminalCalls.HangUp)];
        using var stop = new DefaultAction(TerminalCalls.TerminalStop);

        // Not kill(2): the signal must stop this thread at once, so that it does nothing more before it is continued.
        _ = TerminalCalls.Raise(TerminalCalls.TerminalStop);
    }

    public void EnableRawMode(Terminal terminal, ReadOnlySpan<byte> modes)
    {
        Set(_raw);
        Array.ForEach(_ends ?? [], signal => signal.Dispose());
        _ends = null;
        terminal.Write(modes);
    }

    public void DisableRawMode(Terminal terminal, ReadOnlySpan<byte> modes)
    {
        TerminalCalls.DiscardInput(); // it was typed for the chat: the shell must not run it
        Set(_original);
        if (Readiness.AwaitSpace(OutputDescriptor, TimeSpan.Zero) > 0)
        {
            terminal.Write(modes);
        }
    }

    private static byte[] ToRaw(byte[] original)
    {
        byte[] raw = [.. original];
        TerminalCalls.MakeRaw(raw);

        // Two settings are not raw: other programs may write to the terminal too, and their \n must begin a line; and Ctrl-C must
        // reach this program even while the thread that reads is busy. The client may continue after Ctrl-C: so the system must not
        // drop output on its way to the screen, as it would by default.
        SetFlags(raw, OutputFlags, Flags(original, OutputFlags));
        SetFlags(raw, LocalFlags, Flags(raw, LocalFlags) | TerminalCalls.SignalKeys | TerminalCalls.NoFlush);
        return raw;
    }

    /// <summary>A tcflag_t has 8 bytes on macOS, of which the lower 4 are used, and 4 bytes elsewhere.</summary>
    private static Span<byte> FlagBytes(Span<byte> settings, int index) =>
        settings.Slice(index * (OperatingSystem.IsMacOS() ? 8 : 4), sizeof(uint));

    private static uint Flags(byte[] settings, int index) => MemoryMarshal.Read<uint>(FlagBytes(settings, index));

    private static void SetFlags(byte[] settings, int index, uint flags) =>
        MemoryMarshal.Write(FlagBytes(settings, index), flags);

    private static void Set(byte[] settings)
    {
        while (TerminalCalls.SetTerminalSettings(InputDescriptor, TerminalCalls.AtOnce, settings) < 0
            && Marshal.GetLastPInvokeError() == TerminalCalls.Interrupted)
        {
            // A signal interrupted the call: repeat it.
        }
    }
}
