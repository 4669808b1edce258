using System.Text;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.Common;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary><c>/list</c>.</summary>
internal static class ListCases
{
    /// <summary>The cases.</summary>
    public static readonly CaseGroup<ServerFixture> Group = new("list", new("/list", "/list"),
    [
        // The first of its group, because on a server that the group shares it must find no channels.
        new("S-LIST-01", Level.Ours, Section.Protocol(2),
            new("While there is no channel, /list is not answered", "Enquanto não há canais, /list não é respondido"),
            fixture =>
            {
                if (!fixture.HasFreshServer)
                {
                    throw new CaseSkippedException(new(
                        "The server was running before: it may have channels.",
                        "O servidor já estava rodando: ele pode ter canais."));
                }

                Person ana = fixture.Enter("Ana");
                ana.Send("/list");
                ana.ExpectNothing();
            }),

        new("S-LIST-02", Level.Required, Section.ServerMessages,
            new("/list names all channels, each once", "/list dá o nome de todos os canais, cada um uma vez"),
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
            new("/list is answered in a channel as well, and only to the one who asks", "/list é respondido também dentro de um canal, e só a quem pergunta"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person[] people = fixture.Gather(channel, "Ana", "Bob");
                Expect([channel], ServerFixture.List(people[0]));
                people[1].ExpectNothing();
            }),

        new("S-LIST-04", Level.Required, Section.ErrorHandling,
            new("A /join or /create that fails adds no channel", "Um /join ou /create que falha não acrescenta canal"),
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
                        new("A channel is listed that nobody has created.", "Está na lista um canal que ninguém criou."), received: Shown(list));
                }
            }),

        new("S-LIST-05", Level.Ours, Section.Protocol(2),
            new("A channel stays when its last member has left", "Um canal permanece quando seu último membro sai"),
            fixture =>
            {
                string left = fixture.NewChannel();
                Person ana = fixture.Gather(left, "Ana")[0];
                ana.Send($"/create {fixture.NewChannel()}");
                ana.Fence();
                Expect([left], ServerFixture.List(ana));
            }),

        new("S-LIST-06", Level.Ours, Section.Protocol(2),
            new("The names are in ordinal order, with \\n between two and none after the last", "Os nomes estão em ordem ordinal, com \\n entre dois e nenhum após o último"),
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
                    throw Findings.Wrong(new("The list looks otherwise.", "A lista tem outra forma."), Shown(expected), Shown([all]));
                }
            }),

        new("S-LIST-07", Level.Ours, Section.Protocol(2),
            new("A list too long for one message goes on in the next, no name cut in two", "Uma lista longa demais continua na mensagem seguinte, sem cortar nomes"),
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
                new("The list of channels is not right.", "A lista de canais não está certa."), Shown(expected), Shown(list));
        }
    }

    private static string Shown(IEnumerable<string> names) => VisibleText.ShowPadded(Encoding.UTF8.GetBytes(string.Join('\n', names)));
}
