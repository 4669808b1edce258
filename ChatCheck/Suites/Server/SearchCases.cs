using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary><c>/search</c>.</summary>
internal static class SearchCases
{
    private const string Command = "/search";

    public static readonly IReadOnlyList<Case<ServerFixture>> All =
    [
        new("X-SEARCH-01", Level.Ours, ExtendedCases.Document,
            new(
                "/search finds the messages of the sender's channel that have all of the words, in capitals or not, with or without accents",
                "/search encontra as mensagens do canal do remetente que têm todas as palavras, em maiúsculas ou não, com ou sem acentos"),
            fixture =>
            {
                Person ana = Gather(fixture);
                ana.Send("The Café opens at nine", "the exam is at nine", "a cafeteria is no café", "nine cafés");
                ana.Fence();
                ana.Send($"{Command} NINE cafe");
                PastLines.Expect(ana, $"[{ana.Who}] The Café opens at nine");
            }),

        new("X-SEARCH-02", Level.Ours, ExtendedCases.Document,
            new(
                "/search answers with the newest 20 messages, the oldest of them first",
                "/search responde com as 20 mensagens mais novas, a mais antiga delas primeiro"),
            fixture =>
            {
                Person ana = Gather(fixture);
                ana.Send([.. Enumerable.Range(0, 25).Select(i => $"word {Findings.Number(i)}")]);
                ana.Fence();
                ana.Send($"{Command} word");
                PastLines.Expect(ana, [.. Enumerable.Range(5, 20).Select(i => $"[{ana.Who}] word {Findings.Number(i)}")]);
            }),

        new("X-SEARCH-03", Level.Ours, ExtendedCases.Document,
            new(
                "/search without a word, without a match and outside a channel has its own answers. It finds no message of other channels",
                "/search sem palavra, sem resultado e fora de um canal tem respostas próprias. Ele não encontra mensagens de outros canais"),
            fixture =>
            {
                Person ana = Gather(fixture);
                ana.Send("a secret of this channel");
                ana.Fence();
                ana.Send(Command, $"{Command} ...", $"{Command} unheard", $"/create {fixture.NewChannel()}", $"{Command} secret", "/leave", $"{Command} secret");
                ana.Expect(ExpectedExtendedText.SearchRequiresWords);
                ana.Expect(ExpectedExtendedText.SearchRequiresWords);
                ana.Expect(ExpectedExtendedText.NothingFound);
                ana.Expect(ExpectedExtendedText.NothingFound);
                ana.Expect(ExpectedExtendedText.NotInChannel);
            }),

        new("X-SEARCH-04", Level.Ours, ExtendedCases.Document,
            new(
                "No character of a search is an operator",
                "Nenhum caractere de uma busca é um operador"),
            fixture =>
            {
                Person ana = Gather(fixture);
                ana.Send("black tea", "white tea", "coffee or NOT");
                ana.Fence();
                string[] operators = ["tea OR white", "te*", "text:tea NOT", "tea -white"];
                foreach (string words in operators.SkipLast(1))
                {
                    ana.Send($"{Command} {words}");
                    ana.Expect(ExpectedExtendedText.NothingFound);
                }

                ana.Send($"{Command} {operators[^1]}");
                PastLines.Expect(ana, $"[{ana.Who}] white tea");
                ana.Send($"{Command} \"tea");
                PastLines.Expect(ana, $"[{ana.Who}] black tea", $"[{ana.Who}] white tea");
            }),
    ];

    private static Person Gather(ServerFixture fixture)
    {
        Person ana = fixture.Gather(fixture.NewChannel(), ExtendedCases.NewName(fixture, "Ana"))[0];
        ExtendedCases.RequireHistory(ana, Command);
        return ana;
    }
}
