using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatCheck.Running;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Cases.Basic;

/// <summary>The server of part 0 and its clients, for one case. It was started for this case.</summary>
internal sealed class BasicServerStage(StartedServer host, CaseClock clock, Transcript transcript) : IDisposable
{
    private readonly List<Peer> _clients = [];

    /// <summary>Connects a client.</summary>
    public Peer Connect(string who)
    {
        try
        {
            var peer = new Peer(who, host.Connect(), transcript, clock, new Fences());
            _clients.Add(peer);
            return peer;
        }
        catch (SocketException e)
        {
            throw Findings.CannotConnect(who, e.Message);
        }
    }

    /// <summary>What the server has printed must at last begin with this, but for whitespace before it.</summary>
    public void AwaitText(string expected) =>
        Await(expected, printed => printed.TrimStart().StartsWith(expected, StringComparison.Ordinal));

    /// <summary>What the server has printed must at last be exactly this.</summary>
    public void AwaitExactly(string expected) => Await(expected, printed => printed == expected);

    /// <summary>The lines that the server has printed, without empty ones, must at last be these.</summary>
    public void AwaitLines(params string[] expected) =>
        Await(string.Join('\n', expected), printed => Lines(printed).SequenceEqual(expected));

    /// <inheritdoc/>
    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private static IEnumerable<string> Lines(string printed) =>
        printed.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    private void Await(string expected, Func<string, bool> isEnough)
    {
        ProgramOutput output = host.Program!.Output;
        TimeSpan limit = clock.Within(clock.Patience.Reply).Left;
        bool came = output.Await(0, limit, (bytes, _) => isEnough(Encoding.UTF8.GetString(bytes)));
        byte[] printed = output.From(0);
        transcript.Add("screen", Transcript.Direction.Came, printed);
        if (!came)
        {
            throw Findings.Wrong(
                new(
                    "The server does not print this. (Is the output flushed?)",
                    "O servidor não imprime isto. (A saída é descarregada com flush?)"),
                Transcript.Show(Encoding.UTF8.GetBytes(expected)),
                Transcript.Show(printed));
        }
    }
}
