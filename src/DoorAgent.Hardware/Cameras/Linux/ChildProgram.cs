using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DoorAgent.Hardware.Cameras.Linux;

/// <summary>
/// Runs a child program in a separate process group, so that the program and its own children can be killed together. One thread reads the
/// output; any thread may end the program.
/// </summary>
internal sealed class ChildProgram : IDisposable
{
    private const int KillSignal = 9;

    // A killed program ends as soon as the scheduler runs it, which a busy machine may delay.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Stream _output;
    private readonly ErrorTail _errors = new();
    private readonly Thread _listener;
    private int _isEnded;

    /// <summary>Starts an installed program.</summary>
    /// <param name="program">The program's path.</param>
    /// <param name="arguments">The command line, which every user of the machine can read.</param>
    /// <param name="input">The program's standard input, which no other user can read.</param>
    /// <exception cref="IOException">The system cannot start the program.</exception>
    public ChildProgram(string program, IEnumerable<string> arguments, string input = "")
    {
        // setsid creates the process group and then executes the program.
        ProcessStartInfo start = new("setsid", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new IOException($"{program} cannot be started: {failure.Message}", failure);
        }

        Feed(input);
        _output = _process.StandardOutput.BaseStream;
        // A program blocks when its error output is full, so that a thread reads the output all the time.
        _listener = new Thread(ReadErrors) { Name = "camera program's errors", IsBackground = true };
        _listener.Start();
    }

    /// <summary>Returns the path of a program; null when the program is not installed.</summary>
    public static string? Find(string name) => name.Contains('/', StringComparison.Ordinal)
        ? (File.Exists(name) ? name : null)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Waits for output and reads it; returns 0 after the program's end.</summary>
    public int Read(Span<byte> into)
    {
        try
        {
            return _output.Read(into);
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    /// <summary>Describes how the program ended, with the last line of its error output.</summary>
    public string DescribeEnd()
    {
        string how = _process.WaitForExit(TimeToEnd) ? $"ended with {_process.ExitCode}" : "closed its output";
        _listener.Join(TimeToEnd);
        return _errors.Line.Length > 0 ? $"{how}: {_errors.Line}" : how;
    }

    /// <summary>Kills the program and its own children.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
            return;
        try
        {
            if (kill(-_process.Id, KillSignal) != 0)
                _process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // The program has already ended.
        }
    }

    public void Dispose()
    {
        End();
        _process.WaitForExit(TimeToEnd);
        _listener.Join(TimeToEnd);
        _process.Dispose();
    }

    private void Feed(string input)
    {
        try
        {
            _process.StandardInput.Write(input);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program has already ended; reading its output reports that.
        }
    }

    private void ReadErrors()
    {
        byte[] written = new byte[4096];
        try
        {
            Stream errors = _process.StandardError.BaseStream;
            for (int length = errors.Read(written); length > 0; length = errors.Read(written))
                _errors.Add(written.AsSpan(0, length));
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
            // The program has ended; the lines read so far are kept.
        }

        _errors.EndLine();
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int process, int signal);
}
