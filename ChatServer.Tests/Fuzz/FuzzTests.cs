using System.Diagnostics;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using ThreadedChat.ChatClient.Display;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Tests.Fuzz;

/// <summary>
/// For any input bytes, the output is whole frames of valid UTF-8 without control characters. A failure prints the seed that
/// finds it again: <c>CsCheck_Seed=SEED ./run.sh test --filter ClassName~Fuzz</c>.
/// </summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class FuzzTests(TestContext context)
{
    private static int _clients;

    /// <summary>The lengths of the pieces of a stream, repeated.</summary>
    private static readonly Gen<int[]> Cuts =
        Gen.Frequency((2, Gen.Int[1, 300]), (1, Gen.Int[1, 5]), (1, Gen.Int[200, 5_000])).Array[1, 4];

    [TestMethod]
    public void The_parsing_layers_turn_any_stream_into_clean_frames()
    {
        int count = Soak.Size(200_000, 1_000_000);
        long frames = 0;
        var clock = Stopwatch.StartNew();

        Gen.Select(Mutations.Streams, Cuts, Gen.Bool, Gen.Bool).Sample(
            (stream, cuts, isNamed, isExtended) => Interlocked.Add(ref frames, Parse(stream, cuts, isNamed, isExtended)), iter: count);

        context.WriteLine($"{count} streams, {frames} frames that came of them, all clean, in {Figures.Time(clock.Elapsed)}");
        Assert.IsGreaterThan(count, frames, "Most should have caused a frame.");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Over_TCP_any_stream_leads_to_clean_frames_and_the_server_continues(bool isExtended)
    {
        int count = Soak.Size(1_000, 10_000);
        using var folder = new HistoryFolder();
        using var server = new TestServer(new ServerOptions { Extended = isExtended, History = isExtended ? new HistorySettings(folder.File) : null });
        WireClient watcher = server.Gather("tea", "Watcher")[0];
        long frames = 0;
        long watched = 0;
        bool isOver = false;
        var clock = Stopwatch.StartNew();

        Together.Run(
        [
            () =>
            {
                try
                {
                    Gen.Select(Mutations.Streams, Gen.Bool).Sample(
                        (stream, isNamed) => Interlocked.Add(ref frames, Send(server.Port, stream, isNamed)), iter: count);
                }
                finally
                {
                    Volatile.Write(ref isOver, true);
                }
            },
            () =>
            {
                while (!Volatile.Read(ref isOver))
                {
                    watched += MustBeClean(watcher.Fence(), lineBreaks: false);
                }
            },
        ], Limit.Load);

        server.AwaitConnections(1);
        watched += MustBeClean(watcher.Fence(), lineBreaks: false);
        context.WriteLine(
            $"{count} streams over TCP, {frames} frames in answer, {watched} to one who watched, all clean, in {Figures.Time(clock.Elapsed)}");
        Assert.IsGreaterThan(count / 10, watched, "Something of them should have reached the watcher.");
    }

    [TestMethod]
    public void Any_frame_leaves_the_screen_of_the_client_intact()
    {
        int count = Soak.Size(200_000, 1_000_000);
        long shown = 0;
        var clock = Stopwatch.StartNew();

        Mutations.Streams.Sample(stream => Interlocked.Add(ref shown, Show(stream)), iter: count);

        context.WriteLine($"{count} frames, {shown} of them shown, all clean, in {Figures.Time(clock.Elapsed)}");
        Assert.IsGreaterThan(count / 2, shown, "Most should show something.");
    }

    /// <summary>Handles a stream as a connection's reader does, with a second member. Returns how many frames it caused.</summary>
    private static int Parse(byte[] stream, int[] cuts, bool isNamed, bool isExtended)
    {
        using var channels = new ChannelTable(maxChannels: 100);
        var chat = new LocalChat(channels);
        var people = new People();
        Dispatcher dispatcher = isExtended
            ? new Dispatcher(chat, CommandTable.Extended(chat, people, history: null, NullLogger.Instance), new NameRegistry(unique: true), people)
            : new Dispatcher(chat, CommandTable.OfAssignment(chat, NullLogger.Instance), new NameRegistry(unique: false));
        var (watcherBox, box) = (new RecordingOutbox(), new RecordingOutbox());
        Participant watcher = dispatcher.Admit(Frame.Encode("Watcher"), watcherBox)!;
        dispatcher.Dispatch(watcher, Frame.Encode("/create tea"));
        Participant? participant = null;
        using var buffer = new FrameBuffer();

        for (int at = 0, cut = 0; at < stream.Length; cut++)
        {
            int length = Math.Min(Math.Min(cuts[cut % cuts.Length], buffer.FreeSpace.Length), stream.Length - at);
            stream.AsSpan(at, length).CopyTo(buffer.FreeSpace);
            buffer.Received(length);
            at += length;

            ReadOnlySpan<byte> frames = buffer.WholeFrames;
            if (participant is null && (isNamed || !frames.IsEmpty))
            {
                participant = dispatcher.Admit(isNamed ? Frame.Encode("Fuzz") : frames[..Frame.Size], box);
                if (participant is null)
                {
                    break; // such a name: the server says so, and closes
                }

                frames = isNamed ? frames : frames[Frame.Size..];
                dispatcher.Dispatch(participant, Frame.Encode("/join tea"));
            }

            if (participant is not null)
            {
                dispatcher.Dispatch(participant, frames);
            }

            buffer.RemoveFrames();
        }

        if (participant is not null)
        {
            dispatcher.Depart(participant);
        }

        // The outboxes see to it that these are whole frames of valid UTF-8.
        return MustBeClean(box.Take(), lineBreaks: true) + MustBeClean(watcherBox.Take(), lineBreaks: false);
    }

    /// <summary>Sends a stream and reads to the end: only whole, valid frames. Returns how many.</summary>
    private static int Send(int port, byte[] stream, bool isNamed)
    {
        using WireClient client = WireClient.Connect(port);
        if (isNamed)
        {
            // In the extended mode each name can be had once, and the one before may not be out yet.
            client.Send(FormattableString.Invariant($"Fuzz{Interlocked.Increment(ref _clients)}"), "/join tea");
        }

        client.SendBytes(stream);
        client.EndSending();
        return MustBeClean(client.ReadToEnd(), lineBreaks: true);
    }

    /// <summary>Has the first frame of a stream shown. 0 if nothing is.</summary>
    private static int Show(byte[] stream)
    {
        const string Before = "\r    \r";
        const string After = "\n[Me] ";
        var received = ReceivedText.Decode(WireFrame.Pad(stream.AsSpan(0, Math.Min(stream.Length, WireFrame.Size))));
        if (received.Text.Length == 0)
        {
            return 0;
        }

        string text = PlainScreen.Format(received.Text);

        Assert.StartsWith(Before, text);
        Assert.EndsWith(After, text);
        text[Before.Length..^After.Length].MustBeClean("What is shown", lineBreaks: true);

        var style = new MessageStyle("Fuzz", Theme.None, BellRule.Off, time: null);
        style.Format([received]).ForEach(line => line.Text.MustBeClean("What is shown above a line"));
        return 1;
    }

    private static int MustBeClean(string[] texts, bool lineBreaks)
    {
        foreach (string text in texts)
        {
            text.MustBeClean("What the server sends", lineBreaks);
        }

        return texts.Length;
    }
}
