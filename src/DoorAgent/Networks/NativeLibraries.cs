using System.Text.RegularExpressions;

namespace DoorAgent.Networks;

/// <summary>What to say where a native library cannot be used.</summary>
internal static partial class NativeLibraries
{
    /// <summary>What is wrong with it and what to do; null for an exception that has another reason.</summary>
    public static string? Problem(Exception failure) => failure switch
    {
        TypeInitializationException { InnerException: { } inner } => Problem(inner),
        DllNotFoundException missing => $"A native library does not load: {WhatIsMissing(missing.Message)}. "
            + "OpenCV's needs these Debian packages: apt-get install --no-install-recommends libgtk-3-0 libdrm2 libatomic1",
        EntryPointNotFoundException other => $"A native library is of another version than the program: {FirstSentence(other.Message)}. "
            + "A package made with --opencv-native wants libOpenCvSharpExtern.so of just the version that deploy/package.sh names.",
        _ => null,
    };

    /// <summary>The library that another one wants, where the loader names it among all that it tried; else what was to be loaded.</summary>
    private static string WhatIsMissing(string message) =>
        Dependency().Match(message) is { Success: true } wanted ? wanted.Value.Trim() : FirstSentence(message);

    private static string FirstSentence(string message) => message.Split(". ")[0].Split('\n')[0].TrimEnd('.');

    // The places where the library itself was looked for have a path.
    [GeneratedRegex(@"^[^/\s:]+\.so\.[0-9.]+: cannot open shared object file", RegexOptions.Multiline)]
    private static partial Regex Dependency();
}
