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

    private static readonly string[] Templates =
    [
        ExpectedText.InvalidControlMessage, ExpectedText.NoChannelExists, ExpectedText.JoinRequiresArgument, ExpectedText.ClientJoined,
        ExpectedText.ClientLeft, ExpectedText.ChannelExists, ExpectedText.CreateRequiresArgument, ExpectedText.ClientNotInChannel,
    ];

    /// <summary>The name of the fault; null if <paramref name="came"/> is no other form of what was expected.</summary>
    public static string? Of(string expected, string came)
    {
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
