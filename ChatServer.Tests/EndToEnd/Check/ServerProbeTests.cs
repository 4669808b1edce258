using System.Net;
using System.Net.Sockets;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Suites.Server;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>How the checker learns from a server that nothing more is on its way.</summary>
[TestClass]
public sealed class ServerProbeTests
{
    /// <summary>For servers that leave questions without an answer: each costs this time.</summary>
    private static readonly Timeouts Limits = new() { Reply = TimeSpan.FromSeconds(3) };

    /// <summary>For tests in which a late answer changes nothing.</summary>
    private static readonly Timeouts Short = new() { Reply = TimeSpan.FromSeconds(1), Doubt = TimeSpan.Zero };

    /// <summary>For servers that answer all: no stall of a busy machine makes them late, or slow to start.</summary>
    private static readonly Timeouts Patient = new() { Reply = TimeSpan.FromSeconds(20), QuickStart = TimeSpan.FromHours(1), Doubt = TimeSpan.Zero };

    [TestMethod]
    [DataRow(ServerFault.InvalidUnanswered, "UnknownChannel", 0)]
    [DataRow(ServerFault.NoPadding, "AnyLength", 0)]
    [DataRow(ServerFault.HeaderAndNoPadding, "AnyLengthOfChannel", DoubleChat.HeaderSize)]
    public void A_question_is_found_that_the_server_answers_in_its_own_way(ServerFault fault, string style, int bytesBeforeText)
    {
        using var host = new StartedServer(ServerDouble.Source(fault), Limits);
        var fences = new Fences();

        ServerProbe.Result result = ServerProbe.Probe(host, fences, new ChannelNames(""), Limits);

        Assert.AreEqual((style, bytesBeforeText), ($"{fences.Style}", fences.BytesBeforeText));
        Assert.AreEqual((true, false), (result.CanHaveGuest, result.IsSilent));
    }

    /// <summary>It would wait for each of them, and a server that answers no question with any byte answers none of those either.</summary>
    [TestMethod]
    public void A_server_that_answers_no_question_is_not_asked_for_answers_of_another_length()
    {
        using var host = new StartedServer(new DoubleSource(StartServerThatGreetsPairs), Short);
        var fences = new Fences();

        ServerProbe.Result result = ServerProbe.Probe(host, fences, new ChannelNames(""), Short);

        Assert.AreEqual((FenceStyle.Quiet, false), (fences.Style, result.IsSilent));
        Assert.AreEqual(5, host.StartCount, "One for each of four questions, and one to learn whether it ever sends anything.");
    }

    /// <summary>The server sends nothing in them, so the form of its messages is not what they are about.</summary>
    [TestMethod]
    public void Messages_with_a_header_fail_no_case_in_which_no_message_is_sent() =>
        Checker.MustPass(AllSuites.Server, ServerDouble.Source(ServerFault.HeaderAndNoPadding), Short, ["S-CREATE-02", "S-JOIN-02"]);

    /// <summary>It may be in an endless loop, and the next case must not be judged by what this one has done.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_server_on_which_a_case_has_failed_ends_with_that_case(bool hasFailed)
    {
        using var fixtures = new ServerFixtureFactory(new StartedServer(ServerDouble.Source(ServerFault.None), Patient), new ChannelNames(""), Patient);
        ServerFixture first = fixtures.Build(new CaseClock(Patient), new Transcript(), ProgramUse.Any);
        if (hasFailed)
        {
            fixtures.Ending(first);
        }

        first.Dispose();
        using ServerFixture second = fixtures.Build(new CaseClock(Patient), new Transcript(), ProgramUse.Any);

        Assert.AreEqual(hasFailed, fixtures.IsAlone);
    }

    [TestMethod]
    public void A_server_of_one_case_alone_ends_with_that_case()
    {
        var programs = new List<IProgram>();
        var source = new DoubleSource(arguments =>
        {
            var program = (DoubleProgram)ServerDouble.Source(ServerFault.None).Start(arguments);
            programs.Add(program);
            return program;
        });
        using var fixtures = new ServerFixtureFactory(new StartedServer(source, Patient), new ChannelNames(""), Patient);
        ServerFixture fixture = fixtures.Build(new CaseClock(Patient), new Transcript(), ProgramUse.Own);
        _ = fixture.Enter("Ana");
        IProgram used = programs[1]; // the first one is for the probe, the next ones are started ahead

        Assert.IsNull(used.ExitCode);
        fixture.Dispose();

        Assert.IsNotNull(used.ExitCode);
    }

    /// <summary>A server that sends a byte to two clients as soon as both are connected, and nothing else.</summary>
    private static DoubleProgram StartServerThatGreetsPairs(ProgramArguments arguments)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, arguments.Port));
        listener.Listen();
        return new DoubleProgram(
            _ =>
            {
                while (true)
                {
                    using Socket one = listener.Accept(), other = listener.Accept();
                    one.Send("x"u8);
                    other.Send("x"u8);
                    while (one.Receive(new byte[1_000]) > 0)
                    {
                    }
                }
            },
            listener.Dispose);
    }
}
