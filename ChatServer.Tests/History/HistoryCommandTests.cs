using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.History;

[TestClass]
public sealed class HistoryCommandTests : IDisposable
{
    private readonly HistoryFolder _folder = new();
    private readonly RecordedChat _chat;

    public HistoryCommandTests() => _chat = new RecordedChat(_folder.File);

    public void Dispose()
    {
        _chat.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public void Messages_come_oldest_first_with_time_and_name_and_without_notices_and_private_messages()
    {
        ChatUser ana = _chat.AdmitTo("tea", "Ana");
        ChatUser bob = _chat.AdmitTo("tea", "Bob Smith");
        ana.Sends("one", "/msg [Bob Smith] private", "/who");
        _chat.Time.Advance(TimeSpan.FromMinutes(57));
        bob.Sends("two");
        ana.Outbox.Take();
        bob.Outbox.Take();

        bob.Sends("/history");

        bob.Got("2026-11-25 12:04 [Ana] one", "2026-11-25 13:01 [Bob Smith] two");
        ana.GotNothing();
    }

    [TestMethod]
    [DataRow("/history")]
    [DataRow("/search one")]
    public void A_client_that_waits_for_a_query_gives_up_its_turn_to_work(string command)
    {
        ChatUser ana = _chat.AdmitTo("tea", "Ana");
        ana.Sends("one");
        int before = ana.Outbox.EndedWorks;

        ana.Sends(command);

        Assert.AreEqual(before + 1, ana.Outbox.EndedWorks);
    }

    [TestMethod]
    [DataRow("/history", 20)]
    [DataRow("/history 1", 1)]
    [DataRow("/history 7 please", 7)]
    [DataRow("/history 200", 200)]
    public void The_answer_has_as_many_messages_as_requested(string command, int count)
    {
        ChatUser ana = _chat.AdmitTo("tea", "Ana");
        ana.Sends([.. Enumerable.Range(0, 300).Select(i => $"m{i}")]);

        ana.Sends(command);

        ana.Got([.. Enumerable.Range(300 - count, count).Select(i => $"2026-11-25 12:04 [Ana] m{i}")]);
    }

    [TestMethod]
    [DataRow("/history 0")]
    [DataRow("/history 201")]
    [DataRow("/history -1")]
    [DataRow("/history many")]
    [DataRow("/history 1.5")]
    [DataRow("/history 99999999999")]
    [DataRow("/history \u200b")]
    public void A_wrong_number_of_messages_is_reported_in_one_line(string command)
    {
        ChatUser ana = _chat.AdmitTo("tea", "Ana");
        ana.Sends("one", command);

        ana.Got("/history command takes a number of messages, from 1 to 200.");
    }

    [TestMethod]
    public void Only_members_get_the_history_and_only_that_of_their_channel()
    {
        ChatUser ana = _chat.AdmitTo("tea", "Ana");
        ChatUser bob = _chat.AdmitTo("coffee", "Bob");
        ChatUser carol = _chat.Admit("Carol");
        ana.Sends("tea");

        carol.Sends("/history", "/search tea");
        bob.Sends("/history", "/search tea");
        ana.Sends("/leave", "/history");

        carol.Got("Not currently in any channel.", "Not currently in any channel.");
        bob.Got("Nothing was said here yet.", "Nothing was found.");
        ana.Got("Not currently in any channel.");
    }

    [TestMethod]
    public void A_text_too_long_for_its_frame_continues_in_the_next_with_the_same_prefix()
    {
        string name = new('n', 64);
        ChatUser ana = _chat.AdmitTo("tea", name);
        string text = new('x', 133); // with the name, a whole frame

        ana.Sends(text, "/history");

        // 17 bytes of time and 67 of name leave 116.
        ana.Got($"2026-11-25 12:04 [{name}] {text[..116]}", $"2026-11-25 12:04 [{name}] {text[116..]}");
    }

    [TestMethod]
    public void Help_knows_both_commands()
    {
        ChatUser ana = _chat.Admit("Ana");

        ana.Sends("/help");

        string[] help = ana.Outbox.Take();
        Assert.Contains("/history [N]: the last N messages of the channel, 20 without a number, at most 200", help);
        Assert.Contains("/search WORDS: the newest messages of the channel with all of these words", help);
        Assert.AreEqual("/help: these lines", help[^1]);
    }

    [TestMethod]
    [DataRow("/search bread", "1 3")]
    [DataRow("/search BREAD", "1 3", DisplayName = "in any case")]
    [DataRow("/search butter bread", "1", DisplayName = "all words, in any order")]
    [DataRow("/search cafe", "2", DisplayName = "without its accent")]
    [DataRow("/search CAFÉ", "2")]
    [DataRow("/search don't", "4")]
    [DataRow("/search - bread !", "1 3", DisplayName = "other characters than words are ignored")]
    [DataRow("/search bread\" OR \"cafe", "", DisplayName = "no word is an operator")]
    [DataRow("/search NOT", "")]
    [DataRow("/search brea*", "")]
    [DataRow("/search text:bread", "")]
    [DataRow("/search (bread)", "1 3")]
    [DataRow("/search bread AND cafe", "")]
    [DataRow("/search bread AND butter", "1", DisplayName = "a word as any other")]
    [DataRow("/search c1", "", DisplayName = "the word for the channel in the index")]
    public void A_search_finds_the_messages_with_all_words(string command, string found)
    {
        ChatUser other = _chat.AdmitTo("coffee", "Other");
        other.Sends("bread butter café");
        string[] texts = ["bread and butter", "a café!", "bread.", "don't"];
        ChatUser ana = _chat.AdmitTo("tea", "Ana");
        ana.Sends(texts);

        ana.Sends(command);

        string[] expected = [.. found.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => $"2026-11-25 12:04 [Ana] {texts[n[0] - '1']}")];
        ana.Got(expected.Length == 0 ? ["Nothing was found."] : expected);
    }

    [TestMethod]
    public void A_search_answers_with_the_newest_oldest_first()
    {
        ChatUser ana = _chat.AdmitTo("tea", "Ana");
        ana.Sends([.. Enumerable.Range(0, 50).Select(i => $"word m{i}")]);

        ana.Sends("/search word");

        ana.Got([.. Enumerable.Range(30, 20).Select(i => $"2026-11-25 12:04 [Ana] word m{i}")]);
    }

    [TestMethod]
    [DataRow("/search")]
    [DataRow("/search \u2800")]
    [DataRow("/search ! \" *")]
    public void A_search_without_words_is_an_error(string command)
    {
        ChatUser ana = _chat.AdmitTo("tea", "Ana");

        ana.Sends(command);

        ana.Got("/search command must be followed by words to look for.");
    }
}
