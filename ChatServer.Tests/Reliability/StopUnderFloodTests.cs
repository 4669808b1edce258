using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.ChatServer.Tests.Doubles;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>The server stops while all members of a channel send without a pause. What was delivered is compared with what the kernel had taken from each.</summary>
[TestClass]
[DoNotParallelize] // has both processors to itself
[TestCategory(Soak.Category)]
public sealed class StopUnderFloodTests(TestContext context)
{
    /// <summary>Messages in one send.</summary>
    private const int Batch = 40;

    /// <summary>Bytes of one client that the kernel of the server holds, by default.</summary>
    private const int ReceiveBuffer = 128 * 1024;

    [TestMethod]
    public void A_sender_that_sees_the_end_of_the_stream_has_everything_delivered_and_the_others_see_a_reset()
    {
        Needs.Linux(); // elsewhere the system does not say what was acknowledged
        int rounds = Soak.Size(1, 10);
        for (int round = 0; round < rounds; round++)
        {
            using var server = new TestServer(new ServerOptions { DrainTimeout = Limit.Wait });
            string[] names = [.. Enumerable.Range(0, Soak.Size(5, 20)).Select(i => $"T{i}")];
            Sender[] senders = [.. server.Gather("room", names).Select(client => new Sender(client, names))];
            Array.ForEach(senders, sender => sender.Start());
            Eventually.True(() => senders.All(sender => sender.Sent > 50 * Batch), "all should be sending", Limit.Load);

            Eventually.Ended(server.BeginStop(), "the server should have stopped", Limit.Load);

            Array.ForEach(senders, sender => sender.AwaitEnd());
            int silent = 0;
            int told = 0;
            for (int i = 0; i < senders.Length; i++)
            {
                int delivered = senders.Where((_, other) => other != i).Min(other => other.Received[i]);
                int dropped = Math.Max(0, senders[i].Acknowledged - delivered);
                (silent, told) = senders[i].IsEndClean ? (silent + dropped, told) : (silent, told + dropped);
            }

            // What reaches the server in the moment in which it ends a stream is not told. The moment can be long for one of the senders, if the thread is preempted.
            Assert.IsLessThanOrEqualTo(ReceiveBuffer / WireFrame.Size, silent, "The senders with a clean end were not told of what was dropped.");

            context.WriteLine(
                $"{senders.Sum(sender => sender.Acknowledged)} messages acknowledged; {senders.Count(sender => sender.IsEndClean)} of {senders.Length} senders saw a clean end; "
                + $"not delivered: {told} of those that saw a reset, {silent} of the others");
        }
    }

    /// <summary>A member that sends numbered messages and reads all that it gets, on one thread: the system tells of a reset only once.</summary>
    private sealed class Sender(WireClient client, string[] names)
    {
        private const int ConnectionReset = 104; // Linux, ECONNRESET

        private readonly byte[] _buffer = new byte[512 * WireFrame.Size];
        private TestThread? _thread;
        private byte[] _batch = [];
        private long _taken;
        private int _rest;
        private int _held;
        private int _next;
        private bool _canSend = true;
        private bool _hasSeenReset;

        /// <summary>By sender: how many of its messages came, without a gap.</summary>
        public int[] Received { get; } = new int[names.Length];

        public bool IsEndClean => !_hasSeenReset;

        /// <summary>How many of its own messages the kernel of the server had taken when it saw the end.</summary>
        public int Acknowledged { get; private set; }

        public int Sent => Volatile.Read(ref _next);

        public void Start() => _thread = TestThread.Start("sending and reading", Run);

        public void AwaitEnd() => _thread!.AwaitEnd();

        private void Run()
        {
            bool isOpen = true;
            while (isOpen)
            {
                bool hasSent = _canSend && Send();
                if (client.Socket.Poll(hasSent ? TimeSpan.Zero : TimeSpan.FromMilliseconds(1), SelectMode.SelectRead))
                {
                    isOpen = Read();
                }
            }

            Assert.AreEqual(0, _held, "Only whole frames arrive.");
            Acknowledged = (int)((_taken - SocketCalls.Unsent(client.Socket)) / WireFrame.Size);
        }

        private bool Send()
        {
            if (_rest == 0)
            {
                _batch = WireFrame.Encode(Enumerable.Range(_next, Batch).Select(i => i.ToString(CultureInfo.InvariantCulture)));
                _rest = _batch.Length;
                Volatile.Write(ref _next, _next + Batch);
            }

            int taken = SocketCalls.SendNow(client.Socket, _batch.AsSpan(_batch.Length - _rest));
            if (taken < 0)
            {
                _hasSeenReset |= Marshal.GetLastPInvokeError() == ConnectionReset; // after an end of the stream it is another error
                _canSend = false;
                return false;
            }

            _taken += taken;
            _rest -= taken;
            return taken > 0;
        }

        /// <summary>False at the end of the stream, or after a reset.</summary>
        private bool Read()
        {
            int count = 0;
            try
            {
                count = client.Socket.Receive(_buffer.AsSpan(_held));
            }
            catch (SocketException)
            {
                _hasSeenReset = true;
            }

            _held += count;
            int whole = _held / WireFrame.Size * WireFrame.Size;
            for (int i = 0; i < whole; i += WireFrame.Size)
            {
                Note(WireFrame.Decode(_buffer[i..(i + WireFrame.Size)]));
            }

            _buffer.AsSpan(whole, _held - whole).CopyTo(_buffer);
            _held -= whole;
            return count > 0;
        }

        private void Note(string text)
        {
            int end = text.IndexOf(']', StringComparison.Ordinal);
            int sender = int.Parse(text[2..end], CultureInfo.InvariantCulture);
            Assert.AreEqual(Received[sender]++, int.Parse(text[(end + 2)..], CultureInfo.InvariantCulture), "without a gap");
        }
    }
}
