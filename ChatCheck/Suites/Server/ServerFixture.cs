using System.Net.Sockets;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>The server under test and its clients, for one case.</summary>
internal sealed class ServerFixture(
    IServerHost host, Fences fences, ChannelNames channels, CaseClock clock, Transcript transcript, Action? end = null) : IDisposable
{
    private readonly List<Person> _people = [];

    /// <summary>Whether this group of cases is the first to use this server.</summary>
    public bool HasFreshServer => host.CanRenew;

    /// <summary>Whether the server answers questions; else silence is measured.</summary>
    public bool AsksQuestions => fences.Style != FenceStyle.Quiet;

    /// <summary>The limit of a wait for an answer.</summary>
    public TimeSpan ReplyLimit => clock.Timeouts.Reply;

    /// <summary>The time that is left for the case.</summary>
    public TimeSpan TimeLeft => clock.Left;

    /// <summary>A connection that has sent nothing yet.</summary>
    /// <param name="who">Its name in findings.</param>
    /// <param name="receiveBuffer">Bytes that the kernel may hold unread; null is the default of the system.</param>
    public Person Connect(string who, int? receiveBuffer = null)
    {
        try
        {
            var peer = new Person(who, host.Connect(receiveBuffer), transcript, clock, fences, _people);
            _people.Add(peer);
            return peer;
        }
        catch (SocketException e)
        {
            throw Findings.CannotConnect(who, e.Message);
        }
    }

    /// <summary>A client with a name and in no channel; a greeting of the server is ignored.</summary>
    public Person Enter(string name, int? receiveBuffer = null)
    {
        Person peer = Connect(name.Trim(), receiveBuffer);
        peer.Send(name);
        peer.Fence();
        return peer;
    }

    /// <summary>The name of a channel that there is not.</summary>
    public string NewChannel() => channels.Next();

    /// <summary>Members of the new channel <paramref name="channel"/>, which the first of them created; nothing is on its way to them.</summary>
    public Person[] Gather(string channel, params IReadOnlyList<string> names)
    {
        Person[] people = [.. names.Select(name => Enter(name))];
        for (int i = 0; i < people.Length; i++)
        {
            people[i].Send(i == 0 ? $"/create {channel}" : $"/join {channel}");
            people[i].Fence();
        }

        Settle(people);
        return people;
    }

    /// <summary>Lets everything that is on its way to these people arrive, and forgets it.</summary>
    public static void Settle(params IEnumerable<Person> people)
    {
        foreach (Person peer in people)
        {
            peer.Fence();
        }
    }

    /// <summary>The names in the server's answer to <c>/list</c>, for any cut into messages and lines.</summary>
    public static List<string> List(Person peer)
    {
        peer.Send("/list");
        return
        [
            .. peer.Fence()
                .SelectMany(message => message.Text.Split('\n'))
                .Select(line => ReceivedFrame.WithoutWipe(line).Trim())
                .Where(line => line.Length > 0),
        ];
    }

    /// <summary>The server must accept a client and deliver a message, now and a while later: many servers do not die at once.</summary>
    public void MustStillServe()
    {
        (Person xico, Person yara) = Gather(NewChannel(), "Xico", "Yara");
        xico.Send("are you there?");
        yara.Expect("[Xico] are you there?");
        yara.MustStayConnected(clock.Timeouts.LateDeath);
        xico.Send("and now?");
        yara.Expect("[Xico] and now?");
    }

    /// <summary>All connections end, the last one first: a server that waits for that one then reads from the others.</summary>
    public void Dispose()
    {
        end?.Invoke(); // a server that is ended here needs no graceful close
        for (int i = _people.Count - 1; i >= 0; i--)
        {
            _people[i].Dispose();
        }
    }
}
