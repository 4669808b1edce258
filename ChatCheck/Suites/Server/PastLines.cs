using System.Text.RegularExpressions;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>The lines of a history, <c>2026-11-25 12:04 [Ana] text</c>: all but the time can be expected.</summary>
internal static partial class PastLines
{
    /// <summary>The next messages must be these lines, whatever their times, and no further line.</summary>
    public static void Expect(Person person, params IReadOnlyList<string> lines)
    {
        string[] received = [.. person.Fence().Select(frame => frame.Text)];
        if (!received.All(line => Time().IsMatch(line)) || !received.Select(line => Time().Replace(line, "")).SequenceEqual(lines))
        {
            throw Findings.Wrong(
                new("The answer does not have these lines, each with date and time.", "A resposta não tem estas linhas, cada uma com data e hora."),
                string.Join(" | ", lines.Select(line => $"YYYY-MM-DD HH:MM {line}")),
                string.Join(" | ", received));
        }
    }

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} ", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
