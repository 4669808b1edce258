using System.Globalization;
using System.Text;

namespace ThreadedChat.ChatCheck.Reports;

/// <summary>Writes reports. A character that the locale's character set lacks becomes ASCII, so that two marks never look the same.</summary>
internal sealed class ReportWriter : TextWriter
{
    private readonly TextWriter _inner;
    private readonly bool _isAsciiOnly;

    /// <summary>A writer in front of another one.</summary>
    /// <param name="inner">Encodes the text.</param>
    /// <param name="locale">The locale's name; empty if none is set.</param>
    public ReportWriter(TextWriter inner, string locale)
    {
        _inner = inner;
        NewLine = inner.NewLine;

        // Without a setting it is UTF-8, as containers and build servers have it. C and POSIX have ASCII; so has
        // for this purpose a locale whose character set is not named, or is one that .NET does not know and writes as UTF-8.
        bool isUnicode = locale.Length == 0
            || locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase);
        _isAsciiOnly = !isUnicode && (!locale.Contains('.', StringComparison.Ordinal) || inner.Encoding is UTF8Encoding);
    }

    /// <inheritdoc/>
    public override Encoding Encoding => _inner.Encoding;

    /// <summary>The name of the locale that decides the character set; empty if none is set.</summary>
    public static string Locale { get; } = OperatingSystem.IsWindows()
        ? ""
        : new[] { "LC_ALL", "LC_CTYPE", "LANG" }
            .Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";

    /// <summary>A JSON document with the characters that the file cannot hold escaped as in JSON.</summary>
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
