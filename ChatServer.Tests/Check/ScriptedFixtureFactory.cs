using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>Stages without a program.</summary>
internal sealed class ScriptedFixtureFactory : IFixtureFactory<ScriptedFixtureFactory.Fixture>
{
    public List<bool> WantedAlone { get; } = [];

    public int Plays => WantedAlone.Count;

    public bool SharesProgram { get; init; }

    public bool IsAlone { get; private set; }

    public bool CanRepeat { get; init; } = true;

    public Text? Hopeless { get; init; }

    public bool IsSilent { get; init; }

    public ScriptedFixtureFactory? Another { get; init; }

    public void BeginGroup()
    {
    }

    public Fixture Build(CaseClock clock, Transcript transcript, ProgramUse use)
    {
        bool alone = use == ProgramUse.Own;
        IsAlone = alone || !SharesProgram;
        WantedAlone.Add(alone);
        if (!IsSilent)
        {
            transcript.Add("Ana", Transcript.Direction.Received, "an answer"u8);
        }

        return new Fixture(clock);
    }

    public IFixtureFactory<Fixture>? OpenAnother() => Another;

    public ProgramEnd? Ending(Fixture? fixture) => null;

    public void Dispose()
    {
    }

    internal sealed class Fixture(CaseClock clock) : IDisposable
    {
        public void Play(char play)
        {
            CaseClock.Wait wait = clock.Within(play == 'l' ? TimeSpan.Zero : TimeSpan.FromHours(1));
            switch (play)
            {
                case 's':
                    throw new CaseSkippedException(new("skipped", "pulado"));
                case 'f' or 'l':
                    throw Findings.Wrong(new("wrong", "errado"));
                default:
                    Assert.IsFalse(wait.IsOver);
                    break;
            }
        }

        public void Dispose()
        {
        }
    }
}
