using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatCheck.Reports;

/// <summary>Writes reports: what the locale's character set lacks becomes ASCII, so that no two marks look the same anywhere.</summary>
internal sealed class ReportWriter : TextWriter
{
    private readonly TextWriter _inner;
    private readonly bool _isAsciiOnly;

    /// <summary>A writer in front of another one.</summary>
    /// <param name="inner">It encodes what it is given.</param>
    /// <param name="locale">The locale's name; empty if nobody has set one.</param>
    public ReportWriter(TextWriter inner, string locale)
    {
        _inner = inner;
        NewLine = inner.NewLine;

        // Where nobody has said anything it is UTF-8, as containers and build servers have it. C and POSIX have ASCII; so has
        // for this purpose a locale whose character set is not named, or is one that .NET does not know and writes as UTF-8.
        bool isUnicode = locale.Length == 0
            || locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase);
        _isAsciiOnly = !isUnicode && (!locale.Contains('.', StringComparison.Ordinal) || inner.Encoding is UTF8Encoding);
    }

    /// <inheritdoc/>
    public override Encoding Encoding => _inner.Encoding;

    /// <summary>The name of the locale that says what characters there are; empty if nobody has set one.</summary>
    public static string Locale { get; } = OperatingSystem.IsWindows()
        ? ""
        : new[] { "LC_ALL", "LC_CTYPE", "LANG" }
            .Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";

    /// <summary>A JSON document with what cannot be written as it is in the form that JSON has for it.</summary>
    public static string FormatJson(string json, TextWriter output) =>
        output is ReportWriter writer
            ? writer.Map(json, rune => string.Concat(rune.ToString().Select(unit => $"\\u{((int)unit).ToString("x4", CultureInfo.InvariantCulture)}")))
            : json;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(string? value) => _inner.Write(Map(value ?? "", AsciiText.Of));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write($"{value}{NewLine}"); // in one call: lines stay whole

    /// <inheritdoc/>
    public override void Flush() => _inner.Flush();

    private string Map(string text, Func<Rune, string> replace)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var mapped = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            mapped.Append(Carries(rune) ? rune.ToString() : replace(rune));
        }

        return mapped.ToString();
    }

    private bool Carries(Rune rune)
    {
        string text = rune.ToString();
        return rune.IsAscii || (!_isAsciiOnly && Encoding.GetString(Encoding.GetBytes(text)) == text);
    }
}
