using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary><c>/who</c>.</summary>
internal static class WhoCases
{
    public static readonly IReadOnlyList<Case<ServerFixture>> All =
    [
        new("X-WHO-01", Level.Ours, ExtendedCases.Document,
            new(
                "/who names the members of the sender's channel, sorted by code point, and only the sender gets the answer",
                "/who mostra os membros do canal do remetente, ordenados pelo código dos caracteres, e só quem pediu recebe a resposta"),
            fixture =>
            {
                string tag = fixture.NewChannel();
                Person[] people = fixture.Gather(fixture.NewChannel(), $"b {tag}", $"B {tag}x", $"a {tag}");
                people[0].Send("/who");
                people[0].ExpectExactly($"B {tag}x\na {tag}\nb {tag}");
                people[0].ExpectNothing();
                people[1].ExpectNothing();
            }),

        new("X-WHO-02", Level.Ours, ExtendedCases.Document,
            new(
                "/who CHANNEL names the members of another channel, also for a client that is in no channel",
                "/who CANAL mostra os membros de outro canal, também para um cliente que não está em nenhum"),
            fixture =>
            {
                string channel = fixture.NewChannel(), name = ExtendedCases.NewName(fixture, "Ana");
                fixture.Gather(channel, name);
                Person bob = fixture.Enter(ExtendedCases.NewName(fixture, "Bob"));
                bob.Send($"/who {channel} and more");
                bob.ExpectExactly(name);
                bob.Send($"/create {fixture.NewChannel()}", $"/who {channel}");
                bob.ExpectExactly(name);
            }),

        new("X-WHO-03", Level.Ours, ExtendedCases.Document,
            new(
                "The server answers /who outside a channel, for an unknown channel and for an empty channel with three different texts",
                "O servidor responde a /who fora de um canal, para um canal desconhecido e para um canal vazio com três textos diferentes"),
            fixture =>
            {
                string empty = fixture.NewChannel(), never = fixture.NewChannel();
                Person ana = fixture.Enter(ExtendedCases.NewName(fixture, "Ana"));
                ana.Send("/who", $"/who {never}", $"/create {empty}", $"/create {fixture.NewChannel()}", $"/who {empty}");
                ana.Expect(ExpectedExtendedText.WhoRequiresArgument);
                ana.Expect(ExpectedText.Fill(ExpectedText.NoChannelExists, never));
                ana.Expect(ExpectedText.Fill(ExpectedExtendedText.NobodyInChannel, empty));
            }),

        new("X-WHO-04", Level.Ours, ExtendedCases.Document,
            new(
                "If the names do not fit into one message, the rest comes in the next one. No name is cut",
                "Se os nomes não cabem em uma mensagem, o resto vem na seguinte. Nenhum nome é cortado"),
            fixture =>
            {
                string tag = fixture.NewChannel();
                string[] names = [.. Enumerable.Range(0, 7).Select(i => $"{Findings.Number(i)} {tag} {new string('é', 20)}")];
                Person[] people = fixture.Gather(fixture.NewChannel(), names);
                people[0].Send("/who");
                string[] answers = [.. people[0].Fence().Select(frame => frame.ExactText)];
                if (answers.Length < 2 || !answers.SelectMany(answer => answer.Split('\n')).SequenceEqual(names))
                {
                    throw Findings.Wrong(
                        new("The answer does not name all members, in more than one message.", "A resposta não mostra todos os membros, em mais de uma mensagem."),
                        string.Join(" | ", names),
                        string.Join(" | ", answers));
                }
            }),
    ];
}
