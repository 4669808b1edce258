using System.Net;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>A ban: of a name, of networks, or of both. A ban by name also bans the addresses that the client has at that moment.</summary>
/// <param name="Name">The name; null for none.</param>
/// <param name="Networks">The networks.</param>
/// <param name="Until">When it ends; null for never.</param>
/// <param name="By">The moderator.</param>
/// <param name="At">When it was made.</param>
internal sealed record Ban(string? Name, IReadOnlyList<IPNetwork> Networks, DateTimeOffset? Until, string By, DateTimeOffset At)
{
    /// <summary>What the name is compared by.</summary>
    public string? Key { get; } = Name is null ? null : LookAlike.Key(Name);

    /// <summary>What is banned, for people.</summary>
    public string Target => string.Join(", ", (Name is null ? [] : new[] { Name }).Concat(Networks.Select(network => network.ToString())));

    /// <summary>A line for people.</summary>
    public override string ToString() =>
        $"Ban of {Target}, {(Until is DateTimeOffset until ? $"until {JsonLine.Show(until)}" : "without an end")}, by {By}, {JsonLine.Show(At)}";
}
