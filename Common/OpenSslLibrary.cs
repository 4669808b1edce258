using System.Runtime.InteropServices;

namespace ThreadedChat.Common;

/// <summary>
/// OpenSSL, with which .NET on Linux encrypts, hashes and makes random numbers. .NET loads it at its first use, and if it is missing aborts
/// the process. So a program asks first.
/// </summary>
public static class OpenSslLibrary
{
    /// <summary>Names another version for .NET.</summary>
    private const string Override = "CLR_OPENSSL_VERSION_OVERRIDE";

    /// <summary>Those that .NET looks for.</summary>
    private static readonly string[] Versions = ["3", "1.1"];

    /// <summary>One line for the user if this system needs the library and does not have it; else null.</summary>
    /// <param name="purpose">What it is needed for, the subject of the sentence: "TLS".</param>
    public static string? Missing(string purpose) =>
        !OperatingSystem.IsLinux() || Versions.Append(Environment.GetEnvironmentVariable(Override)).Any(IsThere)
            ? null
            : $"{purpose} needs OpenSSL, and this machine does not have it (in Debian and Ubuntu: the package libssl3).";

    private static bool IsThere(string? version) => version is { Length: > 0 } && NativeLibrary.TryLoad($"libssl.so.{version}", out _);
}
