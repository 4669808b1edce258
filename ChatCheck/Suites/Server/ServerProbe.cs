using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>
/// Facts about a server that the cases need: which question it answers, whether it can have a second client
/// that stays, and whether it ever sends anything.
/// </summary>
internal static class ServerProbe
{
    /// <summary>The finding for a server that never sent a byte.</summary>
    public static readonly Text Silent = new(
        "The server accepts connections, but it never sends anything: neither to two clients in a channel nor to a client that sends a wrong command.",
        "O servidor aceita conexões, mas nunca envia nada: nem a dois clientes em um canal, nem a um cliente que envia um comando errado.");

    // Each twice: a server that does not always answer is not to be asked one way in this run and another way in the next.
    private static readonly FenceStyle[] Questions =
    [
        FenceStyle.UnknownWord, FenceStyle.UnknownWord, FenceStyle.UnknownChannel, FenceStyle.UnknownChannel,
        FenceStyle.AnyLength, FenceStyle.AnyLength, FenceStyle.AnyLengthOfChannel, FenceStyle.AnyLengthOfChannel,
    ];

    /// <summary>Finds the question that the server answers, and sets it.</summary>
    /// <exception cref="CaseFailedException">It takes no connections.</exception>
    public static Result Probe(IServerHost host, Fences fences, ChannelNames channels, Timeouts timeouts)
    {
        bool hasAnswer = false, hasAnswered = false, isRestless = false;
        foreach (FenceStyle style in Questions.Where(style => hasAnswered || style is not (FenceStyle.AnyLength or FenceStyle.AnyLengthOfChannel)))
        {
            host.Renew(); // the last question may have been too much for it
            host.EnsureStarted();
            fences.Style = style;
            var transcript = new Transcript();
            using ServerFixture fixture = new(host, fences, channels, new CaseClock(timeouts), transcript);
            if (Answers(fixture, fences))
            {
                return new Result(CanHaveGuest: Answers(fixture, fences), IsSilent: false, host.IsRestless);
            }

            isRestless = host.IsRestless;

            hasAnswered |= transcript.HasAnswer;
            hasAnswer |= transcript.HasAnswer;
            if (!hasAnswer && !(hasAnswer = SaysAnything(host, fences, channels, timeouts)))
            {
                fences.Style = FenceStyle.Quiet;
                return new Result(CanHaveGuest: false, IsSilent: true, isRestless);
            }
        }

        fences.Style = FenceStyle.Quiet;
        return new Result(CanHaveGuest: false, IsSilent: false, isRestless);
    }

    /// <summary>Whether the server answers one more client.</summary>
    private static bool Answers(ServerFixture fixture, Fences fences)
    {
        Person peer = fixture.Connect("Guest");
        try
        {
            peer.Send("Guest");
            if (!peer.AnswersFence())
            {
                return false;
            }

            fences.BytesBeforeText = fences.AreOfAnyLength ? peer.CountBytesBeforeAnswer() : 0; // a greeting is read by now
            return true;
        }
        catch (CaseFailedException)
        {
            return false;
        }
    }

    /// <summary>Whether any byte arrives while two clients send everything that a server must answer or deliver.</summary>
    private static bool SaysAnything(IServerHost host, Fences fences, ChannelNames channels, Timeouts timeouts)
    {
        host.Renew();
        host.EnsureStarted();
        fences.Style = FenceStyle.Quiet;
        var transcript = new Transcript();
        using ServerFixture fixture = new(host, fences, channels, new CaseClock(timeouts), transcript);
        string channel = channels.Next();
        try
        {
            Person ana = fixture.Connect("Ana"), bob = fixture.Connect("Bob");
            foreach ((Person person, string text) in new[]
            {
                (ana, "Ana"), (bob, "Bob"), (ana, "hello"), (ana, $"/create {channel}"), (ana, "/list"), (bob, $"/join {channel}"), (bob, "hello"),
                (ana, "hello"), (ana, "/join"), (bob, "/nothing"),
            })
            {
                person.Send(text);
                person.Fence();
            }

            bob.Leave();
            return transcript.HasAnswer || ana.ReadBytes(1).Length > 0;
        }
        catch (CaseFailedException)
        {
            return true; // it closes or resets connections: that is for the cases to find
        }
    }

    /// <summary>The facts.</summary>
    /// <param name="CanHaveGuest">Whether it serves two at a time.</param>
    /// <param name="IsSilent">Whether no byte has arrived.</param>
    /// <param name="IsRestless">Whether it uses a processor while clients are connected and want nothing.</param>
    internal sealed record Result(bool CanHaveGuest, bool IsSilent, bool IsRestless);
}
