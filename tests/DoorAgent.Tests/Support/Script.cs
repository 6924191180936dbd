using System.Diagnostics;

namespace DoorAgent.Tests.Support;

/// <summary>Runs a program on the development machine to its end.</summary>
internal static class Script
{
    /// <summary>Runs a program in the repository's root.</summary>
    /// <param name="program">Name or path of the program.</param>
    /// <param name="arguments">Arguments of the program.</param>
    /// <param name="environment">Variables in addition to those of the tests.</param>
    /// <returns>The exit code, and the text of both output streams.</returns>
    public static (int Code, string Said) Run(string program, IEnumerable<string> arguments,
        params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true,
            RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said + errors.Result);
    }
}
