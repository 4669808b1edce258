using System.Text;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Channels;

/// <summary>
/// Tells whether a name reads like a line of the server. A name stands at the beginning of the notices about it, so with
/// <c>The server is full</c> as a name all members would read <c>The server is full has joined</c>.
/// </summary>
internal static class ServerLine
{
    private const string Argument = "{0}";
    private const char ArgumentEnd = '}';

    /// <summary>So many words at the beginning of a text are enough to take it for that text.</summary>
    private const int MostWords = 4;

    /// <summary>Fewer words before the first argument are also how names begin, such as <c>Room</c>: then what follows the argument counts too.</summary>
    private const int LeastWords = 3;

    /// <summary>How many of the words behind the argument count in that case.</summary>
    private const int WordsBehind = 2;

    /// <summary>The texts, as they look: a name is compared with each in the same form.</summary>
    private static readonly Lazy<Pattern[]> Patterns = new(() =>
        [.. ProtocolText.Lines.Concat(ExtendedText.Lines).Concat(AccountText.Lines).SelectMany(Forms).Distinct()]);

    /// <summary>True if a name begins like a text of the server, or has the words of a notice in it, as it looks.</summary>
    /// <param name="name">The words of a name, with one blank between two of them.</param>
    public static bool Resembles(string name)
    {
        // Each text has several words, or a colon; beyond ASCII more characters look like a colon.
        if (Ascii.IsValid(name) && !name.Contains(' ', StringComparison.Ordinal) && !name.Contains(':', StringComparison.Ordinal))
        {
            return false;
        }

        string[] looks = [.. Looks(name)];
        return Patterns.Value.Any(pattern => looks.Any(pattern.Fits));
    }

    /// <summary>
    /// The forms in which two texts are the same if they look the same: without regard to case, and by the shape of the characters. <c>i</c> and
    /// <c>l</c> count as one letter: <c>I</c> is read as either, also twice in one name.
    /// </summary>
    private static IEnumerable<string> Looks(string text) =>
        LookAlike.Skeletons(text).Prepend(LookAlike.Key(text)).Select(look => look.Replace('i', 'l')).Distinct();

    private static IEnumerable<Pattern> Forms(string text)
    {
        (string begin, string behind) = Parts(text);
        return Looks(begin).SelectMany(_ => Looks(behind), (one, other) => new Pattern(one, other));
    }

    /// <summary>What a name must begin with, and what must follow later, to read like a text.</summary>
    private static (string Begin, string Behind) Parts(string text)
    {
        int argument = text.IndexOf(Argument, StringComparison.Ordinal);
        string before = argument < 0 ? text : text[..argument];
        int count = before.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (argument < 0 || count >= LeastWords)
        {
            return (FirstWords(before, MostWords), "");
        }

        string behind = text[(text.IndexOf(ArgumentEnd, argument) + 1)..];
        int next = behind.IndexOf(ArgumentEnd, StringComparison.Ordinal); // a host is followed by a port
        behind = behind.StartsWith(' ') || next < 0 ? behind : behind[(next + 1)..];
        return (before.TrimEnd(), $" {FirstWords(behind, count == 0 ? MostWords : WordsBehind)}");
    }

    /// <summary>So many words, without the mark at their end; a text of one word keeps its mark, since the word alone may be a name.</summary>
    private static string FirstWords(string text, int count)
    {
        string[] words = text.Split(' ', count + 1, StringSplitOptions.RemoveEmptyEntries);
        string first = string.Join(' ', words.Take(count));
        return words.Length > 1 ? first.TrimEnd('.', ',', ':', '?') : first;
    }

    private sealed record Pattern(string Begin, string Behind)
    {
        public bool Fits(string name) =>
            name.StartsWith(Begin, StringComparison.Ordinal) && name.AsSpan(Begin.Length).Contains(Behind, StringComparison.Ordinal);
    }
}
