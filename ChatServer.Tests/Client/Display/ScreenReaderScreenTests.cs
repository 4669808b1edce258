using System.Text;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatServer.Tests.Client.Display;

[TestClass]
public sealed class ScreenReaderScreenTests : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly ScreenReaderScreen _screen;

    public ScreenReaderScreenTests() => _screen = Screen(time: null);

    public void Dispose()
    {
        _screen.Dispose();
        _output.Dispose();
    }

    [TestMethod]
    [DataRow("[Alice] hello", "Alice: hello\n")]
    [DataRow("[Alice] hi [x] ", "Alice: hi [x] \n")]
    [DataRow("[Bob Smith] hi", "Bob Smith: hi\n")]
    [DataRow("[Bob: hi] there", "[Bob: hi] there\n", DisplayName = "A name with a colon")]
    [DataRow("Alice has joined", "Alice has joined\n")]
    [DataRow("Alice has left", "Alice has left\n")]
    [DataRow("room\nroom2", "room\nroom2\n")]
    [DataRow("room\n[Bob] hi", "room\n    [Bob] hi\n")]
    public void Each_line_is_written_once_and_without_any_sequence(string text, string written)
    {
        _screen.ShowReceived([new ReceivedText(text)]);

        Assert.AreEqual(written, Written());
    }

    [TestMethod]
    public void There_is_no_prompt()
    {
        _screen.ShowPrompt();
        _screen.ShowNotice("notice");
        _screen.ShowNews("news");
        _screen.ShowPrompt();

        Assert.AreEqual("notice\nnews\n", Written());
    }

    [TestMethod]
    public void A_mention_rings_and_a_line_may_have_its_time()
    {
        using ScreenReaderScreen screen = Screen(
            new LineTime(new FakeTimeProvider(new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero)), TimeFormat.Standard));

        screen.ShowReceived([new ReceivedText("[Alice] hi Panda")]);

        Assert.AreEqual("03:04 Alice: hi Panda\a\n", Written());
    }

    [TestMethod]
    public void After_the_close_the_screen_writes_nothing()
    {
        _screen.Close("Server at x:1 has disconnected\n");
        _screen.Interrupt();
        _screen.ShowNews("late");

        Assert.AreEqual("Server at x:1 has disconnected\n", Written());
    }

    private string Written() => Encoding.UTF8.GetString(_output.ToArray());

    private ScreenReaderScreen Screen(LineTime? time) => new(
        new Terminal(null, _output, null), new MessageStyle("Panda", Theme.None, BellRule.Mention, time, isSpoken: true));
}
