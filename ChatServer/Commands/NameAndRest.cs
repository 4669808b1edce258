using System.Globalization;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Commands;

/// <summary>Arguments that begin with a name. A name with blanks stands in brackets, which no name has: <c>[Ana Maria]</c>.</summary>
internal static class NameAndRest
{
    /// <summary>Ten years.</summary>
    public const int MostMinutes = 5_256_000;

    /// <summary>False if there is no name. The rest is the text after the name, without blanks in front.</summary>
    public static bool TryRead(ControlMessage message, out string name, out string rest)
    {
        int close = message.Rest.IndexOf(']', StringComparison.Ordinal);
        bool isInBrackets = message.Rest.StartsWith('[') && close > 0;
        name = isInBrackets ? message.Rest[1..close].Trim() : message.Argument ?? "";
        rest = Characters.TrimStart(message.Rest[(isInBrackets ? close + 1 : name.Length)..]);
        return name.Length > 0;
    }

    /// <summary>Reads a name and, if there is text after it, minutes from 1 to <see cref="MostMinutes"/>.</summary>
    public static bool TryReadMinutes(ControlMessage message, out string name, out int? minutes)
    {
        minutes = null;
        return TryRead(message, out name, out string rest) && (rest.Length == 0 || TryParseMinutes(rest, out minutes));
    }

    /// <summary>Reads minutes from 1 to <see cref="MostMinutes"/>.</summary>
    public static bool TryParseMinutes(string text, out int? minutes)
    {
        bool isNumber = int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= MostMinutes;
        minutes = isNumber ? number : null;
        return isNumber;
    }
}
