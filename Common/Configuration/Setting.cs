namespace ThreadedChat.Common.Configuration;

/// <summary>A line of the configuration file: the name of an option or argument, and what it is set to.</summary>
/// <param name="Key">As in the file.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Switch">The value if it is true or false; else null.</param>
/// <param name="Values">The value if it is a text or a number, or those of a list; empty for <paramref name="Switch"/>.</param>
public sealed record Setting(string Key, int Line, bool? Switch, IReadOnlyList<string> Values);
