using System.Text.RegularExpressions;

namespace ThreadedChat.ChatRelease.Manual;

/// <summary>Reads the tables of exit codes in docs/options.md.</summary>
internal static partial class ExitCodes
{
    /// <returns>Each code with its meaning; none if <paramref name="heading"/> is null.</returns>
    /// <exception cref="InvalidDataException">There is no such table.</exception>
    public static IReadOnlyList<(string Code, string Meaning)> Read(string document, string? heading)
    {
        if (heading is null)
        {
            return [];
        }

        string section = document.Split($"\n## {heading}\n") is [_, var after] ? after.Split("\n## ")[0] : "";
        (string, string)[] rows =
        [
            .. Row().Matches(section).Select(row => (row.Groups["code"].Value, row.Groups["meaning"].Value.Replace("`", "", StringComparison.Ordinal))),
        ];
        return rows.Length > 0 ? rows : throw new InvalidDataException($"docs/options.md has no table of exit codes below '{heading}'.");
    }

    [GeneratedRegex(@"^\| (?<code>\d+) \| (?<meaning>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
