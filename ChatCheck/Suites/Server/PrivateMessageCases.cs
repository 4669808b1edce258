using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary><c>/msg</c>, and the unique names that it needs.</summary>
internal static class PrivateMessageCases
{
    public static readonly IReadOnlyList<Case<ServerFixture>> All =
    [
        new("X-NAME-01", Level.Ours, ExtendedCases.Document,
            new(
                "The server rejects a name that is in use, also with other capitals, and closes the connection",
                "O servidor recusa um nome que já está em uso, também com outras maiúsculas, e fecha a conexão"),
            fixture =>
            {
                string name = ExtendedCases.NewName(fixture, "Ana");
                fixture.Enter(name);
                string other = name.ToUpperInvariant();
                Person second = fixture.Connect(other);
                second.Send(other);
                second.Expect(ExpectedText.Fill(ExpectedExtendedText.NameInUse, other));
                second.ReadToEnd();
            }),

        new("X-MSG-01", Level.Ours, ExtendedCases.Document,
            new(
                "/msg sends [[Name]] text to one client, in any channel or in none. No other client gets it, and the sender gets no answer",
                "/msg envia [[Nome]] texto a um cliente, em qualquer canal ou em nenhum. Nenhum outro cliente recebe, e o remetente não recebe resposta"),
            fixture =>
            {
                string ana = ExtendedCases.NewName(fixture, "Ana");
                Person[] here = fixture.Gather(fixture.NewChannel(), ana, Single(fixture, "Bob"));
                string carla = Single(fixture, "Carla"), dora = Single(fixture, "Dora");
                Person there = fixture.Gather(fixture.NewChannel(), carla)[0];
                Person nowhere = fixture.Enter(dora);
                here[0].Send($"/msg {carla} to another  channel", $"/msg {dora} /to none");
                here[0].ExpectNothing();
                there.Expect($"[[{ana}]] to another  channel");
                nowhere.Expect($"[[{ana}]] /to none");
                here[1].ExpectNothing();
                there.ExpectNothing();
            }),

        new("X-MSG-02", Level.Ours, ExtendedCases.Document,
            new(
                "The server answers a /msg without a name or a text, and one to an unknown name, with an error",
                "O servidor responde com um erro a um /msg sem nome ou sem texto e a um /msg para um nome desconhecido"),
            fixture =>
            {
                string bob = Single(fixture, "Bob"), nobody = Single(fixture, "Nobody");
                Person ana = fixture.Enter(Single(fixture, "Ana"));
                fixture.Enter(bob);
                ana.Send("/msg", $"/msg {bob}", "/msg [] text", $"/msg {nobody} are you there?");
                ana.Expect(ExpectedExtendedText.MsgRequiresArguments);
                ana.Expect(ExpectedExtendedText.MsgRequiresArguments);
                ana.Expect(ExpectedExtendedText.MsgRequiresArguments);
                ana.Expect(ExpectedText.Fill(ExpectedExtendedText.NobodyOfThatName, nobody));
            }),

        new("X-MSG-03", Level.Ours, ExtendedCases.Document,
            new(
                "In /msg a name with blanks is in brackets, with any capitals. Without brackets the first word is the name",
                "Em /msg um nome com espaços vem entre colchetes, com quaisquer maiúsculas. Sem colchetes, a primeira palavra é o nome"),
            fixture =>
            {
                string first = Single(fixture, "Bob"), full = $"{first} is";
                Person ana = fixture.Enter(Single(fixture, "Ana"));
                Person one = fixture.Enter(first), other = fixture.Enter(full);
                string sender = ana.Who;
                ana.Send($"/msg [{full.ToUpperInvariant()}] for the long name", $"/msg {full} for the short one");
                other.Expect($"[[{sender}]] for the long name");
                one.Expect($"[[{sender}]] is for the short one");
                other.ExpectNothing();
            }),

        new("X-MSG-04", Level.Ours, ExtendedCases.Document,
            new(
                "If a private message and the name do not fit into one message, the rest comes in a second one",
                "Se uma mensagem privada e o nome não cabem em uma mensagem, o resto vem em uma segunda"),
            fixture =>
            {
                string bob = Single(fixture, "Bob");
                Person ana = fixture.Enter(Single(fixture, "Ana-with-a-long-name-in-front")); // longer than what is in front of the text of the command
                Person receiver = fixture.Enter(bob);
                string prefix = $"[[{ana.Who}]] ";
                string text = new('x', FrameFormat.Size - $"/msg {bob} ".Length);
                int room = FrameFormat.Size - prefix.Length;
                ana.Send($"/msg {bob} {text}");
                receiver.Expect(prefix + text[..room]);
                receiver.Expect(prefix + text[room..]);
            }),

        new("X-MSG-05", Level.Ours, ExtendedCases.Document,
            new(
                "Private messages and channel messages of one client arrive in the order in which it sent them",
                "As mensagens privadas e do canal de um cliente chegam na ordem em que ele as enviou"),
            fixture =>
            {
                string bob = Single(fixture, "Bob");
                Person[] people = fixture.Gather(fixture.NewChannel(), Single(fixture, "Ana"), bob);
                string[] sent = [.. Enumerable.Range(0, 100).Select(i => Findings.Number(i))];
                people[0].Send([.. sent.Select((text, i) => i % 2 == 0 ? $"/msg {bob} {text}" : text)]);
                for (int i = 0; i < sent.Length; i++)
                {
                    people[1].Expect(i % 2 == 0 ? $"[[{people[0].Who}]] {sent[i]}" : $"[{people[0].Who}] {sent[i]}");
                }
            }),
    ];

    /// <summary>A new name of one word.</summary>
    private static string Single(ServerFixture fixture, string name) => $"{name}-{fixture.NewChannel()}";
}
