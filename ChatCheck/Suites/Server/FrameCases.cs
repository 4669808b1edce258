using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>Messages of a fixed length in a stream that knows no messages.</summary>
internal static class FrameCases
{
    public static readonly CaseGroup<ServerFixture> Group = new("frames", new("Messages in a byte stream", "Mensagens em um fluxo de bytes"),
    [
        new("S-FRAME-01", Level.Required, Section.Delineating,
            new(
                "The server pads everything that it sends with spaces to 200 bytes",
                "O servidor preenche tudo o que envia com espaços até 200 bytes"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                (Person ana, Person bob) = fixture.Gather(channel, "Ana", "Bob");
                ana.Send("hello", "/list", $"/create {channel}", "/join", "/create", $"/join {fixture.NewChannel()}");
                RequirePadding(ana, ana.Fence());
                RequirePadding(bob, bob.Fence());
                Person nowhere = fixture.Enter("Carla");
                nowhere.Send("hello?");
                RequirePadding(nowhere, nowhere.Fence());
                bob.Leave();
                RequirePadding(ana, ana.ReadIfAny() is ReceivedFrame left ? [left] : []); // whether it comes has its own case
            }),

        new("S-FRAME-02", Level.Required, Section.Delineating,
            new(
                "The server reads a message that arrives in pieces as one message",
                "O servidor lê uma mensagem que chega em pedaços como uma só mensagem"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.SendInPieces(FrameFormat.Encode("hello in pieces"), 3, 8, FrameFormat.Size / 2);
                bob.Expect("[Ana] hello in pieces");
                bob.ExpectNothing();
            }),

        new("S-FRAME-03", Level.Required, Section.Delineating,
            new(
                "The server reads a control message that arrives in pieces as one control message",
                "O servidor lê uma mensagem de controle que chega em pedaços como uma só"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Gather(channel, "Ana")[0];
                Person bob = fixture.Enter("Bob");
                bob.SendInPieces(FrameFormat.Encode($"/join {channel}"), 1, 3, 4);
                ana.Expect("Bob has joined");
            }),

        new("S-FRAME-04", Level.Required, Section.Delineating,
            new(
                "The server reads a name that arrives in pieces as one name",
                "O servidor lê um nome que chega em pedaços como um só nome"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Gather(channel, "Ana")[0];
                Person bob = fixture.Connect("Roberta");
                bob.SendInPieces(FrameFormat.Encode("Roberta"), 3, 50);
                bob.Fence();
                bob.Send($"/join {channel}");
                ana.Expect("Roberta has joined");
            }),

        new("S-FRAME-05", Level.Required, Section.Delineating,
            new(
                "The server reads several messages that arrive at once as several messages",
                "O servidor lê várias mensagens que chegam juntas como várias mensagens"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send("one", "two", "three");
                bob.Expect("[Ana] one");
                bob.Expect("[Ana] two");
                bob.Expect("[Ana] three");
            }),

        new("S-FRAME-06", Level.Required, Section.Delineating,
            new(
                "The server separates a name and commands that arrive at once",
                "O servidor separa o nome e os comandos que chegam juntos"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Gather(channel, "Ana")[0];
                Person bob = fixture.Connect("Bob");
                bob.Send("Bob", $"/join {channel}", "all at once");
                ana.Expect("Bob has joined");
                ana.Expect("[Bob] all at once");
            }),

        new("S-FRAME-07", Level.Required, Section.Delineating,
            new(
                "One and a half messages, then the other half and one more, are three messages",
                "Uma mensagem e meia, depois a outra metade e mais uma, são três mensagens"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                byte[] bytes = [.. FrameFormat.Encode("first"), .. FrameFormat.Encode("second"), .. FrameFormat.Encode("third")];
                ana.SendInPieces(bytes, FrameFormat.Size + 3);
                bob.Expect("[Ana] first");
                bob.Expect("[Ana] second");
                bob.Expect("[Ana] third");
            }),

        new("S-FRAME-08", Level.Required, Section.Delineating,
            new(
                "The server does not mix the pieces of two clients",
                "O servidor não mistura os pedaços de dois clientes"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob", "Carla");
                byte[] ana = FrameFormat.Encode("from Ana"), bob = FrameFormat.Encode("from Bob");
                people[0].SendInPieces(ana[..6], 3);
                people[1].SendInPieces(bob[..4], 2);
                people[0].SendBytes(ana.AsSpan(6));
                people[2].Expect("[Ana] from Ana");
                people[1].SendBytes(bob.AsSpan(4));
                people[2].Expect("[Bob] from Bob");
            }),

        new("S-FRAME-09", Level.Required, Section.ServerMessages,
            new(
                "While half a message of one client has arrived, the server still serves the others",
                "Enquanto só metade da mensagem de um cliente chegou, o servidor continua atendendo os outros"),
            fixture =>
            {
                (Person ana, Person bob, Person carla) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob", "Carla");
                byte[] bytes = FrameFormat.Encode("at last");
                ana.SendBytes(bytes.AsSpan(0, 5));
                ana.AwaitRead(); // a server that finds both at the same time may wait for the rest only after it has served Bob
                bob.Send("not waiting for Ana");
                carla.Expect("[Bob] not waiting for Ana");
                ana.SendBytes(bytes.AsSpan(5));
                carla.Expect("[Ana] at last");
            }),

        new("S-FRAME-10", Level.Robust, Section.Delineating,
            new(
                "The server reads a message that arrives byte by byte as one message",
                "O servidor lê uma mensagem que chega byte a byte como uma só mensagem"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                foreach (byte one in FrameFormat.Encode("byte by byte"))
                {
                    ana.SendBytes([one]);
                }

                bob.Expect("[Ana] byte by byte");
                bob.ExpectNothing();
            }),

        new("S-FRAME-11", Level.Robust, Section.Delineating,
            new(
                "When a client sends hundreds of messages at once, all of them arrive, in order",
                "Quando um cliente envia centenas de mensagens de uma vez, todas chegam, em ordem"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                string[] texts = [.. Enumerable.Range(1, 300).Select(number => $"number {Findings.Number(number)}")];
                ana.Send(texts);
                foreach (string text in texts)
                {
                    bob.Expect($"[Ana] {text}");
                }
            }) { IsAside = true },

        new("S-FRAME-12", Level.Ours, Section.Protocol(4),
            new(
                "The server replaces bytes that are not UTF-8 with '?', and the connection stays open",
                "O servidor substitui por '?' os bytes que não são UTF-8, e a conexão continua aberta"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                byte[] frame = FrameFormat.Encode("a..b");
                frame[1] = 0xFF;
                frame[2] = 0xC3;
                ana.SendBytes(frame);
                bob.Expect("[Ana] a??b");
            }),
    ]);

    /// <summary>Each reader checks that the messages are whole; this case is about their padding.</summary>
    private static void RequirePadding(Person peer, IEnumerable<ReceivedFrame> messages)
    {
        if (messages.FirstOrDefault(message => message.Bytes[^1] == 0) is ReceivedFrame padded)
        {
            throw Findings.PaddedWithZeros(peer.Who, padded);
        }
    }
}
