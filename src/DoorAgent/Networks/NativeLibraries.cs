using System.Text.RegularExpressions;

namespace DoorAgent.Networks;

/// <summary>Explains why a native library cannot be used.</summary>
internal static partial class NativeLibraries
{
    /// <summary>Returns the problem and the next step; null for an exception that was not caused by a native library.</summary>
    public static string? Problem(Exception failure) => failure switch
    {
        TypeInitializationException { InnerException: { } inner } => Problem(inner),
        DllNotFoundException missing => $"A native library does not load: {WhatIsMissing(missing.Message)}. "
            + "OpenCV's needs these Debian packages: apt-get install --no-install-recommends libgtk-3-0 libdrm2 libatomic1",
        EntryPointNotFoundException other => $"A native library is of another version than the program: {FirstSentence(other.Message)}. "
            + "A package made with --opencv-native needs libOpenCvSharpExtern.so of exactly the version that deploy/package.sh names.",
        _ => null,
    };

    /// <summary>Returns the missing dependency if the loader's message names one; otherwise the library that failed to load.</summary>
    private static string WhatIsMissing(string message) =>
        Dependency().Match(message) is { Success: true } missing ? missing.Value.Trim() : FirstSentence(message);

    private static string FirstSentence(string message) => message.Split(". ")[0].Split('\n')[0].TrimEnd('.');

    // A line about the library itself begins with a path; a line about a dependency begins with a bare name.
    [GeneratedRegex(@"^[^/\s:]+\.so\.[0-9.]+: cannot open shared object file", RegexOptions.Multiline)]
    private static partial Regex Dependency();
}
