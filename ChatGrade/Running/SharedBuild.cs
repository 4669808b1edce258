using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Submissions;

namespace ThreadedChat.ChatGrade.Running;

/// <summary>The build that parts of one submission share: done for the first part that needs it, removed after the last. <see cref="ClassRun"/> guards all of it.</summary>
/// <param name="submission">The submission.</param>
/// <param name="isNeeded">Whether anything is built.</param>
/// <param name="users">How many parts use it.</param>
internal sealed class SharedBuild(Submission submission, bool isNeeded, int users)
{
    private string? _folder;
    private int _left = users;

    /// <summary>Whether a part can be checked, or told that the build has failed.</summary>
    public bool IsDone { get; private set; } = !isNeeded;

    /// <summary>Whether a job builds at this moment.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>The output of a failed build; else null.</summary>
    public PartResult? Failure { get; private set; }

    /// <summary>The submission, built.</summary>
    public string Folder => _folder ?? submission.Folder;

    /// <summary>A job begins to build.</summary>
    public void Begin() => IsRunning = true;

    /// <summary>That job has built.</summary>
    /// <param name="folder">The result.</param>
    /// <param name="failure">The output of a failed build; else null.</param>
    public void Finish(string folder, PartResult? failure) => (_folder, Failure, IsDone) = (folder, failure, true);

    /// <summary>That job builds no more, whether it has built or not.</summary>
    public void End() => IsRunning = false;

    /// <summary>One part less needs it. Returns the folder to remove if it was the last one and there is a folder.</summary>
    public string? Release() => --_left == 0 ? _folder : null;
}
