using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>Many clients, and some that do not behave.</summary>
internal static class NetworkCases
{
    private const int ManyClients = 60;

    private static readonly string[] Speakers = ["Ana", "Bob", "Carla", "Dora"];

    private static readonly string[] Words = [.. Enumerable.Range(1, 30).Select(number => $"number {Findings.Number(number)}")];

    public static readonly CaseGroup<ServerFixture> Group = new("network", new("Many clients, and clients that misbehave", "Muitos clientes, e clientes que se comportam mal"),
    [
        new("S-NET-01", Level.Required, Section.ServerMessages,
            new(
                "Many clients can be connected at the same time. A silent client does not block the others",
                "Muitos clientes podem estar conectados ao mesmo tempo. Um cliente calado não bloqueia os outros"),
            fixture =>
            {
                Person silent = fixture.Connect("Silent");
                silent.Send("Silent");
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send("hello");
                bob.Expect("[Ana] hello");
            }),

        new("S-NET-02", Level.Robust, Section.Network,
            new(
                "A client that never sends its name does not block the others",
                "Um cliente que nunca envia o nome não bloqueia os outros"),
            fixture =>
            {
                fixture.Connect("Nobody").NoteConnected();
                fixture.MustStillServe();
            }) { IsAside = true },

        new("S-NET-03", Level.Robust, Section.Network,
            new(
                "A client that sends half of its name does not block the others",
                "Um cliente que envia metade do nome não bloqueia os outros"),
            fixture =>
            {
                fixture.Connect("Half").SendBytes("Ha"u8);
                fixture.MustStillServe();
            }) { IsAside = true },

        new("S-NET-04", Level.Robust, Section.Network,
            new(
                "Clients that reset their connection at once, with or without a name, do not stop the server",
                "Clientes que interrompem a conexão (reset) logo no início, com ou sem nome, não param o servidor"),
            fixture =>
            {
                fixture.Connect("Nobody").Reset();
                Person named = fixture.Connect("Ana");
                named.Send("Ana");
                named.Reset();
                fixture.MustStillServe();
            }) { IsAside = true },

        new("S-NET-05", Level.Robust, Section.Network,
            new(
                "When a client resets its connection while others send to it, all other messages still arrive",
                "Quando um cliente interrompe a conexão (reset) enquanto outros enviam a ele, todas as outras mensagens chegam"),
            fixture =>
            {
                (Person ana, Person bob, Person carla) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob", "Carla");
                ana.Reset();
                string[] texts = [.. Enumerable.Range(1, 20).Select(number => $"number {Findings.Number(number)}")];
                foreach (string text in texts)
                {
                    bob.Send(text);
                }

                List<string> heard = carla.ReadUntil($"[Bob] {texts[^1]}");
                heard.RemoveAll(text => !text.StartsWith("[Bob]", StringComparison.Ordinal)); // the notice about Ana has its own cases
                string[] expected = [.. texts.Select(text => $"[Bob] {text}")];
                if (!heard.SequenceEqual(expected))
                {
                    throw Findings.Wrong(
                        new("Carla did not receive all messages, in order.", "Carla não recebeu todas as mensagens, em ordem."),
                        string.Join(" | ", expected),
                        string.Join(" | ", heard));
                }

                fixture.MustStillServe();
            }) { IsAside = true },

        new("S-NET-06", Level.Robust, Section.Network,
            new(
                "A client that stops reading does not block other channels, and blocks its own only for a short time",
                "Um cliente que para de ler não bloqueia outros canais e bloqueia o seu só por pouco tempo"),
            StalledReaderCase.Play) { IsAside = true },

        new("S-NET-07", Level.Robust, Section.Network,
            new(
                "Sixty clients in one channel all receive a message",
                "Sessenta clientes em um canal recebem todos uma mensagem"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Gather(channel, "Ana")[0];
                Person[] crowd = [.. Enumerable.Range(1, ManyClients).Select(number => fixture.Enter($"Client {Findings.Number(number)}"))];
                foreach (Person peer in crowd)
                {
                    peer.Send($"/join {channel}");
                    peer.Fence();
                }

                ServerFixture.Settle([.. crowd, ana]);
                ana.Send("hello, all of you");
                foreach (Person peer in crowd)
                {
                    peer.Expect("[Ana] hello, all of you");
                }
            }) { IsAside = true },

        new("S-NET-08", Level.Robust, Section.Network,
            new(
                "When all members send at the same time, every member receives all messages, those of each sender in order",
                "Quando todos enviam ao mesmo tempo, cada membro recebe todas as mensagens, as de cada remetente em ordem"),
            fixture =>
            {
                List<string>[] heard = AllSpeak(fixture);
                for (int i = 0; i < heard.Length; i++)
                {
                    foreach (string speaker in Speakers)
                    {
                        if (speaker == Speakers[i])
                        {
                            continue; // what comes back to its sender has its own case
                        }

                        string[] expected = [.. Words.Select(word => $"[{speaker}] {word}")];
                        string[] came = [.. heard[i].Where(text => text.StartsWith($"[{speaker}]", StringComparison.Ordinal))];
                        if (!came.SequenceEqual(expected))
                        {
                            throw Findings.Wrong(
                                new(
                                    $"{Speakers[i]} did not receive all messages of {speaker}, in order.",
                                    $"{Speakers[i]} não recebeu todas as mensagens de {speaker}, em ordem."),
                                string.Join(" | ", expected),
                                string.Join(" | ", came));
                        }
                    }
                }
            }) { IsAside = true },

        new("S-NET-09", Level.Ours, Section.Protocol(3),
            new(
                "When all members send at the same time, every member receives the messages in the same order",
                "Quando todos enviam ao mesmo tempo, todos os membros recebem as mensagens na mesma ordem"),
            fixture =>
            {
                List<string>[] heard = AllSpeak(fixture);
                for (int i = 1; i < heard.Length; i++)
                {
                    if (!Without(heard[i], Speakers[0]).SequenceEqual(Without(heard[0], Speakers[i])))
                    {
                        throw Findings.Wrong(
                            new(
                                $"{Speakers[0]} and {Speakers[i]} received the messages in different orders.",
                                $"{Speakers[0]} e {Speakers[i]} receberam as mensagens em ordens diferentes."));
                    }
                }
            }),

        new("S-NET-10", Level.Robust, Section.Network,
            new(
                "The server keeps working while many clients join and leave",
                "O servidor continua funcionando enquanto muitos clientes entram e saem"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Gather(channel, "Ana")[0];
                for (int round = 0; round < ManyClients; round++)
                {
                    Person bob = fixture.Enter("Bob");
                    bob.Send($"/join {channel}");
                    ana.ExpectBehind("Bob has left", "Bob has joined"); // whether a notice comes once has its own case
                    bob.Leave();
                    ana.Expect("Bob has left");
                }
            }) { IsAside = true },
    ]);

    /// <summary>Four clients each send all the words without waiting. Returns what each of them received.</summary>
    private static List<string>[] AllSpeak(ServerFixture fixture)
    {
        Person[] people = fixture.Gather(fixture.NewChannel(), Speakers);
        foreach (string word in Words)
        {
            foreach (Person peer in people)
            {
                peer.Send(word);
            }
        }

        int others = (people.Length - 1) * Words.Length;
        return [.. people.Zip(Speakers, (peer, name) => Heard(peer, name, others))];
    }

    /// <summary>So many messages that a client receives, without its own.</summary>
    private static List<string> Heard(Person peer, string name, int count)
    {
        var heard = new List<string>();
        while (heard.Count < count)
        {
            string text = peer.Read().Text;
            if (!text.StartsWith($"[{name}]", StringComparison.Ordinal))
            {
                heard.Add(text);
            }
        }

        return heard;
    }

    private static IEnumerable<string> Without(List<string> heard, string speaker) =>
        heard.Where(text => !text.StartsWith($"[{speaker}]", StringComparison.Ordinal));
}
