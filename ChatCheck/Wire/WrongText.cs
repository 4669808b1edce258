using System.Text.RegularExpressions;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>
/// Names a wrong text without the names and texts that a case has filled in: a program that has one text wrong fails several
/// cases with it, and that is one fault.
/// </summary>
internal static partial class WrongText
{
    private const string Argument = "{0}";
    private const string Said = "{1}";
    private const string NameOfClient = "name";

    private static readonly string[] Templates =
    [
        ExpectedText.InvalidControlMessage, ExpectedText.NoChannelExists, ExpectedText.JoinRequiresArgument, ExpectedText.ClientJoined,
        ExpectedText.ClientLeft, ExpectedText.ChannelExists, ExpectedText.CreateRequiresArgument, ExpectedText.ClientNotInChannel,
    ];

    // Around the name of a client, in the notices about it.
    private static readonly (string Before, string Behind)[] Notices = [.. new[] { ExpectedText.ClientJoined, ExpectedText.ClientLeft }.Select(Around)];

    /// <summary>The name of the fault; null if <paramref name="came"/> is no other form of what was expected.</summary>
    public static string? Of(string expected, string came)
    {
        if (OtherName(expected, came) is (string right, string other))
        {
            return $"{NameOfClient} → {other.Replace(right, Argument, StringComparison.OrdinalIgnoreCase)}"; // one fault, in whatever it is told
        }

        if (Message().Match(expected) is { Success: true } message)
        {
            (string name, string text) = (message.Groups[1].Value, message.Groups[2].Value);
            return came.Contains(text, StringComparison.Ordinal)
                ? $"[{Argument}] {Said} → {came.Replace(text, Said, StringComparison.Ordinal).Replace(name, Argument, StringComparison.Ordinal)}"
                : null;
        }

        if (Message().IsMatch(came))
        {
            return null; // somebody's message, and no text of the server
        }

        foreach (string template in Templates)
        {
            if (!template.Contains(Argument, StringComparison.Ordinal))
            {
                if (expected == template)
                {
                    return $"{template} → {came}";
                }

                continue;
            }

            if (ArgumentOf(template, expected) is string argument && came.Contains(argument, StringComparison.Ordinal))
            {
                return $"{template} → {came.Replace(argument, Argument, StringComparison.Ordinal)}";
            }
        }

        return null;
    }

    /// <summary>The name that was expected and the one that came, where nothing else differs.</summary>
    private static (string Right, string Other)? OtherName(string expected, string came)
    {
        (string, string)[] forms = Message().Match(expected) is { Success: true } message ? [("[", $"] {message.Groups[2].Value}")] : Notices;
        foreach ((string before, string behind) in forms)
        {
            if (Between(expected, before, behind) is string right && Between(came, before, behind) is string other && right != other)
            {
                return (right, other);
            }
        }

        return null;
    }

    private static string? Between(string text, string before, string behind) =>
        text.Length >= before.Length + behind.Length && text.StartsWith(before, StringComparison.Ordinal) && text.EndsWith(behind, StringComparison.Ordinal)
            ? text[before.Length..^behind.Length]
            : null;

    private static (string Before, string Behind) Around(string template) => template.Split(Argument) is [var before, var behind] ? (before, behind) : throw new InvalidOperationException(template);

    private static string? ArgumentOf(string template, string text)
    {
        string[] fixedParts = template.Split(Argument);
        int length = (text.Length - fixedParts.Sum(part => part.Length)) / (fixedParts.Length - 1);
        if (length <= 0 || !text.StartsWith(fixedParts[0], StringComparison.Ordinal))
        {
            return null;
        }

        string argument = text.Substring(fixedParts[0].Length, length);
        return template.Replace(Argument, argument, StringComparison.Ordinal) == text ? argument : null;
    }

    [GeneratedRegex(@"^\[([^\]]+)\] (.+)$", RegexOptions.Singleline)]
    private static partial Regex Message();
}
