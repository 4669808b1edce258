using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ThreadedChat.ChatServer;

/// <summary>Options that are a number of bytes: a whole number, with K, M or G behind it if needed.</summary>
internal static class SizeOption
{
    private const long Most = 1L << 40;

    private const string Units = "KMG";

    /// <summary>An option of at least <paramref name="min"/> bytes.</summary>
    public static Option<long> Create(string name, string description, long byDefault, long min) => new(name)
    {
        Description = Describe(description, min, ""),
        HelpName = "SIZE",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => Parse(result, name, min),
    };

    /// <summary>An option of at least <paramref name="min"/> bytes. Without it there is no limit.</summary>
    public static Option<long?> CreateOptional(string name, string description, long min) => new(name)
    {
        Description = Describe(description, min, "; default: no limit"),
        HelpName = "SIZE",
        CustomParser = result => Parse(result, name, min),
    };

    private static string Describe(string description, long min, string otherwise) =>
        $"{description}, in bytes or with K, M, G after the number ({Text(min)} to {Text(Most)}{otherwise})";

    private static long Parse(ArgumentResult result, string name, long min)
    {
        string text = result.Tokens[0].Value;
        int unit = text.Length > 0 ? Units.IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal) : -1;
        string digits = unit < 0 ? text : text[..^1];
        bool isNumber = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count <= Most;
        long bytes = isNumber ? (long)Math.Min(Most + 1.0, count * Math.Pow(1024, unit + 1)) : -1;
        if (bytes < min || bytes > Most)
        {
            result.AddError($"{name} must be a size from {Text(min)} to {Text(Most)}, such as 64M, not '{text}'.");
        }

        return bytes;
    }

    private static string Text(long bytes)
    {
        int unit = 0;
        while (bytes >= 1024 && bytes % 1024 == 0 && unit < Units.Length)
        {
            bytes /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes}{(unit == 0 ? "" : Units[unit - 1])}");
    }
}
