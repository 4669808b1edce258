using System.Globalization;
using System.Text.RegularExpressions;
using Fault = ThreadedChat.ChatServer.Tests.EndToEnd.Check.ExtendedFault;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>The history of <see cref="ExtendedDouble"/>, in memory. With an <see cref="ExtendedFault"/> it is wrong in one way.</summary>
internal sealed class DoubleHistory(Fault fault)
{
    private const string Time = "2026-11-25 12:04 ";

    private readonly List<(string Channel, string Name, string Text)> _said = [];

    public void Add(string channel, string name, string text) => _said.Add((channel, name, text));

    /// <summary>Adds what does not belong into a history, if the double has this fault.</summary>
    public void AddIf(Fault wrong, string? channel, string name, string text)
    {
        if (fault == wrong && channel is not null)
        {
            Add(channel, name, text);
        }
    }

    /// <summary>Answers <c>/history</c>.</summary>
    public void Show(ExtendedClient client, string? argument)
    {
        bool isNumber = int.TryParse(argument ?? (fault == Fault.HistoryTen ? "10" : "20"), NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        int most = fault == Fault.HistoryUnlimited ? int.MaxValue : 200;
        if (fault == Fault.HistoryClamped)
        {
            (isNumber, count) = (true, Math.Clamp(count, 1, most));
        }

        if (client.Channel is not { } channel && fault != Fault.HistoryForAll)
        {
            client.Send("Not currently in any channel.");
        }
        else if (!isNumber || count < 1 || count > most)
        {
            client.Send("/history command takes a number of messages, from 1 to 200.");
        }
        else
        {
            SendPast(client, [.. _said.Where(row => row.Channel == client.Channel || fault == Fault.HistoryForAll).TakeLast(count)], "Nothing was said here yet.");
        }
    }

    /// <summary>Answers <c>/search</c>.</summary>
    public void Search(ExtendedClient client, string rest)
    {
        string[] words = [.. Regex.Matches(Plain(rest), @"\w+").Select(match => match.Value)];
        if (client.Channel is not { } channel)
        {
            client.Send("Not currently in any channel.");
        }
        else if (words.Length == 0)
        {
            if (fault != Fault.SearchUnanswered)
            {
                client.Send("/search command must be followed by words to look for.");
            }
        }
        else
        {
            IEnumerable<(string Channel, string Name, string Text)> found = _said
                .Where(row => row.Channel == channel || fault == Fault.SearchOfAllChannels)
                .Where(row => fault == Fault.SearchAnyWord ? words.Any(word => Has(row.Text, word)) : words.All(word => Has(row.Text, word)));
            SendPast(client, [.. fault == Fault.SearchOldest ? found.Take(20) : found.TakeLast(20)], "Nothing was found.");
        }
    }

    private bool Has(string text, string word) => fault == Fault.SearchParts
        ? Plain(text).Contains(word, StringComparison.Ordinal)
        : Regex.IsMatch(Plain(text), $@"\b{word}\b");

    /// <summary>In small letters, without the one accent that the cases have.</summary>
    private string Plain(string text) => fault == Fault.SearchToTheLetter ? text : text.ToLowerInvariant().Replace('é', 'e');

    private void SendPast(ExtendedClient client, (string Channel, string Name, string Text)[] rows, string ifNone)
    {
        if (rows.Length == 0)
        {
            client.Send(ifNone);
        }

        foreach ((_, string name, string text) in fault == Fault.HistoryNewestFirst ? rows.Reverse() : rows)
        {
            string prefix = $"{(fault == Fault.HistoryWithoutTime ? "" : Time)}[{name}] ";
            foreach (string piece in fault == Fault.HistoryCut ? [text] : ExtendedClient.PiecesAfter(prefix, text))
            {
                client.Send(prefix + piece);
            }
        }
    }
}
