using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace DoorAgent.EndToEnd;

/// <summary>Runs the built program as a separate process, reads its lines as they arrive and types to its input.</summary>
internal sealed class Daemon : IDisposable
{
    // Only a failing test waits this long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // Tests under nohup or in the background of a script ignore signals, and their child processes inherit this.
    private static readonly string[] Signals = ["env", "--default-signal=HUP,INT,QUIT"];

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly List<string> _seen = [];

    private Daemon(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>All lines of the program that a test has read so far.</summary>
    public string Said => string.Join('\n', _seen);

    public static Daemon Start(params string[] arguments) => Start(arguments, []);

    /// <summary>Starts the program through another program, in another environment.</summary>
    /// <param name="arguments">Arguments of the program.</param>
    /// <param name="through">A program that executes ours, with its arguments; an empty list starts ours directly.</param>
    /// <param name="environment">Variables that differ from those of the tests; null removes a variable.</param>
    public static Daemon Start(IEnumerable<string> arguments, IEnumerable<string> through,
        params (string Name, string? Value)[] environment)
    {
        string[] line = [.. Signals, .. through, Path.Combine(AppContext.BaseDirectory, "dooragent"), .. arguments];
        ProcessStartInfo start = new(line[0], line[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment)
        {
            start.Environment.Remove(name);
            if (value is not null)
                start.Environment[name] = value;
        }

        return new Daemon(Process.Start(start)!);
    }

    /// <summary>Starts the program on a pseudo-terminal of this size, which util-linux's script makes and <see cref="Type"/> writes
    /// to.</summary>
    public static Daemon StartOnTerminal(int columns, int rows, string arguments)
    {
        string command = $"stty cols {columns} rows {rows}; exec '{Path.Combine(AppContext.BaseDirectory, "dooragent")}' {arguments}";
        ProcessStartInfo start = new(Signals[0], [.. Signals[1..], "script", "--quiet", "--return", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TERM"] = "xterm" },
        };
        return new Daemon(Process.Start(start)!);
    }

    /// <summary>Runs a command until its end and returns its exit code and output.</summary>
    public static (int ExitCode, string Said) Run(params string[] arguments)
    {
        using Daemon daemon = Start(arguments);
        return (daemon.WaitForExit(), daemon.Said);
    }

    public void Type(string line) => _process.StandardInput.WriteLine(line);

    /// <summary>Waits for the next line that contains the text.</summary>
    public string WaitFor(string text)
    {
        using CancellationTokenSource deadline = new(Patience);
        try
        {
            while (true)
            {
                string line = _lines.Take(deadline.Token);
                _seen.Add(line);
                if (line.Contains(text, StringComparison.Ordinal))
                    return line;
            }
        }
        catch (Exception end) when (end is OperationCanceledException or InvalidOperationException)
        {
            throw new InvalidOperationException($"It never said '{text}'. It said:\n{Said}", end);
        }
    }

    /// <summary>Sends SIGTERM, as systemd does.</summary>
    public void Terminate() => Signal("TERM");

    public void Kill() => Signal("KILL");

    /// <summary>Sends a signal by its name.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end of the program and reads its remaining lines.</summary>
    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(Patience), $"It does not end. It said:\n{Said}");
        _process.WaitForExit();
        _seen.AddRange(_lines.GetConsumingEnumerable());
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        // This waits for the last line too: a later line would be added to a disposed collection and end the test run.
        _process.WaitForExit();
        _process.Dispose();
        _lines.Dispose();
    }

    private int _ended;

    private void Take(string? line)
    {
        if (line is not null)
            _lines.Add(line);
        else if (Interlocked.Increment(ref _ended) == 2)
            _lines.CompleteAdding();
    }
}
