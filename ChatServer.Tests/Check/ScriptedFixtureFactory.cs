using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Suites;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatServer.Tests.Check;

/// <summary>Stages without a program.</summary>
internal sealed class ScriptedFixtureFactory : IFixtureFactory<ScriptedFixtureFactory.Fixture>
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1);

    public List<bool> WantedAlone { get; } = [];

    /// <summary>For each play, in milliseconds: how long it waits at least for what must come, and how long at most.</summary>
    public List<string> Waits { get; } = [];

    /// <summary>Whether the program can be watched.</summary>
    public bool IsWatched { get; init; }

    public int Plays => WantedAlone.Count;

    public bool SharesProgram { get; init; }

    public bool IsAlone { get; private set; }

    public bool CanRepeat { get; init; } = true;

    public Text? Hopeless { get; init; }

    public bool IsSilent { get; init; }

    public ScriptedFixtureFactory? Another { get; init; }

    /// <summary>How the program has ended when a case has failed.</summary>
    public ProgramEnd? End { get; init; }

    public void BeginGroup()
    {
    }

    public Fixture Build(CaseClock clock, Transcript transcript, ProgramUse use)
    {
        bool alone = use == ProgramUse.Own;
        IsAlone = alone || !SharesProgram;
        WantedAlone.Add(alone);
        clock.WatchProgram = IsWatched ? () => () => true : null;
        Waits.Add($"{clock.Answer.TotalMilliseconds:0}-{clock.Timeouts.Reply.TotalMilliseconds:0}");
        if (!IsSilent)
        {
            transcript.Add("Ana", Transcript.Direction.Received, "an answer"u8);
        }

        return new Fixture(clock);
    }

    public IFixtureFactory<Fixture>? OpenAnother() => Another;

    public ProgramEnd? Ending(Fixture? fixture) => End;

    public void Dispose()
    {
    }

    internal sealed class Fixture(CaseClock clock) : IDisposable
    {
        public void Play(char play)
        {
            CaseClock.Wait wait = Wait(play);
            Assert.AreEqual(play is 'l' or 'n' or 't' or 'u', wait.IsOver);
            switch (play)
            {
                case 's':
                    throw new CaseSkippedException(new("skipped", "pulado"));
                case 'n':
                    throw Findings.NothingCame("Ana", expected: null, other: null);
                case 't':
                    throw Findings.Torn("Ana", [1, 2, 3], expected: null, hasEnded: false);
                case 'f' or 'l' or 'u':
                    throw Findings.Wrong(new("wrong", "errado"));
            }
        }

        public void Dispose()
        {
        }

        /// <summary>One that is over, after its whole time or before it, or that does not end.</summary>
        private CaseClock.Wait Wait(char play) => play switch
        {
            'u' => clock.Within(TimeSpan.Zero),
            'l' or 'n' or 't' when clock.WatchProgram is null || clock.Timeouts.Brief is null => clock.Within(TimeSpan.Zero),
            'l' or 'n' or 't' => clock.ForStart(Forever, TimeSpan.Zero),
            _ => clock.ForStart(Forever),
        };
    }
}
