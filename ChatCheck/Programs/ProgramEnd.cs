using ThreadedChat.ChatCheck.Texts;

namespace ThreadedChat.ChatCheck.Programs;

/// <summary>How a program has ended.</summary>
/// <param name="What">Its exit code and the last line that it printed, as a sentence.</param>
/// <param name="Complaint">The last line, if the exit code is not 0; else null. The same line in two cases has one cause.</param>
internal sealed record ProgramEnd(Text What, string? Complaint);
