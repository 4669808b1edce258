using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatCheck.Texts;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites;

/// <summary>A suite whose cases all use the same kind of fixture.</summary>
/// <param name="name">The word for it on the command line.</param>
/// <param name="help">The help text.</param>
/// <param name="placeholders">The placeholders that a command for such a program must contain.</param>
/// <param name="groups">The groups in the order in which they are run.</param>
/// <param name="open">Makes the fixtures of one run.</param>
internal sealed class FixtureSuite<TFixture>(
    string name,
    Text help,
    IReadOnlyList<string> placeholders,
    IReadOnlyList<CaseGroup<TFixture>> groups,
    Func<ProgramTarget, Timeouts, IFixtureFactory<TFixture>> open) : Suite(name, help, placeholders)
    where TFixture : class, IDisposable
{
    public override IReadOnlyList<CaseInfo> Cases { get; } =
    [
        .. groups.SelectMany(group => group.Cases.Select(one => new CaseInfo(group.Id, one.Id, one.Level, one.Section, one.Rule))),
    ];

    public override IEnumerable<CaseResult> Run(ProgramTarget target, IReadOnlyList<string> only, Timeouts timeouts)
    {
        using IFixtureFactory<TFixture> fixtures = open(target, timeouts);
        foreach (CaseResult result in CaseRunner.Run(CaseFilter.Choose(groups, only), fixtures, timeouts))
        {
            yield return result;
        }
    }
}
