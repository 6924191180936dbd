using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DoorAgent.Hardware.Cameras.Linux;

/// <summary>
/// Another program that writes to us, in a process group of its own, so that it and whatever it starts can be ended together.
/// Read by one thread; ended from any.
/// </summary>
internal sealed class ChildProgram : IDisposable
{
    private const int KillSignal = 9;

    // Who has closed its output or was killed ends as soon as it is given the processor, which a busy machine may put off.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Stream _output;
    private readonly ErrorTail _words = new();
    private readonly Thread _listener;
    private int _isEnded;

    /// <summary>Starts a program that is there.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">What it is told; everybody on the machine can read that.</param>
    /// <param name="input">What it reads, and nobody else.</param>
    /// <exception cref="IOException">The system refused.</exception>
    public ChildProgram(string program, IEnumerable<string> arguments, string input = "")
    {
        // setsid becomes the program after giving it a group of its own.
        ProcessStartInfo start = new("setsid", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
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
        // A program whose complaints nobody reads would wait for ever until somebody does.
        _listener = new Thread(Listen) { Name = "camera program's words", IsBackground = true };
        _listener.Start();
    }

    /// <summary>Where a program is; null when it is not installed.</summary>
    public static string? Find(string name) => name.Contains('/', StringComparison.Ordinal)
        ? (File.Exists(name) ? name : null)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Waits for what it writes; 0 when it has ended.</summary>
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

    /// <summary>How it ended, in words, once it writes no more.</summary>
    public string LastSaid()
    {
        string how = _process.WaitForExit(TimeToEnd) ? $"ended with {_process.ExitCode}" : "closed its output";
        _listener.Join(TimeToEnd);
        return _words.Line.Length > 0 ? $"{how}: {_words.Line}" : how;
    }

    /// <summary>Kills it and whatever it has started.</summary>
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
            // It has ended by itself.
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
            // It has ended already: reading from it says so.
        }
    }

    private void Listen()
    {
        byte[] written = new byte[4096];
        try
        {
            Stream errors = _process.StandardError.BaseStream;
            for (int length = errors.Read(written); length > 0; length = errors.Read(written))
                _words.Add(written.AsSpan(0, length));
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
            // Its last words are what there is of them.
        }

        _words.EndLine();
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int process, int signal);
}
