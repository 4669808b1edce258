using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatGrade.Running;

namespace ThreadedChat.ChatServer.Tests.Grade;

/// <summary>What the grader prints while it runs.</summary>
[TestClass]
public sealed class ProgressTests
{
    private const int Width = 79; // with the carriage return

    [TestMethod]
    [DataRow("English", ", about 42 s left: ana server")]
    [DataRow("Portuguese", ", faltam cerca de 42 s: ana server")]
    public void At_a_terminal_there_is_a_bar_with_an_estimate_of_the_time_left(string language, string end)
    {
        var output = new StringWriter();
        var progress = new Progress(output, isTerminal: true, Enum.Parse<Language>(language));

        progress.Add(1, 4, "ana server", TimeSpan.FromSeconds(42));
        progress.Add(4, 4, "a name that is far too long for a line of a terminal that has eighty columns", TimeSpan.Zero);
        progress.End();

        string[] lines = output.ToString().Split('\r');
        Assert.StartsWith($"[{new string('#', 7)}{new string('.', 23)}] 1/4", lines[1]);
        Assert.Contains(end, lines[1]);
        Assert.StartsWith($"[{new string('#', 30)}] 4/4", lines[2]);
        Assert.IsTrue(lines[1..].All(line => line.TrimEnd('\n').Length == Width - 1), output.ToString());
        Assert.EndsWith("\n", output.ToString());
    }

    [TestMethod]
    public void Elsewhere_there_is_a_line_for_each_result()
    {
        var output = new StringWriter();
        var progress = new Progress(output, isTerminal: false, Language.English);

        progress.Add(1, 2, "ana server", TimeSpan.FromSeconds(1));
        progress.Add(2, 2, "bob server", TimeSpan.Zero);
        progress.End();

        Assert.AreEqual("1/2 ana server\n2/2 bob server\n", output.ToString().ReplaceLineEndings("\n"));
    }
}
