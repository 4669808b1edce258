using System.Net;
using System.Text;
using System.Text.Json;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>The file of the bans: a JSON object in each line.</summary>
internal static class BanFile
{
    /// <summary>The bans in a file; none if it is not there.</summary>
    /// <exception cref="UnusableFileException">It cannot be read or is wrong.</exception>
    public static List<Ban> Read(string path) => File.Exists(path) ? JsonLine.ReadFile(path, "bans", ReadOne) : [];

    /// <exception cref="IOException">It cannot be written. The old contents are there.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Write(string path, IEnumerable<Ban> bans) =>
        PrivateFile.Replace(path, string.Concat(bans.Select(ban => $"{JsonLine.Write(json => WriteFields(json, ban))}\n")));

    /// <summary>The fields of a ban.</summary>
    public static void WriteFields(Utf8JsonWriter json, Ban ban)
    {
        if (ban.Name is not null)
        {
            json.WriteString("name", ban.Name);
        }

        json.WriteStartArray("networks");
        foreach (IPNetwork network in ban.Networks)
        {
            json.WriteStringValue(network.ToString());
        }

        json.WriteEndArray();
        if (ban.Until is DateTimeOffset until)
        {
            json.WriteString("until", JsonLine.Show(until));
        }

        json.WriteString("by", ban.By);
        json.WriteString("at", JsonLine.Show(ban.At));
    }

    private static Ban ReadOne(JsonElement json)
    {
        string? name = Text(json, "name");
        List<IPNetwork> networks = [];
        if (json.TryGetProperty("networks", out JsonElement list))
        {
            foreach (JsonElement item in list.EnumerateArray())
            {
                networks.Add(TrustedNetworks.Parse(item.GetString() ?? "") ?? throw new FormatException($"'{item}' is no network."));
            }
        }

        return name is null && networks.Count == 0
            ? throw new FormatException("a ban needs a 'name' or 'networks'.")
            : new Ban(name, networks, JsonLine.Time(json, "until"), Text(json, "by") ?? "", JsonLine.Time(json, "at") ?? DateTimeOffset.UnixEpoch);
    }

    /// <summary>Cleaned: moderators get it in the chat.</summary>
    private static string? Text(JsonElement json, string field) =>
        JsonLine.Text(json, field) is string text ? Encoding.UTF8.GetString(TextCleaner.Clean(Encoding.UTF8.GetBytes(text))) : null;
}
