using System.Diagnostics;
using DoorAgent.Storage;

namespace DoorAgent.Tests.Support;

/// <summary>Runs the program as a user without rights.</summary>
internal static class OtherUser
{
    /// <summary>The user id of "nobody".</summary>
    public const string Nobody = "65534";

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "dooragent.dll");

    /// <summary>Runs a command as nobody, and returns its exit code and what it said; skips the test where that is not possible.</summary>
    public static (int Code, string Said) Run(params string[] arguments)
    {
        SkipUnlessRoot();
        string dotnet = Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";
        ProcessStartInfo start = new("/usr/bin/setpriv",
            ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", dotnet, Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["HOME"] = "/nonexistent";
        start.Environment["DOTNET_gcServer"] = "0";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string said = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    public static void SkipUnlessRoot() =>
        Assert.SkipUnless(Libc.IsRoot && File.Exists("/usr/bin/setpriv"), "needs root and setpriv, to run as another user");
}
