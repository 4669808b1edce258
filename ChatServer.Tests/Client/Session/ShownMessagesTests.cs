using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Session;

namespace ThreadedChat.ChatServer.Tests.Client.Session;

[TestClass]
public sealed class ShownMessagesTests
{
    private readonly ShownMessages _shown = new("Panda");
    private IReadOnlyList<string> _foreign = [];

    [TestMethod]
    public void In_a_channel_that_the_user_has_not_seen_every_line_is_unseen()
    {
        Assert.AreEqual("Ana 1,Panda 2,Bob 3", Unseen("Ana 1,Panda 2,Bob 3"));
    }

    [TestMethod]
    public void Messages_since_the_join_of_the_client_are_not_repeats()
    {
        Shows("Bob 2,Ana 3,Bob 4"); // the last came after the server had read the history

        Assert.AreEqual("Ana 1", Unseen("Ana 1,Bob 2,Ana 3"));
    }

    [TestMethod]
    [DataRow("Ana 1,Bob 2", "Ana 1,Bob 2,Ana 3", "Ana 3")]
    [DataRow("Ana 1,Bob 2", "Bob 2,Ana 3", "Ana 3", DisplayName = "the history begins later")]
    [DataRow("Ana 1,Bob 2", "Bob 0,Ana 1,Bob 2,Ana 3", "Bob 0,Ana 3", DisplayName = "the history begins earlier")]
    [DataRow("Ana 1,Bob 2", "Ana 1,Bob 2", "", DisplayName = "nothing was missed")]
    [DataRow("Ana 1,Bob 2", "Ana 7,Bob 8", "Ana 7,Bob 8", DisplayName = "more was missed than the history has")]
    [DataRow("Ana ok,Bob 2", "Bob 2,Ana ok", "Ana ok", DisplayName = "said again")]
    [DataRow("Ana ok", "Ana ok,Bob 2,Ana ok", "Bob 2,Ana ok", DisplayName = "said again after another")]
    [DataRow("Ana 1,Ana ok", "Ana ok,Ana 1,Ana ok,Ana 4", "Ana ok,Ana 4", DisplayName = "the longer overlap counts")]
    [DataRow("Ana 1,gap 2", "Ana 1,gap 2,Bob 3", "Bob 3", DisplayName = "a gap is a line as others")]
    public void After_a_time_away_only_the_missed_messages_are_unseen(string shown, string history, string unseen)
    {
        Unseen(shown);
        _shown.Join();

        Assert.AreEqual(unseen, Unseen(history));
    }

    [TestMethod]
    public void Missed_messages_and_later_messages_are_told_apart()
    {
        Shows("Ana 1,Bob 2");
        _shown.Join();
        Shows("Ana 5");

        Assert.AreEqual("Bob 3,Bob 4", Unseen("Ana 1,Bob 2,Bob 3,Bob 4,Ana 5"));
        _shown.Join();
        Assert.AreEqual("Ana 6", Unseen("Bob 3,Bob 4,Ana 5,Ana 6"));
    }

    [TestMethod]
    public void The_users_own_messages_have_the_places_that_the_server_gave_them()
    {
        Shows("Ana 1,Panda 2,Bob 3,Panda lost,Panda 4");
        _shown.Join();

        Assert.AreEqual("Bob 5", Unseen("Panda 2,Ana 1,Panda 4,Bob 3,Bob 5"));
    }

    [TestMethod]
    public void A_message_that_the_history_has_in_two_lines_is_one_that_was_shown()
    {
        string text = string.Join(' ', Enumerable.Range(10, 63)); // with the name nearly a whole frame
        _shown.Add($"[Ana] {text}");
        _shown.Join();

        var history = new[] { $"2026-11-25 12:04 [Ana] {text[..176]}", $"2026-11-25 12:04 [Ana] {text[176..]}", "2026-11-25 12:04 [Ana] new" };

        Assert.AreSequenceEqual([history[2]], _shown.TakeUnseen([.. history.Select(line => new ReceivedText(line))], out _).Select(line => line.Text));
    }

    [TestMethod]
    public void Messages_from_before_the_channel_was_known_count_only_if_the_history_has_them()
    {
        _shown.Join("[Ana] of the other channel", "[Bob] 2");
        Shows("Ana 3");

        Assert.AreEqual("Ana 1", Unseen("Ana 1,Bob 2,Ana 3"));
        Assert.AreSequenceEqual(["[Ana] of the other channel"], _foreign);
        _shown.Join();
        Assert.AreEqual("", Unseen("Ana 1,Bob 2,Ana 3"));
        Assert.IsEmpty(_foreign);
    }

    [TestMethod]
    public void At_most_a_thousand_lines_are_kept()
    {
        Shows(string.Join(',', Enumerable.Range(0, 3 * ShownMessages.Max).Select(i => $"Ana {i}")));
        _shown.Join();

        Assert.AreEqual("", Unseen(string.Join(',', Enumerable.Range((3 * ShownMessages.Max) - 200, 200).Select(i => $"Ana {i}"))));
    }

    private void Shows(string lines)
    {
        foreach (string line in lines.Split(','))
        {
            string[] parts = line.Split(' ');
            _shown.Add($"[{parts[0]}] {parts[1]}");
        }
    }

    private string Unseen(string history)
    {
        var lines = history.Split(',').Select(line => line.Split(' ')).Select(parts => new ReceivedText(parts[0] == "gap"
            ? $"2026-11-25 12:04 {parts[1]} messages are missing here"
            : $"2026-11-25 12:04 [{parts[0]}] {parts[1]}")).ToList();
        return string.Join(',', _shown.TakeUnseen(lines, out _foreign).Select(line => line.Text[PastLine.TimeLength..].Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)));
    }
}
