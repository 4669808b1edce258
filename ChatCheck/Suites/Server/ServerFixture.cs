using System.Net.Sockets;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>The server under test and the people who use it, for one case.</summary>
internal sealed class ServerFixture(
    IServerHost host, Fences fences, ChannelNames channels, CaseClock clock, Transcript transcript) : IDisposable
{
    private readonly List<Person> _people = [];

    /// <summary>Whether nobody has used this server before the present group of cases.</summary>
    public bool HasFreshServer => host.CanRenew;

    /// <summary>A connection that has said nothing yet.</summary>
    /// <param name="who">Whose it is in findings.</param>
    /// <param name="receiveBuffer">Bytes the kernel may hold of what is not read; null is its usual.</param>
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

    /// <summary>Somebody with a name and in no channel; what the server says to a newcomer is not looked at.</summary>
    public Person Enter(string name, int? receiveBuffer = null)
    {
        Person peer = Connect(name.Trim(), receiveBuffer);
        peer.Send(name);
        peer.Fence();
        return peer;
    }

    /// <summary>The name of a channel that there is not.</summary>
    public string NewChannel() => channels.Next();

    /// <summary>People in the new channel <paramref name="channel"/>, the first of whom made it; nothing is on its way to them.</summary>
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

    /// <summary>The names that the server answers to <c>/list</c>, however it cuts them into messages and lines.</summary>
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

    /// <summary>The server must let somebody in and deliver a message, and still do so a while later: many do not die at once.</summary>
    public void MustStillServe()
    {
        Person[] people = Gather(NewChannel(), "Xico", "Yara");
        people[0].Send("are you there?");
        people[1].Expect("[Xico] are you there?");
        people[1].MustStayConnected(clock.Timeouts.LateDeath);
        people[0].Send("and now?");
        people[1].Expect("[Xico] and now?");
    }

    /// <summary>All connections end.</summary>
    public void Dispose() => _people.ForEach(peer => peer.Dispose());
}
