using ThreadedChat.ChatGrade.Results;

namespace ThreadedChat.ChatGrade.Running;

/// <summary>How far a run is, each time when a check has ended.</summary>
/// <param name="Done">So many results are final.</param>
/// <param name="All">The checks of the run.</param>
/// <param name="Job">The check that has ended.</param>
/// <param name="Result">Its result.</param>
/// <param name="Rest">About how long the rest takes.</param>
internal sealed record RunStep(int Done, int All, PartJob Job, PartResult Result, TimeSpan Rest);
