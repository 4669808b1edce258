using System.Text;
using ThreadedChat.ChatCheck.Wire;
using ThreadedChat.Common;

namespace ThreadedChat.ChatCheck.Suites.Client;

/// <summary>The messages that a client sends.</summary>
internal static class SendingCases
{
    public static readonly CaseGroup<ClientFixture> Group = new("sending", new("What the client sends", "O que o cliente envia"),
    [
        new("C-SEND-01", Level.Required, Section.ClientFunctionality,
            new(
                "The first message that the client sends is the name",
                "A primeira mensagem que o cliente envia é o nome"),
            fixture => fixture.StartConnected().Server.Expect(ClientFixture.Name)),

        new("C-SEND-02", Level.Required, Section.ClientFunctionality,
            new(
                "The client sends a line that the user types",
                "O cliente envia uma linha que o usuário digita"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                client.Type("Hello world!");
                server.Expect("Hello world!");
            }),

        new("C-SEND-03", Level.Required, Section.Delineating,
            new(
                "The client pads what it sends with spaces to 200 bytes",
                "O cliente preenche o que envia com espaços até 200 bytes"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.StartConnected();
                byte[] name = server.ReadBytes(FrameFormat.Size);
                client.Type("hello");
                byte[] line = server.ReadBytes(FrameFormat.Size);
                foreach (byte[] sent in new[] { name, line }.Where(bytes => bytes.Length > 0).DefaultIfEmpty([]))
                {
                    RequirePadding(sent); // what is not sent at all has its own cases
                }

                server.RequireWholeFrames();
            }),

        new("C-SEND-04", Level.Required, Section.ClientFunctionality,
            new(
                "The client sends control messages as the user types them",
                "O cliente envia mensagens de controle como o usuário as digita"),
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
            new(
                "The client sends each typed line as one message, in order",
                "O cliente envia cada linha digitada como uma mensagem, em ordem"),
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
            new(
                "The client sends typed lines both while the server is silent and after the server has sent something",
                "O cliente envia as linhas digitadas com o servidor calado e também depois que o servidor enviou algo"),
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
            new(
                "After a typed line of 200 bytes, the server still receives whole messages",
                "Depois de uma linha digitada de 200 bytes, o servidor continua recebendo mensagens inteiras"),
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
                        new("The client did not send all of the line.", "O cliente não enviou a linha inteira."),
                        Findings.Number(FrameFormat.Size),
                        Findings.Number(sent.Length));
                }
            }) { IsAside = true },

        new("C-SEND-08", Level.Ours, Section.Protocol(5),
            new(
                "The client does not send the newline of a line",
                "O cliente não envia a quebra de linha"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                client.Type("hello");
                server.ExpectExactly("hello");
            }) { IsAside = true },

        new("C-SEND-09", Level.Ours, Section.Protocol(5),
            new(
                "The client sends nothing for a blank line",
                "O cliente não envia nada para uma linha em branco"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                client.Type("");
                client.AwaitPrompt();
                client.Type("next");
                byte[] sent = server.ReadBytes(FrameFormat.Size);
                if (!sent.AsSpan().StartsWith("next"u8))
                {
                    throw Findings.Wrong(new("The client sent something else.", "O cliente enviou outra coisa."), "next", Transcript.Show(sent));
                }
            }) { IsAside = true },

        new("C-SEND-10", Level.Ours, Section.Protocol(5),
            new(
                "When several lines arrive at once, the client sends all of them",
                "Quando várias linhas chegam de uma vez, o cliente envia todas"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.Enter();
                client.TypeRaw("one\ntwo\nthree\n");
                server.Expect("one");
                server.Expect("two");
                server.Expect("three");
            }) { IsAside = true },

        new("C-SEND-11", Level.Ours, Section.Protocol(5),
            new(
                "The client cuts a long line into parts that leave space for the name",
                "O cliente corta uma linha longa em partes que deixam espaço para o nome"),
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
                        new("The parts of the line are wrong.", "As partes da linha estão erradas."), words, string.Join(" | ", sent));
                }
            }) { IsAside = true },

        new("C-SEND-12", Level.Ours, Section.Protocol(5),
            new(
                "At the end of the input, the client sends everything, ends the stream and exits with code 0",
                "No fim da entrada, o cliente envia tudo, encerra o envio e termina com o código 0"),
            fixture =>
            {
                (ClientUnderTest client, FrameConnection server) = fixture.InPipes().Enter();
                client.TypeRaw("last words");
                client.EndInput();
                server.Expect("last words");
                server.ReadToEnd();
                server.Leave();
                client.AwaitExit(0);
            }) { IsAside = true },
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
                new("The message is not padded with spaces to 200 bytes.", "A mensagem não foi preenchida com espaços até 200 bytes."),
                VisibleText.ShowPadded(FrameFormat.Encode(text.Split('\0', '\n')[0])),
                Transcript.Show(bytes));
        }
    }
}
