using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>Which members receive which messages.</summary>
internal static class MessageCases
{
    public static readonly CaseGroup<ServerFixture> Group = new("messages", new("Messages", "Mensagens"),
    [
        new("S-MSG-01", Level.Required, Section.ServerMessages,
            new(
                "Every other member of the channel receives a message once, with the sender's name in brackets",
                "Cada um dos outros membros do canal recebe a mensagem uma vez, com o nome do remetente entre colchetes"),
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
            new(
                "The server does not send a message back to its sender",
                "O servidor não devolve uma mensagem a quem a enviou"),
            fixture =>
            {
                (Person ana, _) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send("hello");
                ana.ExpectNothing();
            }),

        new("S-MSG-03", Level.Required, Section.ServerMessages,
            new(
                "A message does not reach other channels",
                "Uma mensagem não chega a outros canais"),
            fixture =>
            {
                Person[] here = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                Person elsewhere = fixture.Gather(fixture.NewChannel(), "Carla")[0];
                here[0].Send("between us");
                here[1].Read(); // it has been delivered
                elsewhere.ExpectNothing();
            }),

        new("S-MSG-04", Level.Required, Section.ServerMessages,
            new(
                "A message does not reach clients that are in no channel",
                "Uma mensagem não chega a clientes que não estão em nenhum canal"),
            fixture =>
            {
                Person[] here = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                Person nowhere = fixture.Enter("Carla");
                here[0].Send("between us");
                here[1].Read(); // it has been delivered
                nowhere.ExpectNothing();
            }),

        new("S-MSG-05", Level.Required, Section.ErrorHandling,
            new(
                "A client that sends a message before it has joined a channel receives an error",
                "Um cliente que envia uma mensagem antes de entrar em um canal recebe um erro"),
            fixture =>
            {
                Person ana = fixture.Enter("Ana");
                ana.Send("hello?");
                ana.Expect(ExpectedText.ClientNotInChannel);
            }),

        new("S-MSG-06", Level.Required, Section.ServerMessages,
            new(
                "A message from a client that is in no channel reaches nobody",
                "A mensagem de um cliente que não está em nenhum canal não chega a ninguém"),
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
            new(
                "A text arrives as it was sent, with spaces and slashes inside it",
                "Um texto chega como foi enviado, com os espaços e as barras que contém"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send("1/2  or /list, [that] is 100% {0}?");
                bob.Expect("[Ana] 1/2  or /list, [that] is 100% {0}?");
            }),

        new("S-MSG-08", Level.Required, Section.ServerMessages,
            new(
                "The messages of one client arrive in the order in which it sent them",
                "As mensagens de um cliente chegam na ordem em que ele as enviou"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                string[] texts = [.. Enumerable.Range(1, 20).Select(number => $"number {Findings.Number(number)}")];
                foreach (string text in texts)
                {
                    ana.Send(text);
                }

                foreach (string text in texts)
                {
                    bob.Expect($"[Ana] {text}");
                }
            }),

        new("S-MSG-09", Level.Robust, Section.Delineating,
            new(
                "After a message of exactly 200 bytes, the receivers still get whole messages",
                "Depois de uma mensagem de exatamente 200 bytes, os destinatários continuam recebendo mensagens inteiras"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send(new string('x', FrameFormat.Size));
                ana.Fence();
                bob.Fence(); // finds out by itself whether all messages are whole
            }),

        new("S-MSG-10", Level.Robust, Section.Network,
            new(
                "A blank message ends neither the connection nor the server",
                "Uma mensagem em branco não encerra a conexão nem o servidor"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send("", "still here");
                bob.ReadUntil("[Ana] still here"); // the handling of a blank line is open
            }),

        new("S-MSG-11", Level.Ours, Section.Protocol(2),
            new(
                "The server ignores a blank message",
                "O servidor ignora uma mensagem em branco"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send("", "still here");
                ana.ExpectNothing();
                bob.Expect("[Ana] still here");
            }),

        new("S-MSG-12", Level.Ours, Section.Protocol(2),
            new(
                "Spaces in front belong to the text: ' /list' is a message",
                "Espaços no início fazem parte do texto: ' /list' é uma mensagem"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send(" /list");
                ana.ExpectNothing();
                bob.Expect("[Ana]  /list");
            }),

        new("S-MSG-13", Level.Ours, Section.Protocol(1),
            new(
                "Texts are UTF-8. The length of a message counts bytes, not characters",
                "Os textos são UTF-8. O comprimento de uma mensagem conta bytes, não caracteres"),
            fixture =>
            {
                (Person zoe, Person bob) = fixture.Gather(fixture.NewChannel(), "Zoë", "Bob");
                zoe.Send("größe, ação, 🐼");
                bob.Expect("[Zoë] größe, ação, 🐼");
            }),

        new("S-MSG-14", Level.Ours, Section.Protocol(2),
            new(
                "If a text and the name do not fit into one message, the rest comes in a second one",
                "Se o texto e o nome não cabem em uma mensagem, o resto vem em uma segunda"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                string text = string.Concat(Enumerable.Range(100, FrameFormat.Size).Select(Findings.Number))[..FrameFormat.Size];
                int room = FrameFormat.Size - "[Ana] ".Length;
                ana.Send(text);
                bob.Expect($"[Ana] {text[..room]}");
                bob.Expect($"[Ana] {text[room..]}");
            }),

        new("S-MSG-15", Level.Ours, Section.Protocol(4),
            new(
                "The server removes control characters before it sends a text to other clients",
                "O servidor remove caracteres de controle antes de enviar um texto a outros clientes"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send("a\u001b[2Jb\u0085c");
                bob.Expect("[Ana] a [2Jbc");
            }),

        new("S-MSG-16", Level.Ours, Section.Protocol(1),
            new(
                "A message contains its text and padding only: no \\r, no \\n",
                "Uma mensagem contém só o texto e o preenchimento: sem \\r e sem \\n"),
            fixture =>
            {
                (Person ana, Person bob) = fixture.Gather(fixture.NewChannel(), "Ana", "Bob");
                ana.Send("hello", "/join");
                bob.ExpectExactly("[Ana] hello");
                ana.ExpectExactly(ExpectedText.JoinRequiresArgument);
            }),
    ]);
}
