namespace ThreadedChat.ChatGrade.Settings;

/// <summary>The settings of one case.</summary>
/// <param name="Weight">Its weight; null is that of its level.</param>
/// <param name="Points">Its points, of those of its part or level; null is its share by weight.</param>
/// <param name="Counts">Whether it counts.</param>
/// <param name="IsHidden">Whether students do not see it.</param>
internal sealed record CaseSettings(double? Weight = null, double? Points = null, bool Counts = true, bool IsHidden = false);
