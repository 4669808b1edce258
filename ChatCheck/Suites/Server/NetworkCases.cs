using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>Many clients, and some that do not behave.</summary>
internal static class NetworkCases
{
    private const int ManyClients = 60;

    private static readonly string[] Speakers = ["Ana", "Bob", "Carla", "Dora"];

    private static readonly string[] Words = [.. Enumerable.Range(1, 30).Select(number => $"number {Findings.Number(number)}")];

    /// <summary>The cases.</summary>
    public static readonly CaseGroup<ServerFixture> Group = new("network", new("Many clients, and odd ones", "Muitos clientes, e clientes estranhos"),
    [
        new("S-NET-01", Level.Required, Section.ServerMessages,
            new("Many clients can be connected at the same time: one that is silent stops nobody", "Muitos clientes podem estar conectados: um que fica calado não para ninguém"),
            fixture =>
            {
                Person silent = fixture.Connect("Silent");
                silent.Send("Silent");
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send("hello");
                people[1].Expect("[Ana] hello");
            }),

        new("S-NET-02", Level.Robust, Section.Network,
            new("A client that never gives its name stops nobody", "Um cliente que nunca diz o nome não para ninguém"),
            fixture =>
            {
                fixture.Connect("Nobody");
                fixture.MustStillServe();
            }),

        new("S-NET-03", Level.Robust, Section.Network,
            new("A client that gives half its name stops nobody", "Um cliente que diz metade do nome não para ninguém"),
            fixture =>
            {
                fixture.Connect("Half").SendBytes("Ha"u8);
                fixture.MustStillServe();
            }),

        new("S-NET-04", Level.Robust, Section.Network,
            new("Clients that break off at once, with and without a name, end nothing", "Clientes que se rompem logo, com ou sem nome, não encerram nada"),
            fixture =>
            {
                fixture.Connect("Nobody").Reset();
                Person named = fixture.Connect("Ana");
                named.Send("Ana");
                named.Reset();
                fixture.MustStillServe();
            }),

        new("S-NET-05", Level.Robust, Section.Network,
            new("A client that breaks off while others speak to it takes nobody along", "Um cliente que se rompe enquanto outros falam com ele não leva ninguém junto"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob", "Carla");
                people[0].Reset();
                string[] texts = [.. Enumerable.Range(1, 20).Select(number => $"number {Findings.Number(number)}")];
                foreach (string text in texts)
                {
                    people[1].Send(text);
                }

                List<string> heard = [.. Enumerable.Range(0, texts.Length + 1).Select(_ => people[2].Read($"[Bob] {texts[^1]}").Text)];
                if (!heard.Remove("Ana has left") || !heard.SequenceEqual(texts.Select(text => $"[Bob] {text}")))
                {
                    throw Findings.Wrong(
                        new("Not all of it has come to Carla, in order.", "Nem tudo chegou a Carla, em ordem."),
                        received: string.Join(" | ", heard));
                }

                fixture.MustStillServe();
            }),

        new("S-NET-06", Level.Robust, Section.Network,
            new("A client that stops reading stops neither other channels nor, for long, its own", "Um cliente que para de ler não para outros canais nem, por muito tempo, o seu"),
            StalledReader),

        new("S-NET-07", Level.Robust, Section.Network,
            new("Sixty clients in one channel all hear a message", "Sessenta clientes em um canal ouvem todos uma mensagem"),
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
            }),

        new("S-NET-08", Level.Robust, Section.Network,
            new("When all speak at once, everybody hears everything, each speaker in order", "Quando todos falam ao mesmo tempo, todos ouvem tudo, cada um em ordem"),
            fixture =>
            {
                List<string>[] heard = AllSpeak(fixture);
                for (int i = 0; i < heard.Length; i++)
                {
                    foreach (string speaker in Speakers)
                    {
                        string[] expected = speaker == Speakers[i] ? [] : [.. Words.Select(word => $"[{speaker}] {word}")];
                        string[] came = [.. heard[i].Where(text => text.StartsWith($"[{speaker}]", StringComparison.Ordinal))];
                        if (speaker == Speakers[i] && came.Length > 0)
                        {
                            throw Findings.Wrong(
                                new($"{speaker} heard what {speaker} said.", $"{speaker} ouviu o que {speaker} disse."),
                                received: string.Join(" | ", came));
                        }

                        if (!came.SequenceEqual(expected))
                        {
                            throw Findings.Wrong(
                                new(
                                    $"{Speakers[i]} did not hear all that {speaker} said, in order.",
                                    $"{Speakers[i]} não ouviu tudo o que {speaker} disse, em ordem."),
                                string.Join(" | ", expected),
                                string.Join(" | ", came));
                        }
                    }
                }
            }),

        new("S-NET-09", Level.Ours, Section.Protocol(3),
            new("When all speak at once, everybody hears it in one and the same order", "Quando todos falam ao mesmo tempo, todos ouvem na mesma ordem"),
            fixture =>
            {
                List<string>[] heard = AllSpeak(fixture);
                for (int i = 1; i < heard.Length; i++)
                {
                    if (!Without(heard[i], Speakers[0]).SequenceEqual(Without(heard[0], Speakers[i])))
                    {
                        throw Findings.Wrong(
                            new(
                                $"{Speakers[0]} and {Speakers[i]} heard it in different orders.",
                                $"{Speakers[0]} e {Speakers[i]} ouviram em ordens diferentes."));
                    }
                }
            }),

        new("S-NET-10", Level.Robust, Section.Network,
            new("A server does not tire of clients that come and go", "Um servidor não se cansa de clientes que vêm e vão"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Gather(channel, "Ana")[0];
                for (int round = 0; round < ManyClients; round++)
                {
                    Person bob = fixture.Enter("Bob");
                    bob.Send($"/join {channel}");
                    ana.Expect("Bob has joined");
                    bob.Leave();
                    ana.Expect("Bob has left");
                }
            }),
    ]);

    /// <summary>Four people each say all the words, nobody waiting for anybody; what each of them has heard.</summary>
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
        return [.. people.Select(peer => Enumerable.Range(0, others).Select(_ => peer.Read().Text).ToList())];
    }

    private static IEnumerable<string> Without(List<string> heard, string speaker) =>
        heard.Where(text => !text.StartsWith($"[{speaker}]", StringComparison.Ordinal));

    /// <summary>
    /// Somebody reads nothing at all while others in the channel are sent more than all buffers on the way can hold. Each
    /// round those others and somebody elsewhere must get an answer in the usual time.
    /// </summary>
    private static void StalledReader(ServerFixture fixture)
    {
        const int SmallBuffer = 4_096;
        const int Rounds = 120;
        const int MessagesEachRound = 250; // 120 rounds of 50 kB are more than a kernel holds for a socket

        string channel = fixture.NewChannel();
        Person[] people = fixture.Gather(channel, "Ana", "Bob");
        Person elsewhere = fixture.Enter("Carla");
        Person stalled = fixture.Enter("Stalled", SmallBuffer);
        stalled.Send($"/join {channel}");
        ServerFixture.Settle(people);

        byte[] round = [.. Enumerable.Repeat(FrameFormat.Encode("blah blah blah"), MessagesEachRound).SelectMany(frame => frame)];
        for (int i = 0; i < Rounds; i++)
        {
            people[0].SendBytes(round);
            people[0].Fence();
            people[1].Fence();
            elsewhere.Fence();
        }
    }
}
