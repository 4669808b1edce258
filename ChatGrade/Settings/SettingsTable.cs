using System.Globalization;
using ThreadedChat.ChatCheck.Texts;
using Tomlyn.Model;

namespace ThreadedChat.ChatGrade.Settings;

/// <summary>One table of <c>grade.toml</c>: each value is taken once, and a value that is left at the end is an error.</summary>
internal sealed class SettingsTable(string name, TomlTable table)
{
    private readonly HashSet<string> _taken = [];

    public IEnumerable<string> Keys => table.Keys;

    /// <summary>A text; null if there is none.</summary>
    public string? Text(string key) => Take<string>(key, "a text in quotes", "um texto entre aspas");

    /// <summary>A Boolean; null if it is not set.</summary>
    public bool? Flag(string key) => Take(key) switch
    {
        null => null,
        bool flag => flag,
        _ => throw Wrong(key, "true or false", "true ou false"),
    };

    /// <summary>A number between these; null if there is none.</summary>
    public double? Number(string key, double least, double most)
    {
        double? number = Take(key) switch
        {
            null => null,
            long whole => whole,
            double real => real,
            _ => double.NaN,
        };
        return number is null || (number >= least && number <= most)
            ? number
            : throw Wrong(key, $"a number from {Show(least)} to {Show(most)}", $"um número de {Show(least)} a {Show(most)}");
    }

    /// <summary>A list of texts; null if there is none.</summary>
    public IReadOnlyList<string>? List(string key) => Take(key) switch
    {
        null => null,
        TomlArray list when list.All(item => item is string) => [.. list.Select(item => (string)item!)],
        _ => throw Wrong(key, "a list of texts in quotes", "uma lista de textos entre aspas"),
    };

    /// <summary>One of these words; null if there is none.</summary>
    public string? OneOf(string key, params string[] words)
    {
        string? word = Text(key);
        string list = string.Join(", ", words);
        return word is null || words.Contains(word) ? word : throw Wrong(key, $"one of: {list}", $"um destes: {list}");
    }

    /// <summary>Whether there is a table of this name, and not a value.</summary>
    public bool HasTable(string key) => table.TryGetValue(key, out object? value) && value is TomlTable;

    /// <summary>A table in this one; an empty one if there is none.</summary>
    public SettingsTable Table(string key) => new(
        name.Length == 0 ? key : $"{name}.{key}", Take<TomlTable>(key, "a table", "uma tabela") ?? []);

    /// <summary>There must be nothing that was not taken.</summary>
    public void MustBeTaken()
    {
        if (table.Keys.FirstOrDefault(key => !_taken.Contains(key)) is string unknown)
        {
            throw new SettingsException(new(
                $"{ClassSettings.FileName}: there is no setting '{Full(unknown)}'.", $"{ClassSettings.FileName}: não há o ajuste '{Full(unknown)}'."));
        }
    }

    /// <summary>The value is of another kind.</summary>
    public SettingsException Wrong(string key, string needed, string neededInPortuguese) => new(new Text(
        $"{ClassSettings.FileName}: '{Full(key)}' must be {needed}.", $"{ClassSettings.FileName}: '{Full(key)}' deve ser {neededInPortuguese}."));

    private static string Show(double number) => number.ToString(CultureInfo.InvariantCulture);

    private string Full(string key) => name.Length == 0 ? key : $"{name}.{key}";

    private T? Take<T>(string key, string needed, string neededInPortuguese)
        where T : class => Take(key) switch
        {
            null => null,
            T value => value,
            _ => throw Wrong(key, needed, neededInPortuguese),
        };

    private object? Take(string key)
    {
        _taken.Add(key);
        return table.TryGetValue(key, out object? value) ? value : null;
    }
}
