using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Tests.Doubles;

namespace ThreadedChat.ChatServer.Tests.Logging;

[TestClass]
public sealed class BoundedLogTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly LineLog _lines = new() { Least = LogLevel.Information };

    [TestMethod]
    [DataRow(LogLevel.Warning)]
    [DataRow(LogLevel.Error)]
    [DataRow(LogLevel.Critical)]
    public void The_first_of_many_lines_of_a_kind_is_logged_and_the_others_are_counted(LogLevel level)
    {
        using var log = new BoundedLog(_lines, _time);

        Write(log, level, 12, "first");
        Write(log, level, 12, "second");
        _time.Advance(Second - TimeSpan.FromMilliseconds(1));
        Write(log, level, 12, "third");
        Assert.AreSequenceEqual(["first"], _lines.Take());

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Write(log, level, 12, "fourth");
        Assert.AreSequenceEqual(["2 more lines with the event id 12 were left out", "fourth"], _lines.Take());

        Write(log, level, 12, "fifth");
        _time.Advance(Second);
        Write(log, level, 12, "sixth");
        Assert.AreSequenceEqual(["1 more lines with the event id 12 were left out", "sixth"], _lines.Take());
    }

    [TestMethod]
    public void Without_suppressed_lines_there_is_no_count()
    {
        using var log = new BoundedLog(_lines, _time);

        foreach (string line in (string[])["first", "second"])
        {
            Write(log, LogLevel.Warning, 12, line);
            _time.Advance(Second);
        }

        Assert.AreSequenceEqual(["first", "second"], _lines.Take());
    }

    [TestMethod]
    public void Each_kind_of_line_has_a_limit_of_its_own()
    {
        using var log = new BoundedLog(_lines, _time);

        Write(log, LogLevel.Warning, 12, "rejected");
        Write(log, LogLevel.Error, 90, "fault");
        Write(log, LogLevel.Warning, 12, "rejected again");

        Assert.AreSequenceEqual(["rejected", "fault"], _lines.Take());
    }

    [TestMethod]
    [DataRow(LogLevel.Information, 5_000, 10)]
    [DataRow(LogLevel.Debug, 20_000, 20)]
    [DataRow(LogLevel.Trace, 20_000, 20)]
    public void Lines_of_every_level_are_bounded(LogLevel level, int atOnce, int perSecond)
    {
        var all = new LineLog { Least = LogLevel.Trace };
        using var log = new BoundedLog(all, _time);

        for (int i = 0; i < 3 * atOnce; i++)
        {
            Write(log, level, 20, "line");
        }

        Assert.HasCount(atOnce, all.Take());

        for (int second = 0; second < 10; second++)
        {
            _time.Advance(Second);
            for (int i = 0; i < 1_000; i++)
            {
                Write(log, level, 20, "line");
            }
        }

        string[] lines = [.. all.Take()];
        Assert.HasCount(10 * perSecond, lines.Where(line => line == "line"));
        Assert.HasCount(10 * (perSecond + 1), lines, "and once a second how many were left out");
    }

    [TestMethod]
    public void Suppressed_warnings_are_bounded_at_level_debug_too()
    {
        var all = new LineLog { Least = LogLevel.Debug };
        using var log = new BoundedLog(all, _time);

        for (int i = 0; i < 50_000; i++)
        {
            Write(log, LogLevel.Warning, 12, "rejected");
        }

        Assert.HasCount(20_001, all.Take());
    }

    [TestMethod]
    public void At_level_debug_debug_lines_are_not_suppressed()
    {
        var all = new LineLog { Least = LogLevel.Debug };
        using var log = new BoundedLog(all, _time);

        Write(log, LogLevel.Warning, 12, "first");
        Write(log, LogLevel.Warning, 12, "second");

        Assert.AreSequenceEqual(["first", "second"], all.Take());
    }

    [TestMethod]
    public void At_its_end_the_log_writes_the_last_counts()
    {
        var log = new BoundedLog(_lines, _time);
        Write(log, LogLevel.Warning, 12, "first");
        Write(log, LogLevel.Warning, 12, "second");
        Write(log, LogLevel.Error, 90, "fault");
        _lines.Take();

        log.Dispose();
        log.Dispose();

        Assert.AreSequenceEqual(["1 more lines with the event id 12 were left out"], _lines.Take());
    }

    private static void Write(BoundedLog log, LogLevel level, int id, string line) =>
        log.Log(level, new EventId(id), line, null, (text, _) => text);
}
