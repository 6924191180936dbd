using System.ComponentModel;
using System.Diagnostics;

namespace DoorAgent.Diagnostics;

/// <summary>The machine as its system shows it: files, and small programs that are asked.</summary>
/// <param name="root">Where its files begin: / of this machine.</param>
/// <param name="ask">Runs a program with arguments; what it said, null when it is not there or failed.</param>
internal sealed class Machine(string root, Func<string, string[], CancellationToken, Task<string?>> ask)
{
    /// <summary>The machine that this runs on.</summary>
    public static Machine Here(TimeProvider time) => new("/", (program, arguments, cancellation) => RunAsync(program, arguments, time, cancellation));

    /// <summary>Where a file of the system lies.</summary>
    public string At(string path) => Path.Combine(root, path.TrimStart('/'));

    public bool Exists(string path) => Path.Exists(At(path));

    /// <summary>A file's text, without the blanks around it; null when it is not there or says nothing to this user.</summary>
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

    /// <summary>What a folder holds, by names; nothing where there is none.</summary>
    public IReadOnlyList<string> In(string folder, string pattern)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(At(folder), pattern).Select(path => $"{folder}/{Path.GetFileName(path)}").Order(StringComparer.Ordinal)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>What a program says; null when it is not there, failed, or took too long.</summary>
    public Task<string?> AskAsync(string program, string[] arguments, CancellationToken cancellationToken) => ask(program, arguments, cancellationToken);

    private static async Task<string?> RunAsync(string program, string[] arguments, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5), time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using Process? process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
            if (process is null)
                return null;
            try
            {
                // Both are read, so that neither fills and stops it.
                Task<string> said = process.StandardOutput.ReadToEndAsync(either.Token), errors = process.StandardError.ReadToEndAsync(either.Token);
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
