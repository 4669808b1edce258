using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary><c>/history</c>.</summary>
internal static class HistoryCases
{
    private const string Command = "/history";

    public static readonly IReadOnlyList<Case<ServerFixture>> All =
    [
        new("X-HIST-01", Level.Ours, ExtendedCases.Document,
            new(
                "/history N answers with the last N messages of the sender's channel, the oldest first, each with date and time",
                "/history N responde com as últimas N mensagens do canal do remetente, a mais antiga primeiro, cada uma com data e hora"),
            fixture =>
            {
                Person[] people = Gather(fixture);
                people[0].Send("one", "two", "three");
                people[0].Fence();
                people[1].Send("four");
                people[1].Fence();
                people[1].Send($"{Command} 3");
                PastLines.Expect(people[1], $"[{people[0].Who}] two", $"[{people[0].Who}] three", $"[{people[1].Who}] four");
                people[0].Send($"{Command} 1 and more");
                people[0].Expect($"[{people[1].Who}] four"); // it was received
                PastLines.Expect(people[0], $"[{people[1].Who}] four");
            }),

        new("X-HIST-02", Level.Ours, ExtendedCases.Document,
            new(
                "/history without a number answers with 20 messages, and with a number with at most 200",
                "/history sem número responde com 20 mensagens e, com um número, com no máximo 200"),
            fixture =>
            {
                Person ana = Gather(fixture)[0];
                ana.Send([.. Enumerable.Range(0, 205).Select(Findings.Number)]);
                ana.Fence();
                ana.Send(Command);
                PastLines.Expect(ana, [.. Enumerable.Range(185, 20).Select(i => $"[{ana.Who}] {Findings.Number(i)}")]);
                ana.Send($"{Command} 200");
                PastLines.Expect(ana, [.. Enumerable.Range(5, 200).Select(i => $"[{ana.Who}] {Findings.Number(i)}")]);
            }),

        new("X-HIST-03", Level.Ours, ExtendedCases.Document,
            new(
                "The server answers /history with an error if its argument is not a number from 1 to 200",
                "O servidor responde a /history com um erro se o argumento não é um número de 1 a 200"),
            fixture =>
            {
                Person ana = Gather(fixture)[0];
                string[] wrong = ["0", "201", "-1", "x", "99999999999999999999", "1.5", "1e2"];
                ana.Send([.. wrong.Select(argument => $"{Command} {argument}")]);
                foreach (string _ in wrong)
                {
                    ana.Expect(ExpectedExtendedText.HistoryTakesNumber);
                }
            }),

        new("X-HIST-04", Level.Ours, ExtendedCases.Document,
            new(
                "Only members of a channel can ask for its history",
                "Só membros de um canal podem pedir o histórico dele"),
            fixture =>
            {
                Person[] people = Gather(fixture);
                people[0].Send("for the members");
                people[0].Fence();
                Person other = fixture.Enter(ExtendedCases.NewName(fixture, "Carla"));
                other.Send(Command, $"/create {fixture.NewChannel()}", Command);
                other.Expect(ExpectedExtendedText.NotInChannel);
                other.Expect(ExpectedExtendedText.HistoryIsEmpty);
            }),

        new("X-HIST-05", Level.Ours, ExtendedCases.Document,
            new(
                "Joined and left notices, commands and private messages are not kept",
                "Avisos de entrada e saída, comandos e mensagens privadas não são guardados"),
            fixture =>
            {
                Person[] people = Gather(fixture);
                people[1].Send("/leave", $"/msg [{people[0].Who}] secret", "/list");
                people[1].Fence();
                people[0].Fence();
                people[0].Send(Command);
                people[0].Expect(ExpectedExtendedText.HistoryIsEmpty);
            }),

        new("X-HIST-06", Level.Ours, ExtendedCases.Document,
            new(
                "If a message does not fit after the time, it continues in another line, with the same time and name in front",
                "Se uma mensagem não cabe depois da hora, ela continua em outra linha, com a mesma hora e o mesmo nome na frente"),
            fixture =>
            {
                Person ana = Gather(fixture)[0];
                int room = FrameFormat.Size - $"[{ana.Who}] ".Length;
                string text = new('x', room);
                ana.Send(text);
                ana.Fence();
                ana.Send(Command);
                int first = room - "2026-11-25 12:04 ".Length;
                PastLines.Expect(ana, $"[{ana.Who}] {text[..first]}", $"[{ana.Who}] {text[first..]}");
            }),
    ];

    /// <summary>Two people in a new channel, on a server that has the command.</summary>
    private static Person[] Gather(ServerFixture fixture)
    {
        Person[] people = fixture.Gather(fixture.NewChannel(), ExtendedCases.NewName(fixture, "Ana"), ExtendedCases.NewName(fixture, "Bob"));
        ExtendedCases.RequireHistory(people[0], Command);
        return people;
    }
}
