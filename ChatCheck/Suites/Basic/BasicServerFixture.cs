using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Basic;

/// <summary>The server of part 0 and its clients, for one case. It was started for this case.</summary>
internal sealed class BasicServerFixture(StartedServer host, CaseClock clock, Transcript transcript) : IDisposable
{
    /// <summary>A server that prints so much more than it was sent prints without end.</summary>
    private const int Flood = 200_000;

    private readonly List<ByteConnection> _clients = [];

    /// <summary>Connects a client.</summary>
    public ByteConnection Connect(string who)
    {
        try
        {
            var peer = new ByteConnection(who, host.Connect(), transcript, clock);
            _clients.Add(peer);
            return peer;
        }
        catch (SocketException e)
        {
            throw Findings.CannotConnect(who, e.Message);
        }
    }

    /// <summary>The output of the server must finally contain these messages, each in a line of its own, in this order.</summary>
    public void AwaitLines(params string[] messages) =>
        Await(string.Join('\n', messages), printed => new PrintedLines(printed).Hold(messages), messages[0]);

    /// <summary>The output of the server must finally contain this message, in any number of lines.</summary>
    public void AwaitPieces(string message) => Await(message, printed => new PrintedLines(printed).HoldInPieces(message), message);

    /// <summary>The output of the server must finally be exactly this, except for the line ends of a terminal.</summary>
    public void AwaitExactly(string expected) =>
        Await(expected, printed => printed.Replace("\r\n", "\n", StringComparison.Ordinal) == expected, expected);

    /// <summary>The server must not print this for a while: it has something else to do first.</summary>
    public void MustNotPrintYet(string message)
    {
        ProgramOutput output = host.Program!.Output;
        bool isThere = output.Await(
            0, clock.Timeouts.LateDeath, (bytes, _) => Encoding.UTF8.GetString(bytes).Contains(message, StringComparison.Ordinal));
        if (isThere)
        {
            transcript.Add("screen", Transcript.Direction.Received, output.From(0));
            throw Findings.Wrong(
                new("The server served a client before the previous client had left.", "O servidor atendeu um cliente antes que o anterior saísse."),
                received: Transcript.Show(output.From(0)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private void Await(string expected, Func<string, bool> isEnough, string hintFor)
    {
        ProgramOutput output = host.Program!.Output;
        bool came = output.Await(0, clock.ForAnswer(), (bytes, _) => isEnough(Encoding.UTF8.GetString(bytes)));
        byte[] printed = output.From(0);
        transcript.Add("screen", Transcript.Direction.Received, printed);
        if (came)
        {
            return;
        }

        Text what = printed.Length > expected.Length + Flood
            ? new("The server prints without end, and not what the client sent.", "O servidor imprime sem parar, e não o que o cliente enviou.")
            : new("The server does not print this text.", "O servidor não imprime este texto.");
        throw Findings.Wrong(
            new PrintedLines(Encoding.UTF8.GetString(printed)).Hint(hintFor) is Text hint ? what.And(hint) : what,
            Transcript.Show(Encoding.UTF8.GetBytes(expected)),
            Transcript.Show(printed));
    }
}
