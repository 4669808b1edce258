using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Session;

namespace ThreadedChat.ChatServer.Tests.Client.Session;

[TestClass]
public sealed class SentLinesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SentLines _lines;

    public SentLinesTests() => _lines = new SentLines(_time);

    [TestMethod]
    public void A_line_is_lost_if_one_of_its_frames_has_not_arrived()
    {
        _lines.Add("one frame", 2);
        _lines.Add("three frames", 5);
        _lines.Add("last", 6);

        Assert.AreSequenceEqual(["This line was probably lost: three frames", "This line was probably lost: last"], _lines.TellLost(4));
        Assert.AreSequenceEqual(["This line was probably lost: last"], _lines.TellLost(5));
        Assert.IsEmpty(_lines.TellLost(6));
    }

    [TestMethod]
    public void Without_acknowledgements_the_latest_lines_are_in_doubt()
    {
        _lines.Add("old", 2);
        _time.Advance(TimeSpan.FromSeconds(90));
        _lines.Add("new", 3);

        Assert.AreSequenceEqual(["This line was perhaps lost: new"], _lines.TellDoubtful(TimeSpan.FromSeconds(90)));
    }

    [TestMethod]
    public void Many_lost_lines_are_counted()
    {
        for (int i = 1; i <= SentLines.MaxLines + 10; i++)
        {
            _lines.Add(i.ToString(CultureInfo.InvariantCulture), i);
        }

        IReadOnlyList<string> told = _lines.TellLost(SentLines.MaxLines);

        Assert.HasCount(SentLines.MaxShown + 1, told);
        Assert.AreEqual("This line was probably lost: 1001", told[0]);
        Assert.AreEqual("Further lines that were probably lost: 5", told[^1]);
        Assert.AreEqual($"Further lines that were probably lost: {SentLines.MaxLines - SentLines.MaxShown}", _lines.TellLost(0)[^1], "Older ones are not kept.");
    }

    [TestMethod]
    public void A_reported_line_is_cleaned_and_no_longer_than_a_frame()
    {
        _lines.Add("a\e[2Jb\u202ec", 1);
        _lines.Add(new string('x', 199) + "é and more", 2);

        Assert.AreSequenceEqual(
            ["This line was probably lost: a [2Jbc", $"This line was probably lost: {new string('x', 199)} ..."], _lines.TellLost(0));
    }

    [TestMethod]
    public void Lines_of_an_earlier_connection_are_forgotten()
    {
        _lines.Add("before", 1);

        _lines.Clear();

        Assert.IsEmpty(_lines.TellLost(0));
    }
}
