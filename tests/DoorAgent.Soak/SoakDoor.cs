using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DoorAgent.Events;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Soak;

/// <summary>The door that is measured: a data directory, and the built program as a process of its own.</summary>
internal sealed class SoakDoor : IDisposable
{
    public const string AdamsBadge = "H10301:123:4567", StrangersBadge = "H10301:9:99";

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "dooragent");

    private readonly string _folder = Directory.CreateTempSubdirectory("dooragent-soak-").FullName;
    private readonly SoakOptions _options;
    private readonly BlockingCollection<string> _lines = [];
    private readonly Queue<string> _said = [];
    private readonly WatchdogSocket _watchdog;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private Process? _process;

    public SoakDoor(SoakOptions options)
    {
        _options = options;
        _watchdog = new WatchdogSocket(Path.Combine(_folder, "notify"), _clock);
        string clip = Path.Combine(_folder, "clip.avi");
        Clip.Write(clip, options.Rate, Picture("adam/door-1"));
        File.WriteAllText(Configuration, $$"""
            {
              "Hardware": { "Kind": "simulated", "Contact": "23", "Exit": 24, "Camera": "{{clip}}" },
              "Decisions": { "AttemptTimeout": "60 s", "MaxGap": "10 s", "MaxFrameAge": "2 s", "RepeatedRead": "0 s" },
              "Liveness": { "Mode": "off" },
              "Frames": { "SilentAfter": "30 s" },
              "Doors": { "AccessTime": "{{AccessTime.TotalSeconds}} s" }
            }
            """);
    }

    /// <summary>A door that says nothing for so long hangs.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an unlock lasts.</summary>
    public static TimeSpan AccessTime { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the door should notify the watchdog: three times in WATCHDOG_USEC.</summary>
    public static TimeSpan PingEvery { get; } = TimeSpan.FromSeconds(2);

    public IReadOnlyList<TimeSpan> Pings => _watchdog.Pings;

    public string Data => Path.Combine(_folder, "data");

    /// <summary>Size of the journal in bytes; after a stop it contains everything.</summary>
    public long JournalSize => new FileInfo(Path.Combine(Data, "journal.db")).Length;

    public bool HasEnded => _process!.HasExited;

    /// <summary>Waits for the end of the process.</summary>
    /// <returns>Whether the process ended in that time.</returns>
    public bool HasEndedWithin(TimeSpan time) => _process!.WaitForExit(time);

    private string Configuration => Path.Combine(_folder, "dooragent.json");

    private string HeapFile => Path.Combine(_folder, "heap");

    private Places Places => new(Data, [Places.BuiltInModels]);

    /// <summary>The full path of a shipped picture or folder of pictures.</summary>
    public static string Picture(string relative) => Path.Combine(AppContext.BaseDirectory, "builtin", "people", relative);

    /// <summary>Runs a command on the door's data.</summary>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public void Command(params string[] arguments)
    {
        using Process process = Process.Start(Start(arguments))!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"'{string.Join(' ', arguments)}' ended with {process.ExitCode}: {said}{errors.Result}");
    }

    /// <summary>Starts the door and waits until it is ready.</summary>
    public void Run()
    {
        ProcessStartInfo start = Start(["run"]);
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(SoakDoor).Assembly.Location;
        start.Environment[StartupHook.Variable] = HeapFile;
        // As in dooragent.service.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["MALLOC_ARENA_MAX"] = "2";
        start.Environment["NOTIFY_SOCKET"] = Path.Combine(_folder, "notify");
        start.Environment["WATCHDOG_USEC"] = (3 * PingEvery.TotalMicroseconds).ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        WaitFor("Gallery loaded");
    }

    /// <summary>Types what happens at the simulated door.</summary>
    public void Type(string step) => _process!.StandardInput.WriteLine(step);

    /// <summary>Waits for a line that contains one of the texts.</summary>
    /// <exception cref="InvalidOperationException">The line did not come.</exception>
    public string WaitFor(params string[] texts)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience && _lines.TryTake(out string? line, Patience - watch.Elapsed))
        {
            _said.Enqueue(line);
            if (_said.Count > 50)
                _said.Dequeue();
            if (texts.Any(text => line.Contains(text, StringComparison.Ordinal)))
                return line;
        }

        throw new InvalidOperationException($"The door never said '{string.Join("' or '", texts)}'. It said:\n{string.Join('\n', _said)}");
    }

    /// <summary>Forgets the lines that nobody waited for.</summary>
    public void Forget()
    {
        while (_lines.TryTake(out _))
        {
        }
    }

    /// <summary>Sends an operator's request to the socket.</summary>
    public OperatorAnswer Ask(OperatorVerb verb) =>
        OperatorClient.AskAsync(Places, new OperatorRequest(verb), CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Returns the number of the last event of a kind among those that the status shows; 0 without one.</summary>
    public long LastEvent(DoorEventKind kind) =>
        Ask(OperatorVerb.Status).Status!.Events.LastOrDefault(one => one.Kind == kind)?.Sequence ?? 0;

    /// <summary>Takes a sample.</summary>
    /// <param name="at">Time since the door was ready.</param>
    public Sample Measure(TimeSpan at)
    {
        DoorStatus status = Ask(OperatorVerb.Status).Status!;
        return Sample.Take(at, _process!.Id, Data, HeapFile, status.FramesASecond ?? 0,
            status.Events is [.., { } last] ? last.Sequence : 0);
    }

    /// <summary>Stops the door as systemd does.</summary>
    public void Stop()
    {
        if (_process is null or { HasExited: true })
            return;
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        if (!_process.WaitForExit(Patience))
            _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Stop();
        _process?.Dispose();
        _watchdog.Dispose();
        _lines.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(Program, [.. arguments, "--data", Data, "--config", Configuration,
            .. _options.Models is { } models ? (string[])["--models", models] : []])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("NOTIFY_SOCKET");
        return start;
    }

    private void Take(string? line)
    {
        if (line is not null)
            _lines.Add(line);
    }
}
