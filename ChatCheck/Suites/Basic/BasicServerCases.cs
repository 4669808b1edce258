using System.Text;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Basic;

/// <summary>All cases for the server of part 0.</summary>
internal static class BasicServerCases
{
    private const string First = "I am a student. This class is awesome!";
    private const string Second = "Why is it so bad at drawing?";

    // Of one character, and none that a server is likely to print besides.
    private const string Third = "~";

    private static readonly CaseGroup<BasicServerFixture> Group = new("basic-server", new("Part 0: the server", "Parte 0: o servidor"),
    [
        new("BS-01", Level.Required, Section.BasicPrograms,
            new(
                "The server prints what a client sends",
                "O servidor imprime o que um cliente envia"),
            fixture =>
            {
                Say(fixture, "Ana", First);
                fixture.AwaitLines(First);
            }),

        new("BS-02", Level.Required, Section.BasicPrograms,
            new(
                "The server serves one client after the other, and prints each message on its own line",
                "O servidor atende um cliente depois do outro e imprime cada mensagem em sua própria linha"),
            fixture =>
            {
                Say(fixture, "Ana", First);
                Say(fixture, "Bob", Second);
                Say(fixture, "Carla", Third);
                fixture.AwaitLines(First, Second, Third);
            }),

        new("BS-03", Level.Required, Section.BasicPrograms,
            new(
                "The next client waits until the first has disconnected. Their messages are not mixed",
                "O próximo cliente espera até o primeiro se desconectar. As mensagens deles não se misturam"),
            fixture =>
            {
                ByteConnection ana = fixture.Connect("Ana");
                Say(fixture, "Bob", Second);
                fixture.MustNotPrintYet(Second);
                Send(ana, $"{First}\n");
                ana.Leave();
                fixture.AwaitLines(First, Second);
            }),

        new("BS-04", Level.Robust, Section.BasicPrograms,
            new(
                "The server prints a message that arrives in pieces on one line",
                "O servidor imprime em uma linha uma mensagem que chega em pedaços"),
            fixture =>
            {
                ByteConnection ana = fixture.Connect("Ana");
                ana.SendInPieces(Encoding.UTF8.GetBytes($"{First}\n"), 5, 10);
                ana.Leave();
                fixture.AwaitLines(First);
            }),

        new("BS-05", Level.Robust, Section.Network,
            new(
                "The server prints all of a long message",
                "O servidor imprime uma mensagem longa inteira"),
            fixture =>
            {
                string text = string.Concat(Enumerable.Range(1000, 5000).Select(Findings.Number));
                Say(fixture, "Ana", text);
                fixture.AwaitPieces(text); // another case checks that it is one line
            }),

        new("BS-06", Level.Robust, Section.Network,
            new(
                "A client that resets its connection, or sends nothing, does not stop the server",
                "Um cliente que interrompe a conexão (reset), ou não envia nada, não para o servidor"),
            fixture =>
            {
                fixture.Connect("Ana").Reset();
                fixture.Connect("Bob").Leave();
                Say(fixture, "Carla", Second);
                fixture.AwaitLines(Second);
            }),

        new("BS-07", Level.Ours, Section.Protocol(7),
            new(
                "The server prints bytes as they are and at once, and a newline after the client has closed",
                "O servidor imprime os bytes como são e na hora, e uma quebra de linha depois que o cliente fecha"),
            fixture =>
            {
                ByteConnection ana = fixture.Connect("Ana");
                Send(ana, " part one,");
                fixture.AwaitExactly(" part one,");
                Send(ana, " part two ");
                ana.Leave();
                fixture.AwaitExactly(" part one, part two \n");
            }),
    ]);

    /// <summary>The groups in the order in which they are played.</summary>
    public static readonly IReadOnlyList<CaseGroup<BasicServerFixture>> Groups = [Group];

    /// <summary>
    /// A client that connects, says this and leaves. A line ends with its newline: whether the client sends that or the server
    /// adds it is open, and a blank line more is no fault.
    /// </summary>
    private static void Say(BasicServerFixture fixture, string who, string text)
    {
        ByteConnection peer = fixture.Connect(who);
        Send(peer, $"{text}\n");
        peer.Leave();
    }

    private static void Send(ByteConnection peer, string text) => peer.SendBytes(Encoding.UTF8.GetBytes(text));
}
