using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace DoorAgent.Faults;

/// <summary>Where the program is killed.</summary>
/// <param name="Change">Just before this change of the disk, from 1; null for a time.</param>
/// <param name="IsTorn">Whether half of that change is done, where it is a write.</param>
/// <param name="After">After this time; null for a change of the disk.</param>
internal sealed record KillPoint(int? Change, bool IsTorn, TimeSpan? After)
{
    public static KillPoint Never { get; } = new(null, false, null);

    public override string ToString() => Change is { } change
        ? string.Create(CultureInfo.InvariantCulture, $"change {change}{(IsTorn ? ", half done" : "")}")
        : After is { } after ? string.Create(CultureInfo.InvariantCulture, $"{after.TotalMilliseconds:0} ms") : "never";
}

/// <summary>Runs the built program with disk.c preloaded, in a process group of its own.</summary>
internal sealed class DoorProgram : IDisposable
{
    // Only a program that hangs takes so long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly List<string> _said = [];
    private readonly Timer? _kill;
    private int _ended;

    /// <summary>Starts the program.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="bench">Whose files are recorded.</param>
    /// <param name="point">Where the program is killed.</param>
    /// <param name="log">The record; an existing one is continued.</param>
    public DoorProgram(IEnumerable<string> arguments, FaultBench bench, KillPoint point, string log)
    {
        ProcessStartInfo start = new("setsid", [FaultBench.Program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["LD_PRELOAD"] = FaultLibrary.Path,
                ["FAULTS_DIRECTORY"] = bench.Work,
                ["FAULTS_LOG"] = log,
                ["FAULTS_CHIP"] = bench.Chips,
                ["FAULTS_KILL_AT"] = $"{point.Change ?? 0}",
                ["TMPDIR"] = bench.Temporary,
            },
        };
        if (point.IsTorn)
            start.Environment["FAULTS_TORN"] = "1";
        start.Environment.Remove("CREDENTIALS_DIRECTORY");
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.StandardInput.Close();
        if (point.After is { } after)
            _kill = new Timer(_ => Signal("KILL"), null, after, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Everything the program has said and a caller has waited for; after the end everything.</summary>
    public string Said => string.Join('\n', _said);

    /// <summary>Waits for a line that contains one of the texts; null when the program ended before.</summary>
    public string? WaitFor(params string[] texts)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience)
        {
            if (!_lines.TryTake(out string? line, Patience - watch.Elapsed))
                return null;
            _said.Add(line);
            if (texts.Any(text => line.Contains(text, StringComparison.Ordinal)))
                return line;
        }

        throw new TimeoutException($"dooragent never said '{string.Join("' or '", texts)}'. It said:\n{Said}");
    }

    /// <summary>Sends a signal to the program and its children.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start(new ProcessStartInfo("kill", ["-" + name, "--",
            (-_process.Id).ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    /// <summary>Waits for the end; returns the exit code, 137 after a kill.</summary>
    public int WaitForEnd()
    {
        if (!_process.WaitForExit(Patience))
        {
            Signal("KILL");
            throw new TimeoutException($"dooragent does not end. It said:\n{Said}");
        }

        // A child, such as a camera's program, may hold the pipes.
        Signal("KILL");
        _process.WaitForExit();
        _said.AddRange(_lines.GetConsumingEnumerable());
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _kill?.Dispose();
        Signal("KILL");
        _process.WaitForExit();
        _process.Dispose();
        _lines.Dispose();
    }

    private void Take(string? line)
    {
        if (line is not null)
            _lines.Add(line);
        else if (Interlocked.Increment(ref _ended) == 2)
            _lines.CompleteAdding();
    }
}
