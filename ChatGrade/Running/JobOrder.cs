using ThreadedChat.ChatCheck.Suites;

namespace ThreadedChat.ChatGrade.Running;

/// <summary>
/// The order in which parts are checked: those that take long first, so that no long one is left alone at the end of a class. Only in blocks of submissions,
/// because a build is kept until its last part is checked.
/// </summary>
internal static class JobOrder
{
    private const int Block = 32;

    private static readonly string[] Longest = [AllSuites.Server.Name, AllSuites.Client.Name];

    /// <summary>The jobs in that order.</summary>
    public static IEnumerable<PartJob> Of(IEnumerable<PartJob> jobs) => jobs
        .GroupBy(job => job.Submission.Name)
        .Chunk(Block)
        .SelectMany(block => block.SelectMany(group => group).OrderBy(job => Rank(job.Part)));

    private static int Rank(string part) => Array.IndexOf(Longest, part) is int rank and >= 0 ? rank : Longest.Length;
}
