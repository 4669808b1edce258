using System.Globalization;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.Common;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>
/// The failures of a connection, in words. <c>who</c> is the client of the case at the checker's end of it. How long the checker has waited for an
/// answer is not said: plays differ in that, and a finding is the same in each run.
/// </summary>
internal static class Findings
{
    /// <summary>The checker's end of a connection to a client.</summary>
    public const string ServerOfChecker = "server";

    public static CaseFailedException CannotConnect(string who, string why) => Wrong(new(
        $"{who} cannot connect to the server: {why}.",
        $"{who} não consegue se conectar ao servidor: {why}."));

    /// <summary>No client connected to the server of the checker.</summary>
    public static CaseFailedException NobodyConnects(TimeSpan limit) => Wrong(new Text(
        $"The client did not connect within {Seconds(limit)} s.",
        $"O cliente não se conectou em {Seconds(limit)} s.").And(StartLimit(limit)));

    /// <summary>Added to a finding, because some programs behave differently without a terminal.</summary>
    public static Text InPipe { get; } = new(
        "(Seen in a pipe: in this case the program has no terminal.)",
        "(Visto em um pipe: neste caso o programa não tem terminal.)");

    /// <summary>How a limit of time for a start can be changed.</summary>
    public static Text StartLimit(TimeSpan limit) => new(
        $"(If it needs more than {Seconds(limit)} s to start, use --start-timeout.)",
        $"(Se ele precisa de mais de {Seconds(limit)} s para iniciar, use --start-timeout.)");

    /// <summary>
    /// An expected message has not arrived. If <paramref name="who"/> never received anything, the server may be busy with
    /// <paramref name="other"/>.
    /// </summary>
    public static CaseFailedException NothingCame(string who, string? expected, string? other)
    {
        Text what = new($"{Subject(who)} received nothing.", $"{SubjectInPortuguese(who)} não recebeu nada.");
        what = other is null
            ? what
            : what.And(new(
                $"({other} is connected too. Can the server serve several clients at once?)",
                $"({other} também está conectado. O servidor atende vários clientes ao mesmo tempo?)"));
        return new(new Finding(what, expected) { IsSilence = true });
    }

    public static CaseFailedException OtherMessage(string who, string expected, ReceivedFrame came)
    {
        Text what = new($"{Subject(who)} received a different message.", $"{SubjectInPortuguese(who)} recebeu uma mensagem diferente.");
        what = EndsBehindName(came.Text, expected)
            ? what.And(new(
                "(Does the server remove the padding of the name?)",
                "(O servidor retira o preenchimento do nome?)"))
            : what;
        return new(new Finding(what, expected, came.Shown) { WrongText = WrongText.Of(expected, came.Text) });
    }

    /// <summary>A message that is filled up with something else than spaces.</summary>
    public static CaseFailedException PaddedWithZeros(string who, ReceivedFrame came) => OfLength(
        new(
            $"The message to {The(who)} is padded with zero bytes (\\0), not with spaces.",
            $"A mensagem para {TheInPortuguese(who)} está preenchida com bytes zero (\\0), não com espaços."),
        VisibleText.ShowPadded(FrameFormat.Encode(came.Text)),
        came.Shown);

    public static CaseFailedException Unwanted(string who, ReceivedFrame came)
    {
        Text what = new(
            $"{Subject(who)} received a message that should not arrive.",
            $"{SubjectInPortuguese(who)} recebeu uma mensagem que não deveria chegar.");
        return new(new Finding(what, Expected: null, came.Shown) { IsUnwanted = true });
    }

    /// <summary>Some bytes of a message, and no more.</summary>
    public static CaseFailedException Torn(string who, byte[] bytes, string? expected, bool hasEnded)
    {
        string have = Number(bytes.Length);
        string size = Number(FrameFormat.Size);
        Text what = hasEnded
            ? new(
                $"The connection of {The(who)} ended after {have} of the {size} bytes of a message.",
                $"A conexão {OfInPortuguese(who)} terminou após {have} dos {size} bytes de uma mensagem.")
            : new(
                $"{Subject(who)} received {have} bytes and then nothing more. A message has {size} bytes. Is it padded with spaces?",
                $"{SubjectInPortuguese(who)} recebeu {have} bytes e nada mais. Uma mensagem tem {size} bytes. Ela foi preenchida com espaços?");
        return OfLength(what, expected, Transcript.Show(bytes));
    }

    /// <summary>The message boundaries are not at multiples of the frame size.</summary>
    public static CaseFailedException OutOfStep(string who, int by, byte[] bytes, string? expected)
    {
        string offset = Number(by);
        string size = Number(FrameFormat.Size);
        return OfLength(
            new(
                $"The messages to {The(who)} are shifted by {offset} bytes. An earlier message did not have {size} bytes.",
                $"As mensagens para {TheInPortuguese(who)} estão deslocadas em {offset} bytes. Uma mensagem anterior não tinha {size} bytes."),
            expected,
            Transcript.Show(bytes));
    }

    public static CaseFailedException Closed(string who, string? expected) => Wrong(
        new(
            $"{Peer(who)} closed the connection {To(who)}.",
            $"{PeerInPortuguese(who)} fechou a conexão {ToInPortuguese(who)}."),
        expected);

    public static CaseFailedException Broken(string who, string? expected) => Wrong(
        new(
            $"{Peer(who)} reset the connection {To(who)}. It may have ended, or it closed the connection before it had read everything.",
            $"{PeerInPortuguese(who)} interrompeu a conexão {ToInPortuguese(who)} (reset). Talvez tenha terminado, ou fechou a conexão antes de ler tudo."),
        expected);

    public static CaseFailedException DoesNotRead(string who) => Wrong(new(
        $"{Peer(who)} does not read what {The(who)} sends.",
        $"{PeerInPortuguese(who)} não lê o que {TheInPortuguese(who)} envia."));

    public static CaseFailedException NotClosed(string who) => Wrong(new(
        $"{Peer(who)} did not close the connection {To(who)}.",
        $"{PeerInPortuguese(who)} não fechou a conexão {ToInPortuguese(who)}."));

    public static CaseFailedException Flood(string who, int count) => Wrong(new(
        $"{Subject(who)} received more than {Number(count)} messages. Only a few were expected.",
        $"{SubjectInPortuguese(who)} recebeu mais de {Number(count)} mensagens. Eram esperadas só algumas."));

    public static CaseFailedException Wrong(Text what, string? expected = null, string? received = null) =>
        new(new Finding(what, expected, received));

    private static CaseFailedException OfLength(Text what, string? expected, string? received) =>
        new(new Finding(what, expected, received) { IsOfLength = true });

    /// <summary>Whether only blanks follow the name: then they are the padding of the name.</summary>
    private static bool EndsBehindName(string came, string expected) =>
        came.Length > 0 && expected.StartsWith(came, StringComparison.Ordinal) && expected[came.Length..] is [']' or ' ', ..];

    /// <summary>A client in an English sentence: clients have names, the server of the checker has none.</summary>
    private static string The(string who) => who == ServerOfChecker ? $"the {who}" : who;

    /// <summary>The program under test, which is at the other end.</summary>
    private static string Peer(string who) => who == ServerOfChecker ? "The client" : "The server";

    private static string PeerInPortuguese(string who) => who == ServerOfChecker ? "O cliente" : "O servidor";

    private static string To(string who) => who == ServerOfChecker ? "to the server" : $"to {who}";

    private static string ToInPortuguese(string who) => who == ServerOfChecker ? "com o servidor" : $"com {who}";

    private static string Subject(string who) => who == ServerOfChecker ? "The server" : who;

    private static string SubjectInPortuguese(string who) => who == ServerOfChecker ? "O servidor" : who;

    private static string TheInPortuguese(string who) => who == ServerOfChecker ? "o servidor" : who;

    private static string OfInPortuguese(string who) => who == ServerOfChecker ? "do servidor" : $"de {who}";

    /// <summary>A time for people, without needless digits.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A number for people.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
