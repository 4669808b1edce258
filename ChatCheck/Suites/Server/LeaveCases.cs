using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary><c>/leave</c>.</summary>
internal static class LeaveCases
{
    public static readonly IReadOnlyList<Case<ServerFixture>> All =
    [
        new("X-LEAVE-01", Level.Ours, ExtendedCases.Document,
            new(
                "/leave takes the sender out of the channel: the other members get a notice, the sender gets nothing",
                "/leave tira o remetente do canal: os outros são avisados, o remetente não recebe nada"),
            fixture =>
            {
                string ana = ExtendedCases.NewName(fixture, "Ana");
                Person[] people = fixture.Gather(fixture.NewChannel(), ana, ExtendedCases.NewName(fixture, "Bob"));
                people[0].Send("/leave now");
                people[0].ExpectNothing();
                people[1].Expect($"{ana} has left");
                people[1].ExpectNothing();
            }),

        new("X-LEAVE-02", Level.Ours, ExtendedCases.Document,
            new(
                "After /leave a client is in no channel: it gets no message and can send none",
                "Depois de /leave um cliente não está em nenhum canal: não recebe mensagem e não pode enviar"),
            fixture =>
            {
                Person[] people = fixture.Gather(fixture.NewChannel(), ExtendedCases.NewName(fixture, "Ana"), ExtendedCases.NewName(fixture, "Bob"));
                people[0].Send("/leave", "anybody?");
                people[0].Expect(ExpectedText.ClientNotInChannel);
                ServerFixture.Settle(people[1]);
                people[1].Send("is she gone?");
                people[1].Fence();
                people[0].ExpectNothing();
            }),

        new("X-LEAVE-03", Level.Ours, ExtendedCases.Document,
            new(
                "The server answers /leave outside a channel with an error. A channel still exists after its last member has sent /leave",
                "O servidor responde a /leave fora de um canal com um erro. Um canal continua existindo depois que o último membro envia /leave"),
            fixture =>
            {
                string channel = fixture.NewChannel();
                Person ana = fixture.Gather(channel, ExtendedCases.NewName(fixture, "Ana"))[0];
                ana.Send("/leave", "/leave");
                ana.Expect(ExpectedExtendedText.NotInChannel);
                ana.Send($"/join {channel}");
                ana.ExpectNothing();
            }),
    ];
}
