using System.Diagnostics;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Server;

/// <summary>
/// One member reads nothing while the channel gets more than all buffers on the way can hold. Each
/// round the other members and a client elsewhere must get an answer in the usual time.
/// </summary>
internal static class StalledReaderCase
{
    public static void Play(ServerFixture fixture)
    {
        const int SmallBuffer = 4_096;
        const int Rounds = 120;
        const int MessagesEachRound = 250; // 120 rounds of 50 kB are more than a kernel holds for a socket

        string channel = fixture.NewChannel();
        (Person ana, Person bob) = fixture.Gather(channel, "Ana", "Bob");
        Person elsewhere = fixture.Enter("Carla");
        byte[] round = [.. Enumerable.Repeat(FrameFormat.Encode("blah blah blah"), MessagesEachRound).SelectMany(frame => frame)];
        long began = Stopwatch.GetTimestamp();
        ana.SendBytes(round);
        if (!ana.AnswersFence() || !bob.AnswersFence() || Stopwatch.GetElapsedTime(began) > fixture.ReplyLimit / 2)
        {
            throw TooSlow(); // a late answer would not be caused by the client that stalls
        }

        Person stalled = fixture.Enter("Stalled", SmallBuffer);
        stalled.Send($"/join {channel}");
        stalled.NoteStopsReading();
        ServerFixture.Settle(ana, bob);
        for (int i = 0; i < Rounds; i++)
        {
            if (fixture.AsksQuestions && fixture.TimeLeft < fixture.ReplyLimit * 3)
            {
                throw TooSlow(); // the time of the case may end in the middle of a wait
            }

            ana.SendBytes(round);
            ana.FenceInTime();
            bob.FenceInTime();
            elsewhere.FenceInTime();
        }
    }

    private static CaseSkippedException TooSlow() => new(new(
        "The server delivers messages so slowly that the checker cannot see whether it waits for the client that stops reading.",
        "O servidor entrega mensagens tão devagar que o verificador não consegue ver se ele espera pelo cliente que para de ler."));
}
