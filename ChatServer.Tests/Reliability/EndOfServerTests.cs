using System.Diagnostics;
using System.Net.Sockets;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>The server ends under load: by a signal, or killed. The real client program is among the clients.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class EndOfServerTests(TestContext context) : ProgramTests
{
    private const int Talkers = 4;
    private const int BurstSize = 50;

    [TestMethod]
    public void SIGTERM_under_load_delivers_all_fenced_messages_and_frees_the_port_at_once_twice_in_a_row()
    {
        int port = 0;
        for (int round = 0; round < 2; round++)
        {
            using LiveServer server = StartOn(port);
            port = server.Port;
            using Conversation conversation = new(server);

            (int fenced, int delivered, TimeSpan took) = conversation.EndBy(
                () =>
                {
                    server.Process.Terminate();
                    Assert.AreEqual(0, server.AwaitExit());
                },
                isPolite: true);

            context.WriteLine($"Told to end: all had ended after {Figures.Time(took)}; {fenced} messages fenced, {delivered} delivered");
        }
    }

    [TestMethod]
    public void Kill_9_under_load_leaves_no_gap_in_the_deliveries_and_frees_the_port_at_once()
    {
        int rounds = Soak.Size(2, 20);
        int port = 0;
        for (int round = 0; round < rounds; round++)
        {
            using LiveServer server = StartOn(port);
            port = server.Port;
            using Conversation conversation = new(server);

            (int fenced, int delivered, TimeSpan took) = conversation.EndBy(server.Kill, isPolite: false);

            context.WriteLine(
                $"Killed {round + 1}: all clients had ended after {Figures.Time(took)}; {fenced} messages fenced, {delivered} delivered");
        }
    }

    /// <summary>A server on this port; 0 is any. Fails if the port is not free.</summary>
    private static LiveServer StartOn(int port) => new(RunScript.Start("server", RunScript.Text(port)));

    /// <summary>Some clients that send and one that listens, all without a pause, and two real client programs.</summary>
    private sealed class Conversation : IDisposable
    {
        private readonly int _port;
        private readonly WireClient[] _talkers;
        private readonly WireClient _listener;
        private readonly ChatProcess[] _programs;

        /// <summary>By talker: how many of its messages the server has confirmed to it.</summary>
        private readonly int[] _fenced = new int[Talkers];

        private bool _isEnding;

        public Conversation(LiveServer server)
        {
            _port = server.Port;
            WireClient[] room = server.Gather("room", ["Listener", .. Enumerable.Range(0, Talkers).Select(i => $"T{i}")]);
            _listener = room[0];
            _talkers = room[1..];
            _programs = [.. Enumerable.Range(0, 2).Select(_ => RunScript.StartClient("Panda", "localhost", server.Port))];
            foreach (ChatProcess program in _programs)
            {
                program.Type("/list");
                program.Output.AwaitSinceLastLook(IsAnswered, "the client program should be answered, and ask for its next line");
            }
        }

        /// <summary>
        /// Starts the load, ends the server by <paramref name="end"/>, and asserts that every client notices, and no client
        /// misses an earlier message. Returns how many messages were fenced, how many the listener got, and how long it took.
        /// </summary>
        public (int Fenced, int Delivered, TimeSpan Took) EndBy(Action end, bool isPolite)
        {
            string[] heard = [];
            var clock = new Stopwatch();
            Together.Run(
            [
                .. _talkers.Select<WireClient, Action>((talker, i) => () => Talk(talker, i)),
                () =>
                {
                    heard = _listener.ReadToAnyEnd();
                    _listener.Dispose(); // or the server would wait for that
                },
                () =>
                {
                    Eventually.True(() => _fenced.All(count => Volatile.Read(ref count) > 10 * BurstSize), "they should be sending");
                    clock.Start();
                    Volatile.Write(ref _isEnding, true);
                    end();
                },
            ]);

            foreach (ChatProcess program in _programs)
            {
                program.MustExit(1, output: $"\r    \rServer at localhost:{_port} has disconnected\n");
            }

            clock.Stop();
            for (int i = 0; i < Talkers; i++)
            {
                string prefix = $"[T{i}] ";
                string[] ofOne = [.. heard.Where(text => text.StartsWith(prefix, StringComparison.Ordinal))];
                ofOne.MustBe(Enumerable.Range(0, ofOne.Length).Select(n => $"{prefix}{n}"), $"Of talker {i}, without a hole.");
                if (isPolite)
                {
                    Assert.IsGreaterThanOrEqualTo(_fenced[i], ofOne.Length, $"The messages of talker {i} before its last answer should have arrived.");
                }
            }

            return (_fenced.Sum(), heard.Length, clock.Elapsed);
        }

        public void Dispose() => Array.ForEach(_programs, program => program.Dispose());

        /// <summary>Whether the answer and the next prompt are there, in any order.</summary>
        private static bool IsAnswered(string text) =>
            text.Contains("\r    \rroom\n[Me] ", StringComparison.Ordinal) && text.Split("[Me] ").Length == 3;

        /// <summary>Sends one burst after the other, each confirmed by the answer to a later request, until the server has ended.</summary>
        private void Talk(WireClient talker, int number)
        {
            try
            {
                while (true)
                {
                    talker.Send(Enumerable.Range(_fenced[number], BurstSize).Select(RunScript.Text));
                    talker.Fence();
                    Volatile.Write(ref _fenced[number], _fenced[number] + BurstSize);
                }
            }
            catch (Exception e) when (Volatile.Read(ref _isEnding) && e is AssertFailedException or SocketException)
            {
                // The server is gone, as it should be.
            }

            talker.Dispose(); // or the server would wait for that
        }
    }
}
