using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Suites.Basic;

/// <summary>
/// The output of a server of part 0, as a user reads it. A server may print more than the messages ("Listening on 12345",
/// "Client connected", something in front of a message), blank lines, and line ends of any kind.
/// </summary>
internal sealed class PrintedLines(string printed)
{
    private readonly string[] _lines = [.. printed.Split('\n', '\r').Select(line => line.Trim()).Where(line => line.Length > 0)];

    /// <summary>Whether each of these messages is whole in one line, once, each in another line, in this order.</summary>
    public bool Hold(IReadOnlyList<string> messages)
    {
        int last = -1;
        foreach (string message in messages)
        {
            int[] places = [.. _lines.Index().Where(line => IsIn(line.Item, message)).Select(line => line.Index)];
            if (places is not [var place] || place <= last)
            {
                return false;
            }

            last = place;
        }

        return true;
    }

    /// <summary>Whether the message is there whole, in one line or several, since it arrives in pieces.</summary>
    public bool HoldInPieces(string message) => string.Concat(_lines).Contains(message, StringComparison.Ordinal);

    /// <summary>A likely mistake of a beginner if a message is not printed as it was sent; null if none fits.</summary>
    public Text? Hint(string message) =>
        _lines.Length == 0
            ? new Text("(Does the server flush its output?)", "(O servidor descarrega a saída com flush?)")
            : _lines.Any(line => line.Contains($"b'{message}", StringComparison.Ordinal) || line.Contains($"b\"{message}", StringComparison.Ordinal))
            ? new Text("(Python shows bytes like this. Does the server decode them?)", "(O Python mostra bytes assim. O servidor os decodifica?)")
            : null;

    /// <summary>Python's form of bytes is not the message.</summary>
    private static bool IsIn(string line, string message)
    {
        int start = line.IndexOf(message, StringComparison.Ordinal);
        return start >= 0 && (start < 2 || line[start - 2] != 'b' || line[start - 1] is not ('\'' or '"'));
    }
}
