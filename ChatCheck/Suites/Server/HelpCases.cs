using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary><c>/help</c>, and words that are no commands in this mode either.</summary>
internal static class HelpCases
{
    public static readonly IReadOnlyList<Case<ServerFixture>> All =
    [
        new("X-HELP-01", Level.Ours, ExtendedCases.Document,
            new(
                "/help has a line for each command, each line in a message of its own",
                "/help tem uma linha para cada comando, cada linha em uma mensagem própria"),
            fixture =>
            {
                Person ana = fixture.Enter(ExtendedCases.NewName(fixture, "Ana"));
                ana.Send("/help");
                string[] lines = [.. ana.Fence().Select(frame => frame.Text)];
                string[] words = [.. lines.Select(line => line.Split(' ', ':')[0])];
                string[] expected = ["/create", "/join", "/list", "/who", "/msg", "/leave", "/help"];
                if (expected.Except(words).Any() || words.Distinct().Count() != words.Length || lines.Any(line => line.Contains('\n', StringComparison.Ordinal)))
                {
                    throw Findings.Wrong(
                        new("Each command must have one line.", "Cada comando deve ter uma linha."), string.Join(' ', expected), string.Join(" | ", lines));
                }
            }),

        new("X-HELP-02", Level.Ours, ExtendedCases.Document,
            new(
                "Only the exact command counts, and the error for other words is that of the assignment",
                "Só vale o comando exato, e o erro para outras palavras é o do enunciado"),
            fixture =>
            {
                Person ana = fixture.Enter(ExtendedCases.NewName(fixture, "Ana"));
                string[] words = ["/WHO", "/whom", "/Msg", "/leaves", "/helpme", "/histories", "/Search", "/nick"];
                ana.Send(words);
                foreach (string word in words)
                {
                    ana.Expect(ExpectedText.Fill(ExpectedText.InvalidControlMessage, word));
                }
            }),
    ];
}
