using System.Text;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Terminals;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.Common;

namespace ThreadedChat.ChatCheck.Suites.Client;

/// <summary>The terminal of a client as the person at it sees it. One thread.</summary>
internal sealed class ClientScreen(IProgram program)
{
    /// <summary>The text that a client shows where a line can be typed.</summary>
    public const string Prompt = "[Me]";

    private const int LinesInFindings = 4;

    private readonly TerminalScreen _screen = new(newLineMode: !program.IsTerminal);
    private readonly List<byte> _unseen = [];
    private int _shown;
    private int _changesAtLook;

    /// <summary>How many characters have been written or erased so far.</summary>
    public int Changes => _screen.Changes;

    /// <summary>Whether anything was ever printed.</summary>
    public bool HasAny => _shown > 0;

    /// <summary>The output since the last read.</summary>
    public string Unseen => Encoding.UTF8.GetString([.. _unseen]);

    /// <summary>Whether the program draws on the second screen, which keeps only as many lines as it has rows.</summary>
    public bool IsAlternate => _screen.IsAlternate;

    /// <summary>The lines of the second screen when the program left it.</summary>
    public IReadOnlyList<string> LeftLines => _screen.LeftLines;

    /// <summary>Whether the cursor is behind an empty prompt.</summary>
    public bool ShowsPrompt => _screen.CursorLine.Trim(' ') == Prompt && _screen.CursorColumn >= Prompt.Length;

    /// <summary>
    /// Whether there is a prompt that was not looked at: one that was printed, or one that stands where it was while the rest of
    /// the screen has changed.
    /// </summary>
    public bool HasNewPrompt => Unseen.Contains(Prompt, StringComparison.Ordinal) || (_screen.Changes != _changesAtLook && ShowsPrompt);

    /// <summary>The lines that are shown; finished are all but the one with the cursor.</summary>
    public IReadOnlyList<string> Lines(bool areFinished) => areFinished ? _screen.FinishedLines : _screen.Lines;

    /// <summary>The last lines, for a finding.</summary>
    public string LastLines() => VisibleText.ShowPadded(Encoding.UTF8.GetBytes(
        string.Join('\n', _screen.Lines.Where(line => line.Length > 0).TakeLast(LinesInFindings))));

    /// <summary>Shows the typed text if no terminal does.</summary>
    public void Echo(string typed)
    {
        if (!program.IsTerminal)
        {
            _screen.Write(typed);
        }
    }

    /// <summary>Marks the output so far as seen, and returns the part that was not seen before.</summary>
    public byte[] Look()
    {
        Show(program.Output.From(_shown));
        byte[] printed = [.. _unseen];
        _unseen.Clear();
        _changesAtLook = _screen.Changes;
        return printed;
    }

    /// <summary>Waits until <paramref name="isEnough"/> holds for the screen; false if it does not in time.</summary>
    public bool Await(CaseClock.Wait wait, Func<bool> isEnough)
    {
        int start = _shown;
        return program.Output.Await(start, wait, (bytes, _) =>
        {
            Show(bytes.AsSpan(_shown - start));
            return isEnough();
        });
    }

    private void Show(ReadOnlySpan<byte> printed)
    {
        _screen.Write(printed);
        _unseen.AddRange(printed);
        _shown += printed.Length;
    }
}
