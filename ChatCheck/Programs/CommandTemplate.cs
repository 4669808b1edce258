using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>A command as it was typed, with placeholders for the values of each start.</summary>
internal sealed record CommandTemplate(IReadOnlyList<string> Words)
{
    /// <summary>The place of the port.</summary>
    public const string Port = "{port}";

    /// <summary>The place of the host.</summary>
    public const string Host = "{host}";

    /// <summary>The place of the name.</summary>
    public const string Name = "{name}";

    /// <summary>Whether <paramref name="place"/> is somewhere in it.</summary>
    public bool Has(string place) => Words.Any(word => word.Contains(place, StringComparison.Ordinal));

    /// <summary>The words of one start.</summary>
    public string[] Fill(ProgramArguments arguments) =>
    [
        .. Words.Select(word => word
            .Replace(Port, Findings.Number(arguments.Port), StringComparison.Ordinal)
            .Replace(Host, arguments.Host, StringComparison.Ordinal)
            .Replace(Name, arguments.Name, StringComparison.Ordinal)),
    ];
}
