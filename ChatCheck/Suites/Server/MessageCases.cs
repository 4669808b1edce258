using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>Who hears what.</summary>
internal static class MessageCases
{
    /// <summary>The cases.</summary>
    public static readonly CaseGroup<ServerFixture> Group = new("messages", new("Messages", "Mensagens"),
    [
        new("S-MSG-01", Level.Required, Section.ServerMessages,
            new("A message reaches every other member of the channel, once, with the name in brackets", "Uma mensagem chega a cada um dos outros membros do canal, uma vez, com o nome entre colchetes"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob", "Carla");
                people[0].Send("hello, everybody");
                foreach (Person listener in people[1..])
                {
                    listener.Expect("[Ana] hello, everybody");
                    listener.ExpectNothing();
                }
            }),

        new("S-MSG-02", Level.Required, Section.ServerMessages,
            new("A message does not come back to its sender", "Uma mensagem não volta para quem a enviou"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send("hello");
                people[0].ExpectNothing();
            }),

        new("S-MSG-03", Level.Required, Section.ServerMessages,
            new("A message does not reach other channels", "Uma mensagem não chega a outros canais"),
            fixture =>
            {
                Person[] here = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                Person elsewhere = fixture.Gather(fixture.NewChannel(), "Carla")[0];
                here[0].Send("between us");
                here[1].Read(); // it has been delivered
                elsewhere.ExpectNothing();
            }),

        new("S-MSG-04", Level.Required, Section.ServerMessages,
            new("A message does not reach clients in no channel", "Uma mensagem não chega a clientes sem canal"),
            fixture =>
            {
                Person[] here = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                Person nowhere = fixture.Enter("Carla");
                here[0].Send("between us");
                here[1].Read(); // it has been delivered
                nowhere.ExpectNothing();
            }),

        new("S-MSG-05", Level.Required, Section.ErrorHandling,
            new("Who is in no channel and speaks is told so", "Quem fala sem estar em um canal é avisado"),
            fixture =>
            {
                Person ana = fixture.Enter("Ana");
                ana.Send("hello?");
                ana.Expect(ExpectedText.ClientNotInChannel);
            }),

        new("S-MSG-06", Level.Required, Section.ServerMessages,
            new("What somebody in no channel says reaches nobody, in a channel or not", "O que alguém sem canal diz não chega a ninguém, com ou sem canal"),
            fixture =>
            {
                Person here = fixture.Gather(fixture.NewChannel(), "Bob")[0];
                Person nowhere = fixture.Enter("Carla");
                Person ana = fixture.Enter("Ana");
                ana.Send("hello?");
                ana.Fence();
                here.ExpectNothing();
                nowhere.ExpectNothing();
            }),

        new("S-MSG-07", Level.Required, Section.ServerMessages,
            new("A text arrives as it was sent: blanks and slashes inside it too", "Um texto chega como foi enviado: com espaços e barras no meio"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send("1/2  or /list, [that] is 100% {0}?");
                people[1].Expect("[Ana] 1/2  or /list, [that] is 100% {0}?");
            }),

        new("S-MSG-08", Level.Required, Section.ServerMessages,
            new("Messages of one client arrive in the order they were sent", "As mensagens de um cliente chegam na ordem em que foram enviadas"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                string[] texts = [.. Enumerable.Range(1, 20).Select(number => $"number {Findings.Number(number)}")];
                foreach (string text in texts)
                {
                    people[0].Send(text);
                }

                foreach (string text in texts)
                {
                    people[1].Expect($"[Ana] {text}");
                }
            }),

        new("S-MSG-09", Level.Robust, Section.Delineating,
            new("A message of full length does not put its receivers out of step", "Uma mensagem de comprimento máximo não tira os destinatários de passo"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send(new string('x', FrameFormat.Size));
                people[0].Fence();
                people[1].Fence(); // finds out by itself whether all messages are whole
            }),

        new("S-MSG-10", Level.Robust, Section.Network,
            new("A blank message ends neither the connection nor the server", "Uma mensagem em branco não encerra a conexão nem o servidor"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send("", "still here");
                while (people[1].Read("[Ana] still here").Text != "[Ana] still here")
                {
                    // What the server makes of a blank is open.
                }
            }),

        new("S-MSG-11", Level.Ours, Section.Protocol(2),
            new("A blank message is ignored", "Uma mensagem em branco é ignorada"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send("", "still here");
                people[0].ExpectNothing();
                people[1].Expect("[Ana] still here");
            }),

        new("S-MSG-12", Level.Ours, Section.Protocol(2),
            new("Blanks in front belong to the text: ' /list' is a message", "Espaços no início pertencem ao texto: ' /list' é uma mensagem"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send(" /list");
                people[0].ExpectNothing();
                people[1].Expect("[Ana]  /list");
            }),

        new("S-MSG-13", Level.Ours, Section.Protocol(1),
            new("The texts are UTF-8, and the length of a message is in bytes, not characters", "Os textos são UTF-8, e o comprimento de uma mensagem é em bytes, não caracteres"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Zoë", "Bob");
                people[0].Send("größe, ação, 🐼");
                people[1].Expect("[Zoë] größe, ação, 🐼");
            }),

        new("S-MSG-14", Level.Ours, Section.Protocol(2),
            new("A text too long for a message with the name in front goes on in a second one", "Um texto que não cabe em uma mensagem com o nome na frente continua em uma segunda"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                string text = string.Concat(Enumerable.Range(100, FrameFormat.Size).Select(Findings.Number))[..FrameFormat.Size];
                int room = FrameFormat.Size - "[Ana] ".Length;
                people[0].Send(text);
                people[1].Expect($"[Ana] {text[..room]}");
                people[1].Expect($"[Ana] {text[room..]}");
            }),

        new("S-MSG-15", Level.Ours, Section.Protocol(4),
            new("Control characters do not reach other people's terminals", "Caracteres de controle não chegam aos terminais dos outros"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send("a\u001b[2Jb\u0085c");
                people[1].Expect("[Ana] a [2Jbc");
            }),

        new("S-MSG-16", Level.Ours, Section.Protocol(1),
            new("A message holds its text and padding, nothing else: no \\r, no \\n", "Uma mensagem contém só o texto e o preenchimento: sem \\r, sem \\n"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                people[0].Send("hello", "/join");
                people[1].ExpectExactly("[Ana] hello");
                people[0].ExpectExactly(ExpectedText.JoinRequiresArgument);
            }),
    ]);
}
