using System.Diagnostics;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.History;

/// <summary>The figures of a large history, for the log of the test: nothing is asserted about them.</summary>
[TestClass]
[DoNotParallelize]
[TestCategory(Soak.Category)]
public sealed class HistorySpeedTests(TestContext context)
{
    [TestMethod]
    public void A_large_history_is_written_and_searched()
    {
        int count = Soak.Size(5_000, 1_000_000);
        const int Channels = 10;
        const int Questions = 100;
        using var folder = new HistoryFolder();
        using var chat = new RecordedChat(folder.File);
        ChatUser[] people = [.. Enumerable.Range(0, Channels).Select(i => chat.AdmitTo($"channel{i}", $"ChatUser{i}"))];
        var random = new Random(Soak.Seed);
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < count; i += 50)
        {
            ChatUser person = people[i / 50 % Channels];
            person.Sends([.. Enumerable.Range(i, 50).Select(n => $"m{n} {string.Join(' ', Enumerable.Range(0, 8).Select(_ => $"word{random.Next(5_000)}"))}")]);
            if (i % 5_000 == 0)
            {
                person.Sends("/history 1"); // waits for the disk
                person.Outbox.Take();
            }
        }

        people[^1].Sends("/history 1"); // its messages are the last
        TimeSpan written = clock.Elapsed;
        people[^1].Outbox.Take();
        Assert.HasCount(count, folder.Texts());

        TimeSpan history = Median(Questions, i => people[i % Channels].Sends("/history"));
        TimeSpan rare = Median(Questions, i => people[i % Channels].Sends($"/search m{i * 50}"));
        TimeSpan common = Median(Questions, i => people[i % Channels].Sends($"/search word{i}"));
        TimeSpan two = Median(Questions, i => people[i % Channels].Sends($"/search word{i} word{i + 1}"));
        Assert.IsTrue(people.All(person => person.Outbox.Take().Length > 0), "Each has got answers.");
        chat.End();
        long bytes = new FileInfo(folder.File).Length;
        context.WriteLine(
            $"{count} messages in {written.TotalSeconds:F1} s, {bytes / count} bytes each; medians: /history {history.TotalMilliseconds:F2} ms, "
            + $"/search for a rare word {rare.TotalMilliseconds:F2} ms, a common one {common.TotalMilliseconds:F2} ms, two {two.TotalMilliseconds:F2} ms");
    }

    private static TimeSpan Median(int count, Action<int> work)
    {
        var times = new TimeSpan[count];
        for (int i = 0; i < count; i++)
        {
            var clock = Stopwatch.StartNew();
            work(i);
            times[i] = clock.Elapsed;
        }

        Array.Sort(times);
        return times[count / 2];
    }
}
