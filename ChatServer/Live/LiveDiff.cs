using System.Text.Json;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.Metrics;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer.Live;

/// <summary>
/// Writes what has changed from one look to the next, as JSON for the page. Names stand in JSON strings, in which the writer escapes
/// everything that could end a string or begin markup.
/// </summary>
internal static class LiveDiff
{
    /// <summary>The words of the page for the states, in the order of the numbers that are sent.</summary>
    private static readonly string[] StateNames = Enum.GetNames<ReaderState>();

    /// <summary>All of <paramref name="now"/>, for a page that has just been opened, and what never changes.</summary>
    /// <param name="now">What the page shows.</param>
    /// <param name="texts">What may be shown of what people wrote.</param>
    /// <param name="softLimit">Bytes in a send queue above which its client is slow.</param>
    public static byte[] All(LiveSnapshot now, ShownTexts texts, int softLimit) => Write(null, now, json =>
    {
        json.WriteBoolean("texts", texts.AreShown);
        json.WriteNumber("softLimit", softLimit);
        json.WriteStartArray("states");
        Array.ForEach(StateNames, json.WriteStringValue);
        json.WriteEndArray();
    });

    /// <summary>What <paramref name="now"/> has that <paramref name="before"/> has not.</summary>
    public static byte[] Changes(LiveSnapshot before, LiveSnapshot now) => Write(before, now, _ => { });

    private static byte[] Write(LiveSnapshot? before, LiveSnapshot now, Action<Utf8JsonWriter> writeConstants)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("at", now.At);
            writeConstants(json);
            json.WriteBoolean("stopping", now.IsStopping);
            if (before is null || !now.FiguresJson.AsSpan().SequenceEqual(before.FiguresJson))
            {
                json.WritePropertyName("figures");
                json.WriteRawValue(now.FiguresJson);
            }

            WriteChannels(json, before, now);
            WriteClients(json, before, now);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>The sums as JSON.</summary>
    public static byte[] Of(ChatFigures figures)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            WriteFigures(json, figures);
        }

        return bytes.ToArray();
    }

    private static void WriteFigures(Utf8JsonWriter json, ChatFigures figures)
    {
        json.WriteStartObject();
        json.WriteNumber("clients", figures.Connections);
        json.WriteNumber("channels", figures.Channels);
        json.WriteNumber("received", figures.FramesReceived);
        json.WriteNumber("delivered", figures.FramesSent);
        json.WriteNumber("rounds", figures.Rounds);
        json.WriteNumber("sends", figures.Sends);
        json.WriteNumber("batches", figures.BatchesSent);
        json.WriteNumber("queued", figures.QueuedBytes);
        json.WriteNumber("largest", figures.LargestQueue);
        json.WriteNumber("congested", figures.Congested);
        json.WriteNumber("waiting", figures.Waiting.Skip(1).Sum());
        json.WriteNumber("accepted", figures.Accepted);
        json.WriteNumber("faults", figures.Faults);
        WriteCounts(json, "refused", SnakeCase.Label<RejectionReason>(figures.Refused));
        WriteCounts(json, "closed", SnakeCase.Label<CloseReason>(figures.Closed, CloseReason.None));
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IEnumerable<(string Value, double Count)> counts)
    {
        json.WriteStartObject(name);
        foreach ((string value, double count) in counts.Where(one => one.Count > 0))
        {
            json.WriteNumber(value, count);
        }

        json.WriteEndObject();
    }

    private static void WriteChannels(Utf8JsonWriter json, LiveSnapshot? before, LiveSnapshot now)
    {
        json.WriteStartArray("channels");
        foreach (ChannelRow row in now.Channels.Values)
        {
            if (before?.Channels.TryGetValue(row.Id, out ChannelRow old) != true || old != row)
            {
                json.WriteStartArray();
                json.WriteNumberValue(row.Id);
                json.WriteStringValue(row.Name);
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
        WriteGone(json, "channelsGone", before?.Channels.Keys, now.Channels.ContainsKey);
    }

    private static void WriteClients(Utf8JsonWriter json, LiveSnapshot? before, LiveSnapshot now)
    {
        json.WriteStartArray("rows");
        foreach (ClientRow row in now.Clients.Values)
        {
            if (before?.Clients.TryGetValue(row.Id, out ClientRow old) != true || old != row)
            {
                WriteClient(json, row);
            }
        }

        json.WriteEndArray();
        WriteGone(json, "rowsGone", before?.Clients.Keys, now.Clients.ContainsKey);
    }

    private static void WriteClient(Utf8JsonWriter json, ClientRow row)
    {
        json.WriteStartArray();
        json.WriteNumberValue(row.Id);
        json.WriteStringValue(row.Name);
        json.WriteNumberValue(row.Channel);
        json.WriteNumberValue((int)row.State);
        json.WriteNumberValue((int)row.WaitsFor);
        json.WriteNumberValue(row.Member);
        json.WriteNumberValue(row.Partial);
        json.WriteNumberValue(row.Queued);
        json.WriteNumberValue(row.IsCongested ? 1 : 0);
        json.WriteEndArray();
    }

    private static void WriteGone(Utf8JsonWriter json, string name, IEnumerable<long>? before, Func<long, bool> isThere)
    {
        json.WriteStartArray(name);
        foreach (long id in before ?? [])
        {
            if (!isThere(id))
            {
                json.WriteNumberValue(id);
            }
        }

        json.WriteEndArray();
    }
}
