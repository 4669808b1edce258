using System.ComponentModel;
using System.Diagnostics;

namespace ThreadedChat.ChatGrade.Sandboxes;

/// <summary>Whether a command can be run on this machine.</summary>
internal static class Probe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Whether it ends with exit code 0.</summary>
    public static bool Runs(IReadOnlyList<string> words) => Why(words) is null;

    /// <summary>Its standard error if it ends with another exit code than 0; otherwise null.</summary>
    public static string? Why(IReadOnlyList<string> words)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(words[0], words.Skip(1))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            })!;
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                return "no answer";
            }

            return process.ExitCode == 0 ? null : errors.GetAwaiter().GetResult().Trim().Split('\n')[0];
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }
}
