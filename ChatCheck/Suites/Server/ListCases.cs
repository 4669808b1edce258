using System.Text;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.Common;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary><c>/list</c>.</summary>
internal static class ListCases
{
    public static readonly CaseGroup<ServerFixture> Group = new("list", new("/list", "/list"),
    [
        // The first of its group, because on a server that the group shares it must find no channels.
        new("S-LIST-01", Level.Ours, Section.Protocol(2),
            new(
                "The server does not answer /list while there are no channels",
                "O servidor não responde a /list enquanto não há canais"),
            fixture =>
            {
                if (!fixture.HasFreshServer)
                {
                    throw new CaseSkippedException(new(
                        "The server was already running, so it may have channels.",
                        "O servidor já estava rodando e pode ter canais."));
                }

                Person ana = fixture.Enter("Ana");
                ana.Send("/list");
                ana.ExpectNothing();
            }),

        new("S-LIST-02", Level.Required, Section.ServerMessages,
            new(
                "/list names every channel once",
                "/list mostra o nome de cada canal uma vez"),
            fixture =>
            {
                string[] channels = [fixture.NewChannel(), fixture.NewChannel(), fixture.NewChannel()];
                foreach ((string channel, string owner) in channels.Zip(["Bob", "Carla", "Dora"]))
                {
                    fixture.Gather(channel, owner);
                }

                Expect(channels, ServerFixture.List(fixture.Enter("Ana")));
            }),

        new("S-LIST-03", Level.Required, Section.ServerMessages,
            new(
                "A client in a channel can use /list too. Only that client receives the answer",
                "Um cliente dentro de um canal também pode usar /list. Só ele recebe a resposta"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                (Person ana, Person bob) = fixture.Gather(channel, "Ana", "Bob");
                Expect([channel], ServerFixture.List(ana));
                bob.ExpectNothing();
            }),

        new("S-LIST-04", Level.Required, Section.ErrorHandling,
            new(
                "A /join or /create that fails adds no channel",
                "Um /join ou /create que falha não cria um canal"),
            fixture =>
            {
                string taken = fixture.NewChannel(), never = fixture.NewChannel();
                fixture.Gather(taken, "Ana");
                Person bob = fixture.Enter("Bob");
                bob.Send($"/join {never}", $"/create {taken}", "/create", "/join");
                bob.Fence();
                List<string> list = ServerFixture.List(bob);
                Expect([taken], list);
                if (list.Contains(never))
                {
                    throw Findings.Wrong(
                        new("The list contains a channel that nobody has created.", "A lista contém um canal que ninguém criou."), received: Shown(list));
                }
            }),

        new("S-LIST-05", Level.Ours, Section.Protocol(2),
            new(
                "A channel still exists after its last member has left",
                "Um canal continua existindo depois que o último membro sai"),
            fixture =>
            {
                string left = fixture.NewChannel();
                Person ana = fixture.Gather(left, "Ana")[0];
                ana.Send($"/create {fixture.NewChannel()}");
                ana.Fence();
                Expect([left], ServerFixture.List(ana));
            }),

        new("S-LIST-06", Level.Ours, Section.Protocol(2),
            new(
                "The names are sorted by code point, with \\n between two names and none after the last",
                "Os nomes são ordenados pelo código dos caracteres, com \\n entre dois nomes e nenhum depois do último"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                string[] expected = [$"B-{channel}", $"a-{channel}", $"b-{channel}"];
                foreach (int index in new[] { 2, 0, 1 })
                {
                    fixture.Gather(expected[index], "Ana");
                }

                Person bob = fixture.Enter("Bob");
                bob.Send("/list");
                string all = string.Join('\n', bob.Fence().Select(message => message.ExactText));
                string[] ours = [.. all.Split('\n').Where(line => expected.Contains(line))];
                if (!ours.SequenceEqual(expected) || all.EndsWith('\n') || all.Contains('\r', StringComparison.Ordinal))
                {
                    throw Findings.Wrong(new("The list has a different form.", "A lista tem outra forma."), Shown(expected), Shown([all]));
                }
            }),

        new("S-LIST-07", Level.Ours, Section.Protocol(2),
            new(
                "A list that is too long for one message continues in the next. No name is cut",
                "Uma lista longa demais para uma mensagem continua na seguinte. Nenhum nome é cortado"),
            fixture =>
            {
                Person ana = fixture.Enter("Ana");
                string[] channels = [.. Enumerable.Range(0, 25).Select(_ => $"long-{fixture.NewChannel()}")];
                foreach (string channel in channels)
                {
                    ana.Send($"/create {channel}");
                    ana.Fence();
                }

                Expect(channels, ServerFixture.List(ana));
            }),
    ]);

    /// <summary>Each of <paramref name="expected"/> must be in the list, and nothing twice; a server may have other channels.</summary>
    private static void Expect(IReadOnlyCollection<string> expected, List<string> list)
    {
        if (expected.Any(name => !list.Contains(name)) || list.Distinct().Count() != list.Count)
        {
            throw Findings.Wrong(
                new("The list of channels is wrong.", "A lista de canais está errada."), Shown(expected), Shown(list));
        }
    }

    private static string Shown(IEnumerable<string> names) => VisibleText.ShowPadded(Encoding.UTF8.GetBytes(string.Join('\n', names)));
}
