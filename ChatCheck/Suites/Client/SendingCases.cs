using System.Text;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.Common;

namespace ThreadedChat.ChatCheck.Suites.Client;

/// <summary>What a client sends.</summary>
internal static class SendingCases
{
    /// <summary>The cases.</summary>
    public static readonly CaseGroup<ClientFixture> Group = new("sending", new("What it sends", "O que ele envia"),
    [
        new("C-SEND-01", Level.Required, Section.ClientFunctionality,
            new("The first message is the name", "A primeira mensagem é o nome"),
            fixture => fixture.StartConnected().Server.Expect(ClientFixture.Name)),

        new("C-SEND-02", Level.Required, Section.ClientFunctionality,
            new("A line that is typed is sent", "Uma linha digitada é enviada"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                client.Type("Hello world!");
                server.Expect("Hello world!");
            }),

        new("C-SEND-03", Level.Required, Section.Delineating,
            new("What it sends is padded with spaces to full length", "O que ele envia é preenchido com espaços até o comprimento"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.StartConnected();
                RequirePadding(server.ReadBytes(FrameFormat.Size));
                client.Type("hello");
                RequirePadding(server.ReadBytes(FrameFormat.Size));
            }),

        new("C-SEND-04", Level.Required, Section.ClientFunctionality,
            new("Control messages are sent as they are typed", "Mensagens de controle são enviadas como digitadas"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                foreach (string line in new[] { "/create cats", "/list", "/join", "/quit now" })
                {
                    client.Type(line);
                    server.Expect(line);
                }
            }),

        new("C-SEND-05", Level.Required, Section.ClientFunctionality,
            new("Lines typed one after the other are messages one after the other", "Linhas digitadas uma após a outra são mensagens uma após a outra"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                for (int number = 1; number <= 10; number++)
                {
                    client.Type($"line {Findings.Number(number)}");
                    server.Expect($"line {Findings.Number(number)}");
                }
            }),

        new("C-SEND-06", Level.Required, Section.ClientFunctionality,
            new("What is typed is sent while the server says nothing, and after it has spoken", "O que se digita é enviado com o servidor calado, e depois que ele falou"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                client.Type("before");
                server.Expect("before");
                client.Look();
                server.Send("[Bob] hello");
                client.AwaitPromptIfAny(); // it has seen that
                client.Type("after");
                server.Expect("after");
            }),

        new("C-SEND-07", Level.Robust, Section.Delineating,
            new("A line of full length does not put the server out of step", "Uma linha de comprimento máximo não tira o servidor de passo"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                client.Type(string.Concat(Enumerable.Repeat("0123456789", FrameFormat.Size / 10)));
                string sent = server.Read().Text;
                client.Type("next");
                for (string text = server.Read("next").Text; text != "next"; text = server.Read("next").Text)
                {
                    sent += text; // the line may be sent in parts
                }

                if (sent.Length != FrameFormat.Size)
                {
                    throw Findings.Wrong(
                        new("Not all of the line was sent.", "Nem toda a linha foi enviada."),
                        Findings.Number(FrameFormat.Size),
                        Findings.Number(sent.Length));
                }
            }),

        new("C-SEND-08", Level.Ours, Section.Protocol(5),
            new("The newline of a line is not sent", "A quebra de linha não é enviada"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                client.Type("hello");
                server.ExpectExactly("hello");
            }),

        new("C-SEND-09", Level.Ours, Section.Protocol(5),
            new("A blank line sends nothing", "Uma linha em branco não envia nada"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                client.Type("");
                client.AwaitPrompt();
                client.Type("next");
                byte[] sent = server.ReadBytes(FrameFormat.Size);
                if (!sent.AsSpan().StartsWith("next"u8))
                {
                    throw Findings.Wrong(new("Something else was sent.", "Outra coisa foi enviada."), "next", Transcript.Show(sent));
                }
            }),

        new("C-SEND-10", Level.Ours, Section.Protocol(5),
            new("Lines that come all at once are all sent", "Linhas que chegam todas de uma vez são todas enviadas"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                client.TypeRaw("one\ntwo\nthree\n");
                server.Expect("one");
                server.Expect("two");
                server.Expect("three");
            }),

        new("C-SEND-11", Level.Ours, Section.Protocol(5),
            new("A long line is sent in parts that leave room for the name in front", "Uma linha longa é enviada em partes que deixam lugar para o nome na frente"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                string words = string.Join(' ', Enumerable.Repeat("word", 70));
                client.Type(words);
                var sent = new List<string>();
                do
                {
                    sent.Add(server.Read().Text);
                }
                while (Letters(sent).Length < Letters([words]).Length);

                int room = FrameFormat.Size - $"[{ClientFixture.Name}] ".Length;
                if (Letters(sent) != Letters([words]) || sent.Exists(part => part.Length > room))
                {
                    throw Findings.Wrong(
                        new("The parts are not right.", "As partes não estão certas."), words, string.Join(" | ", sent));
                }
            }),

        new("C-SEND-12", Level.Ours, Section.Protocol(5),
            new("At the end of input all of it is sent, then the sending ends, exit code 0", "No fim da entrada tudo é enviado e o envio se encerra, código de saída 0"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.InPipes().Enter();
                client.TypeRaw("last words");
                client.EndInput();
                server.Expect("last words");
                server.ReadToEnd();
                server.Leave();
                client.AwaitExit(0);
            }),
    ]);

    /// <summary>A text in parts without its blanks: one at a cut may be in either part or in none.</summary>
    private static string Letters(IEnumerable<string> parts) => string.Concat(parts).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Some text, perhaps a newline (C-SEND-08 looks for that), spaces up to the full length.</summary>
    private static void RequirePadding(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes).TrimEnd(' ').TrimEnd('\r', '\n');
        if (bytes.Length != FrameFormat.Size || text.Contains('\0', StringComparison.Ordinal) || text.Contains('\n', StringComparison.Ordinal))
        {
            throw Findings.Wrong(
                new("The message is not padded with spaces to its length.", "A mensagem não foi preenchida com espaços até o seu comprimento."),
                VisibleText.ShowPadded(FrameFormat.Encode(text.Split('\0', '\n')[0])),
                Transcript.Show(bytes));
        }
    }
}
