namespace ThreadedChat.ChatCheck.Wire;

/// <summary>Ends a case that did not pass.</summary>
internal sealed class CaseFailedException(Finding finding) : Exception(finding.What.English)
{
    public Finding Finding { get; } = finding;
}
