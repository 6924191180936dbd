using System.ComponentModel;
using System.Diagnostics;

namespace DoorAgent.Diagnostics;

/// <summary>Reads the state of a machine from system files and from the output of small programs.</summary>
/// <param name="root">Root of the file system: / for this machine.</param>
/// <param name="ask">Runs a program with arguments and returns its output; null when the program is missing or failed.</param>
internal sealed class Machine(string root, Func<string, string[], CancellationToken, Task<string?>> ask)
{
    /// <summary>Creates the machine that this process runs on.</summary>
    public static Machine Here(TimeProvider time) =>
        new("/", (program, arguments, cancellation) => RunAsync(program, arguments, time, cancellation));

    /// <summary>Returns the actual path of a system file.</summary>
    public string At(string path) => Path.Combine(root, path.TrimStart('/'));

    public bool Exists(string path) => Path.Exists(At(path));

    /// <summary>Returns a file's text, trimmed; null when the file is missing or this user may not read it.</summary>
    public string? Text(string path)
    {
        try
        {
            return File.ReadAllText(At(path)).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Returns the paths of a folder's entries, sorted; none where the folder is missing.</summary>
    public IReadOnlyList<string> In(string folder, string pattern)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(At(folder), pattern).Select(path => $"{folder}/{Path.GetFileName(path)}")
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Returns a program's output; null when the program is missing, failed, or took more than 5 s.</summary>
    public Task<string?> AskAsync(string program, string[] arguments, CancellationToken cancellationToken) =>
        ask(program, arguments, cancellationToken);

    private static async Task<string?> RunAsync(string program, string[] arguments, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5), time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using Process? process =
                Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
            if (process is null)
                return null;
            try
            {
                // Both streams are read, so that neither buffer fills up and blocks the program.
                Task<string> said = process.StandardOutput.ReadToEndAsync(either.Token),
                    errors = process.StandardError.ReadToEndAsync(either.Token);
                await Task.WhenAll(said, errors);
                await process.WaitForExitAsync(either.Token);
                return process.ExitCode == 0 ? (await said).Trim() : null;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                process.Kill();
                return null;
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
