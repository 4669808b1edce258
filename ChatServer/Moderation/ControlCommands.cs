using System.Globalization;
using System.Text.Json;
using ThreadedChat.ChatServer.Accounts;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>Answers the requests of the control socket: an array of words in JSON, answered by an object in one line.</summary>
internal sealed class ControlCommands(Moderators moderators, Func<ActionResult> reloadAccounts, AddressDisplay addresses, Audit audit)
{
    /// <summary>The answer to a request.</summary>
    public string Answer(string request)
    {
        string[]? words;
        try
        {
            words = JsonSerializer.Deserialize(request, ControlJson.Default.StringArray);
        }
        catch (JsonException)
        {
            words = null;
        }

        return words is [string verb, .. string[] arguments] && words.All(word => word is not null)
            ? Run(verb, [.. arguments.Select(Clean)])
            : Show(ActionResult.Rejected("A request is an array of words in JSON."));
    }

    private string Run(string verb, string[] arguments) => (verb, arguments) switch
    {
        ("who", []) => Who(),
        ("bans", []) => Bans(),
        ("kick", [var name, .. var reason]) => Show(moderators.Kick(Actor.Operator, name, string.Join(' ', reason))),
        ("ban", [var target]) => Show(moderators.Ban(Actor.Operator, target, null)),
        ("ban", [var target, var text]) when NameAndRest.TryParseMinutes(text, out int? minutes) => Show(moderators.Ban(Actor.Operator, target, minutes)),
        ("unban", [var target]) => Show(moderators.Unban(Actor.Operator, target)),
        ("mute", [var name]) => Show(moderators.Mute(Actor.Operator, name, null)),
        ("mute", [var name, var text]) when NameAndRest.TryParseMinutes(text, out int? minutes) => Show(moderators.Mute(Actor.Operator, name, minutes)),
        ("unmute", [var name]) => Show(moderators.Unmute(Actor.Operator, name)),
        ("announce", [var text, ..]) when text.Length > 0 => Show(moderators.Announce(Actor.Operator, string.Join(' ', arguments))),
        ("remove", [var channel]) => Show(moderators.Remove(Actor.Operator, channel)),
        ("accounts-reload", []) => Show(audit.Note(Actor.Operator, verb, "", reloadAccounts())),
        _ => Show(ActionResult.Rejected($"'{verb}' does not take these words.")),
    };

    private string Who()
    {
        Session[] all = moderators.Who();
        return JsonLine.Write(json =>
        {
            json.WriteBoolean("done", true);
            json.WriteString("text", string.Create(CultureInfo.InvariantCulture, $"{all.Length} clients."));
            json.WriteStartArray("clients");
            foreach (Session session in all)
            {
                json.WriteStartObject();
                json.WriteNumber("id", session.Connection.Id);
                json.WriteString("name", session.Participant.Name);
                json.WriteString("address", addresses.Show(session.Connection.Address).ToString());
                json.WriteString("channel", session.Participant.Channel?.Name);
                json.WriteBoolean("proved", session.IsAuthenticated);
                json.WriteBoolean("moderator", session.Participant.IsModerator);
                json.WriteBoolean("muted", moderators.IsMuted(session.Participant));
                json.WriteString("since", JsonLine.Show(session.Since));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private string Bans()
    {
        IReadOnlyList<Ban> bans = moderators.Bans;
        return JsonLine.Write(json =>
        {
            json.WriteBoolean("done", true);
            json.WriteString("text", string.Create(CultureInfo.InvariantCulture, $"{bans.Count} bans."));
            json.WriteStartArray("bans");
            foreach (Ban ban in bans)
            {
                json.WriteStartObject();
                BanFile.WriteFields(json, ban);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static string Show(ActionResult result) => JsonLine.Write(json =>
    {
        json.WriteBoolean("done", result.IsDone);
        json.WriteString("text", result.Text);
        json.WriteNumber("affected", result.Affected);
    });

    /// <summary>The argument as the chat would read it.</summary>
    private static string Clean(string word)
    {
        byte[] cleaned = TextCleaner.Clean(System.Text.Encoding.UTF8.GetBytes(word));
        return System.Text.Encoding.UTF8.GetString(cleaned).Trim();
    }
}
