using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Logging;

/// <summary>How what a peer has called something stands in a log line: so that it cannot be taken for a part of the line, or another line.</summary>
internal static class LogName
{
    private const string Plain = "_-.";

    /// <summary>Letters and digits as they are; anything else between quotation marks, with what cannot be seen escaped.</summary>
    public static string Show(string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal))
            ? name
            : Show(Encoding.UTF8.GetBytes(name));

    /// <summary>The same for bytes that may be anything, always between quotation marks.</summary>
    public static string Show(ReadOnlySpan<byte> text) => $"\"{VisibleText.Show(text)}\"";
}
