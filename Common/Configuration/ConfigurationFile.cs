using System.Globalization;
using System.Text;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace ThreadedChat.Common.Configuration;

/// <summary>
/// A file with options of a program, in TOML: <c>name = "Panda"</c>, <c>timestamps = true</c>, <c>highlight = ["exam", "lab"]</c>. Knows the
/// form of the file, and not which options there are.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Settings">Its settings, in the order of the file.</param>
/// <param name="Error">The error in it, in one line that names file and line; then there are no settings. Null for a valid file.</param>
public sealed record ConfigurationFile(string Path, IReadOnlyList<Setting> Settings, string? Error)
{
    /// <summary>A larger file is something else.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>No file: nothing is set.</summary>
    public static readonly ConfigurationFile None = new("", [], null);

    /// <summary>Reads the file at <paramref name="path"/>. A file that does not exist sets nothing.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <param name="takesFractions">True if a number may have a fraction.</param>
    public static ConfigurationFile Read(string? path, bool takesFractions = false)
    {
        if (path is null)
        {
            return None;
        }

        try
        {
            RegularFile.Require(path);
            using FileStream file = File.OpenRead(path);
            var bytes = new byte[MaxBytes + 1];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > MaxBytes
                ? Wrong(path, $"is larger than {MaxBytes} bytes.")
                : Parse(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes, 0, length), takesFractions);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return None;
        }
        catch (DecoderFallbackException)
        {
            return Wrong(path, "is not text in UTF-8.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Wrong(path, $"cannot be read: {e.Message}");
        }
    }

    /// <summary>Reads the contents of a file.</summary>
    public static ConfigurationFile Parse(string path, string text, bool takesFractions = false)
    {
        DocumentSyntax document = SyntaxParser.Parse(text.TrimStart('\uFEFF'), path, true);
        if (document.HasErrors)
        {
            DiagnosticMessage first = document.Diagnostics.First(message => message.Kind == DiagnosticMessageKind.Error);
            return Wrong(path, first.Message, LineOf(first.Span));
        }

        if (document.Tables.FirstOrDefault() is { } table)
        {
            return Wrong(path, $"{Name(table.Name)}: the file has no sections, only key = value.", LineOf(table.Span));
        }

        var settings = new List<Setting>();
        foreach (KeyValueSyntax pair in document.KeyValues)
        {
            string key = Name(pair.Key);
            int line = LineOf(pair.Span);
            if (ToSetting(key, line, pair.Value, takesFractions) is not { } setting)
            {
                return Wrong(path, $"{key} must be a text, a {(takesFractions ? "" : "whole ")}number, true or false, or a list of texts.", line);
            }

            settings.Add(setting);
        }

        return new ConfigurationFile(path, settings, null);
    }

    /// <summary>The same file with an error in the line of <paramref name="setting"/>.</summary>
    public string ErrorIn(Setting setting, string error) =>
        string.Create(CultureInfo.InvariantCulture, $"{Path}:{setting.Line}: {setting.Key}: {error}");

    private static ConfigurationFile Wrong(string path, string error, int? line = null) => new(
        path, [], line is null ? $"{path} {error}" : string.Create(CultureInfo.InvariantCulture, $"{path}:{line}: {error}"));

    private static Setting? ToSetting(string key, int line, ValueSyntax? value, bool takesFractions)
    {
        if (value is BooleanValueSyntax flag)
        {
            return new Setting(key, line, flag.Value, []);
        }

        string?[] values = value is ArraySyntax array ? [.. array.Items.Select(item => TextOf(item.Value, takesFractions))] : [TextOf(value, takesFractions)];
        return values.Contains(null) ? null : new Setting(key, line, null, [.. values.OfType<string>()]);
    }

    private static string? TextOf(ValueSyntax? value, bool takesFractions) => value switch
    {
        StringValueSyntax text => text.Value,
        IntegerValueSyntax number => number.Value.ToString(CultureInfo.InvariantCulture),
        FloatValueSyntax number when takesFractions => number.Value.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Name(KeySyntax? key) => (key?.ToString() ?? "").Trim().Trim('"', '\'');

    private static int LineOf(SourceSpan span) => span.Start.Line + 1;
}
