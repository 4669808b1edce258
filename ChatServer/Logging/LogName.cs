using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Logging;

/// <summary>The form of a peer's text in a log line, so that it cannot be taken for a part of the line or for another line.</summary>
internal static class LogName
{
    private const string Plain = "_-.";

    /// <summary>Letters and digits unchanged; any other text between quotation marks, with invisible characters escaped.</summary>
    public static string Show(string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal))
            ? name
            : Show(Encoding.UTF8.GetBytes(name));

    /// <summary>The same for bytes that may be anything, always between quotation marks.</summary>
    public static string Show(ReadOnlySpan<byte> text) => $"\"{VisibleText.Show(text)}\"";
}
