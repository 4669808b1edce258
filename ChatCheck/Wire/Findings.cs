using System.Globalization;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.Common;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>What can be found out about a connection, in words. <c>who</c> is the person of the scene at its other end.</summary>
internal static class Findings
{
    /// <summary>The checker's end of a connection to a client.</summary>
    public const string ServerOfChecker = "server";

    /// <summary>The program does not take connections.</summary>
    public static CaseFailedException CannotConnect(string who, string why) => Wrong(new(
        $"{who} cannot connect to the server: {why}.",
        $"{who} não consegue se conectar ao servidor: {why}."));

    /// <summary>Nobody connected to the server of the checker.</summary>
    public static CaseFailedException NobodyConnects(TimeSpan limit) => Wrong(new Text(
        $"The client did not connect within {Seconds(limit)} s.",
        $"O cliente não se conectou em {Seconds(limit)} s.").And(StartLimit(limit)));

    /// <summary>What a program that has no terminal is said to have: some things look different there.</summary>
    public static Text InPipe { get; } = new(
        "(Seen in a pipe: the program has no terminal here.)",
        "(Visto em um pipe: o programa não tem terminal aqui.)");

    /// <summary>How a limit of time for a start can be changed.</summary>
    public static Text StartLimit(TimeSpan limit) => new(
        $"(If it needs more than {Seconds(limit)} s to start: --start-timeout.)",
        $"(Se ele precisa de mais de {Seconds(limit)} s para iniciar: --start-timeout.)");

    /// <summary>
    /// A message was due and nothing came. If nothing ever came to <paramref name="who"/>, then perhaps because of
    /// <paramref name="other"/>, who is served.
    /// </summary>
    public static CaseFailedException NothingCame(string who, string? expected, TimeSpan limit, string? other)
    {
        Text what = new($"Nothing came to {The(who)} within {Seconds(limit)} s.", $"Nada chegou a {who} em {Seconds(limit)} s.");
        return Wrong(
            other is null
                ? what
                : what.And(new(
                    $"({other} is connected too: does the server serve several clients at once?)",
                    $"({other} também tem uma conexão: o servidor atende vários clientes ao mesmo tempo?)")),
            expected);
    }

    /// <summary>Another message than the one that was due.</summary>
    public static CaseFailedException OtherMessage(string who, string expected, ReceivedFrame came)
    {
        Text what = new($"Another message came to {The(who)}.", $"Outra mensagem chegou a {who}.");
        return Wrong(
            EndsBehindName(came.Text, expected)
                ? what.And(new(
                    "(Is the padding taken off the name?)",
                    "(O preenchimento é retirado do nome?)"))
                : what,
            expected,
            came.Shown);
    }

    /// <summary>A message that is filled up with something else than spaces.</summary>
    public static CaseFailedException PaddedWithZeros(string who, ReceivedFrame came) => Wrong(
        new(
            $"The message to {The(who)} is padded with zero bytes (\\0), not with spaces.",
            $"A mensagem para {who} está preenchida com bytes zero (\\0), não com espaços."),
        VisibleText.ShowPadded(FrameFormat.Encode(came.Text)),
        came.Shown);

    /// <summary>A message that should not have come at all.</summary>
    public static CaseFailedException Unwanted(string who, ReceivedFrame came) => Wrong(
        new(
            $"A message came to {The(who)} that should not have.",
            $"Chegou a {who} uma mensagem que não deveria chegar."),
        expected: null,
        came.Shown);

    /// <summary>Some bytes of a message, and no more.</summary>
    public static CaseFailedException Torn(string who, byte[] bytes, string? expected, bool hasEnded)
    {
        string have = Number(bytes.Length);
        string size = Number(FrameFormat.Size);
        Text what = hasEnded
            ? new(
                $"The connection of {The(who)} ended after {have} bytes of a message that has {size}.",
                $"A conexão de {who} terminou após {have} bytes de uma mensagem que tem {size}.")
            : new(
                $"{have} bytes came to {The(who)} and then no more: a message has {size}. Is it padded with spaces?",
                $"Chegaram {have} bytes a {who} e nada mais: uma mensagem tem {size}. Ela foi preenchida com espaços?");
        return Wrong(what, expected, Transcript.Show(bytes));
    }

    /// <summary>The stream has lost its step: no message boundary falls where it should.</summary>
    public static CaseFailedException OutOfStep(string who, int by, byte[] bytes, string? expected)
    {
        string offset = Number(by);
        string size = Number(FrameFormat.Size);
        return Wrong(
            new(
                $"The stream to {The(who)} is out of step by {offset} bytes: some message before did not have {size}.",
                $"O fluxo para {who} está fora de passo por {offset} bytes: alguma mensagem anterior não tinha {size}."),
            expected,
            Transcript.Show(bytes));
    }

    /// <summary>The other side ended the connection.</summary>
    public static CaseFailedException Closed(string who, string? expected) => Wrong(
        new(
            $"The connection of {The(who)} was closed by the other side.",
            $"A conexão de {who} foi fechada pelo outro lado."),
        expected);

    /// <summary>The other side broke the connection.</summary>
    public static CaseFailedException Broken(string who, string? expected) => Wrong(
        new(
            $"The connection of {The(who)} was broken off by the other side (reset).",
            $"A conexão de {who} foi interrompida pelo outro lado (reset)."),
        expected);

    /// <summary>The other side takes nothing more.</summary>
    public static CaseFailedException DoesNotRead(string who, TimeSpan limit) => Wrong(new(
        $"What {The(who)} sends has not been read for {Seconds(limit)} s.",
        $"O que {who} envia não é lido há {Seconds(limit)} s."));

    public static CaseFailedException NotClosed(string who, TimeSpan limit) => Wrong(new(
        $"The other side did not close the connection of {The(who)} within {Seconds(limit)} s.",
        $"O outro lado não fechou a conexão de {who} em {Seconds(limit)} s."));

    /// <summary>More than anybody asked for.</summary>
    public static CaseFailedException Flood(string who, int count) => Wrong(new(
        $"More than {Number(count)} messages came to {The(who)} where a few were due.",
        $"Mais de {Number(count)} mensagens chegaram a {who} quando se esperavam poucas."));

    /// <summary>Anything else that is wrong, in its own words.</summary>
    public static CaseFailedException Wrong(Text what, string? expected = null, string? received = null) =>
        new(new Finding(what, expected, received));

    /// <summary>Whether there are only blanks where the rest should be, right behind the name: then they are the name's own.</summary>
    private static bool EndsBehindName(string came, string expected) =>
        came.Length > 0 && expected.StartsWith(came, StringComparison.Ordinal) && expected[came.Length..] is [']' or ' ', ..];

    /// <summary>Somebody in an English sentence: people have names, the server of the checker has not.</summary>
    private static string The(string who) => who == ServerOfChecker ? $"the {who}" : who;

    /// <summary>A time for people, without needless digits.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A number for people.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
