using System.Buffers;
using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>
/// How Windows starts a batch file: its shell reads the command line once more, by rules of its own. So each word is quoted, and a
/// character that the shell would replace even there is an error.
/// </summary>
internal static class BatchFile
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create("\"%\r\n\0");

    /// <summary>Whether a file is one.</summary>
    public static bool Is(string file) =>
        file.EndsWith(".cmd", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".bat", StringComparison.OrdinalIgnoreCase);

    /// <summary>The arguments of <c>cmd.exe</c> that start <paramref name="words"/>, of which the first is the file.</summary>
    /// <exception cref="CannotStartException">A word has a character that cannot be passed.</exception>
    public static string Arguments(IReadOnlyList<string> words)
    {
        foreach (string word in words)
        {
            if (word.AsSpan().ContainsAny(Unsafe))
            {
                throw new CannotStartException(new Text(
                    $"A batch file cannot be given the argument '{word}': Windows replaces \" and % in it.",
                    $"Um arquivo de lote não pode receber o argumento '{word}': o Windows substitui \" e % nele."));
            }
        }

        // /d: no commands of the user first. /v:off: "!" means nothing. /s: only the outer quotation marks are removed.
        return $"/d /v:off /s /c \"{string.Join(' ', words.Select(word => $"\"{word}\""))}\"";
    }
}
