using System.Text;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer.Tests.Common.Tracing;

[TestClass]
public sealed class TraceWriterTests
{
    [TestMethod]
    [TestCategory(SlowTest.Category)]
    public void Lines_of_one_call_stay_together()
    {
        const int Threads = 4;
        const int Times = 500;
        using var target = new SlowTarget();
        var writer = new TraceWriter(target, null);

        TestThread.Meet(Threads, thread =>
        {
            for (int i = 0; i < Times; i++)
            {
                writer.Write($"{thread} call {i}\n{thread} frame {i}\n");
            }
        });

        Assert.IsFalse(target.WasShared, "Two writes at the same time.");
        string[] lines = Lines(target);
        Assert.HasCount(2 * Threads * Times, lines);
        for (int i = 0; i < lines.Length; i += 2)
        {
            Assert.AreEqual(lines[i].Replace("call", "frame", StringComparison.Ordinal), lines[i + 1]);
        }
    }

    [TestMethod]
    public void A_line_is_in_the_file_when_the_call_returns()
    {
        string file = Path.GetTempFileName();
        try
        {
            using TraceWriter? writer = TraceWriter.TryOpen(file, null, out string? error);
            Assert.IsNull(error);
            writer!.Write("ação\n");

            Assert.AreEqual("ação\n", File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    public void A_renamed_file_is_opened_again_by_its_name_and_no_line_is_lost()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("threadedchat-");
        try
        {
            string file = Path.Combine(folder.FullName, "trace");
            using TraceWriter? writer = TraceWriter.TryOpen(file, null, out _);
            writer!.Write("one\n");
            File.Move(file, $"{file}.1");
            writer.Write("two\n");

            Assert.IsTrue(writer.TryReopen(out _));
            writer.Write("three\n");
            Assert.IsTrue(writer.TryReopen(out _));
            writer.Write("four\n");

            Assert.AreEqual("one\ntwo\n", File.ReadAllText($"{file}.1"));
            Assert.AreEqual("three\nfour\n", File.ReadAllText(file));
        }
        finally
        {
            folder.Remove();
        }
    }

    [TestMethod]
    public void A_file_that_cannot_be_opened_again_stays_as_it_is()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("threadedchat-");
        string file = Path.Combine(folder.FullName, "trace");
        using TraceWriter? writer = TraceWriter.TryOpen(file, null, out _);
        folder.Remove();

        Assert.IsFalse(writer!.TryReopen(out string? error));
        Assert.IsNotNull(error);
        writer.Write("still no exception\n");

        using var elsewhere = new TraceWriter(new MemoryStream(), null);
        Assert.IsFalse(elsewhere.TryReopen(out error), "there is no file");
        Assert.IsNull(error);
    }

    [TestMethod]
    public void An_existing_file_is_replaced()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "a trace of yesterday, which was longer\n");
            using TraceWriter? writer = TraceWriter.TryOpen(file, null, out _);
            writer!.Write("today\n");

            Assert.AreEqual("today\n", File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    public void Without_a_file_the_trace_goes_to_standard_error()
    {
        using var error = new MemoryStream();

        TraceWriter.TryOpen(null, error, out _)!.Write("here\n");

        Lines(error).MustBe("here");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("/")]
    [DataRow("/no/such/folder/trace.txt")]
    public void A_file_that_cannot_be_opened_is_reported_in_one_line(string file)
    {
        Assert.IsNull(TraceWriter.TryOpen(file, null, out string? error));

        Assert.IsNotNull(error);
        Assert.StartsWith("Cannot open the trace file: ", error);
        Assert.DoesNotContain('\n', error);
    }

    [TestMethod]
    public void A_target_that_fails_ends_only_the_trace_with_one_line()
    {
        using var error = new MemoryStream();
        using var target = new FullDisk();
        var writer = new TraceWriter(target, error);

        writer.Write("one\n");
        writer.Write("two\n");
        writer.Write("three\n");

        Assert.AreEqual(1, target.Attempts);
        Lines(error).MustBe("The trace ends here: No space left on device");
    }

    [TestMethod]
    public void A_failing_standard_error_has_no_effect()
    {
        using var target = new FullDisk();
        using var error = new FullDisk();

        new TraceWriter(target, error).Write("one\n");

        Assert.AreEqual(1, error.Attempts);
    }

    [TestMethod]
    public void Lines_after_the_end_are_dropped()
    {
        using var target = new MemoryStream();
        var writer = new TraceWriter(target, null);
        writer.Write("one\n");

        writer.Dispose();
        writer.Write("two\n");

        Assert.AreEqual("one\n", Encoding.UTF8.GetString(target.ToArray()));
    }

    private static string[] Lines(MemoryStream stream) =>
        Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Gives others the chance to write at the same time, and notices when they do.</summary>
    private sealed class SlowTarget : MemoryStream
    {
        private int _inside;

        public bool WasShared { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            WasShared |= Interlocked.Increment(ref _inside) > 1;
            Thread.Yield();
            base.Write(buffer);
            Interlocked.Decrement(ref _inside);
        }
    }

    /// <summary>Takes nothing.</summary>
    private sealed class FullDisk : MemoryStream
    {
        public int Attempts { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer) => throw Full();

        public override void Write(byte[] buffer, int offset, int count) => throw Full();

        private IOException Full()
        {
            Attempts++;
            return new IOException("No space left on device");
        }
    }
}
