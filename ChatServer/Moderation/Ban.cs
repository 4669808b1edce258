using System.Net;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>A ban: of a name, of networks, or of both. A ban by name also bans the addresses that the client has at that moment.</summary>
/// <param name="Name">The name; null for none.</param>
/// <param name="Networks">The networks.</param>
/// <param name="Until">When it ends; null for never.</param>
/// <param name="By">The moderator, or the name of <see cref="Actor.Operator"/>; empty in a file that does not say it.</param>
/// <param name="At">When it was made.</param>
internal sealed record Ban(string? Name, IReadOnlyList<IPNetwork> Networks, DateTimeOffset? Until, string By, DateTimeOffset At)
{
    /// <summary>What the name is compared by.</summary>
    public string? Key { get; } = Name is null ? null : LookAlike.Key(Name);

    /// <summary>
    /// True for a ban of the operator, also one that is written into the file by hand. Such a ban keeps everybody out; one of a moderator in the
    /// chat keeps no moderator out.
    /// </summary>
    public bool IsOfOperator => By.Length == 0 || By == Actor.Operator.Name;

    /// <summary>What is banned, for people.</summary>
    public string Target => string.Join(", ", (Name is null ? [] : new[] { Name }).Concat(Networks.Select(network => network.ToString())));

    /// <summary>A line for people.</summary>
    public override string ToString() =>
        $"Ban of {Target}, {(Until is DateTimeOffset until ? $"until {JsonLine.Show(until)}" : "without an end")}, by {By}, {JsonLine.Show(At)}";
}
