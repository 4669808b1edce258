using ThreadedChat.Common.Streams;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>The functions of an operating system for the terminal of standard input and output. <see cref="TerminalDevice"/> uses it.</summary>
internal interface ITerminalSystem
{
    /// <summary>The value of TERM for a terminal of this system whose user has set none; null if there is no such value.</summary>
    string? UsualTerm { get; }

    /// <summary>True if a shell takes over when this process stops, and can continue it.</summary>
    bool HasShell { get; }

    /// <summary>Notes the settings of the terminal. False if there is none, or no line can be edited on it.</summary>
    bool TryOpen();

    /// <summary>The stream to read for standard input, which is <paramref name="standard"/>, also in raw mode.</summary>
    Stream Input(StandardStream standard);

    /// <summary>False if the size of the window is unknown.</summary>
    bool TryGetSize(out int columns, out int rows);

    /// <summary>Calls <paramref name="resized"/> after each change of the size, on systems that have no signal for it.</summary>
    void OnResize(Action resized);

    /// <summary>True if there is input within <paramref name="wait"/>.</summary>
    bool HasInput(TimeSpan wait);

    void DiscardInput();

    /// <summary>Turns raw mode on and writes the sequences for it.</summary>
    /// <exception cref="IOException">Standard output is closed.</exception>
    void EnableRawMode(Terminal terminal, ReadOnlySpan<byte> modes);

    /// <summary>Restores the settings that <see cref="TryOpen"/> noted, and writes the sequences for the shell. Never waits.</summary>
    void DisableRawMode(Terminal terminal, ReadOnlySpan<byte> modes);

    /// <summary>Stops this process until the shell continues it.</summary>
    void StopProcess();
}
