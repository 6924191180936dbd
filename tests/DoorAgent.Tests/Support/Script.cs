using System.Diagnostics;

namespace DoorAgent.Tests.Support;

/// <summary>Runs a program of the desk to its end.</summary>
internal static class Script
{
    /// <summary>Runs it in the repository's root.</summary>
    /// <param name="program">By name or path.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="environment">Variables beside those of the tests.</param>
    /// <returns>Its exit code, and what it said on both streams.</returns>
    public static (int Code, string Said) Run(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said + errors.Result);
    }
}
