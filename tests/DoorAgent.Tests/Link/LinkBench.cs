using System.Collections.Concurrent;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Link;
using DoorAgent.Operating;
using DoorAgent.Storage;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace DoorAgent.Tests.Link;

/// <summary>A journal and the operator's socket of a door, with channels beside them. The waits of the channels end when the test waits for
/// something: time then moves.</summary>
internal sealed class LinkBench : IOperable, ILogEventSink, IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<(CancellationTokenSource Stop, Task Running)> _runs = [];
    private readonly ConcurrentQueue<string> _lines = [];
    private Journal? _journal;
    private OperatorEvents _events;
    private OperatorSocket? _socket;

    public LinkBench()
    {
        Door = new Places(_folder.File("data"), []);
        Directory.CreateDirectory(Door.Data);
        _events = new OperatorEvents(Door.JournalFile, TimeProvider.System);
        Places = LinkPlaces.Of(Door);
        Directory.CreateDirectory(Places.State);
        StartDoor();
    }

    public FakeTimeProvider Time { get; } = new(SomeEvents.Morning);

    public Places Door { get; }

    public LinkPlaces Places { get; }

    /// <summary>The lines that were logged.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    public long Last => _journal?.LastSequence ?? 0;

    /// <summary>Appends records of door events.</summary>
    public void Happen(int times = 1)
    {
        for (int i = 0; i < times; i++)
            _journal!.Append(SomeEvents.Number(_journal.LastSequence + 1));
        _events.Publish(SomeEvents.Number(_journal!.LastSequence));
    }

    /// <summary>Appends records, with the next numbers.</summary>
    public void Happen(params DoorEvent[] events)
    {
        foreach (DoorEvent made in events)
            _journal!.Append(made with { Sequence = _journal.LastSequence + 1 });
        _events.Publish(events[^1]);
    }

    /// <summary>Starts the daemon's side: journal and socket.</summary>
    public void StartDoor()
    {
        _journal = Journal.Open(Door.JournalFile);
        _events = new OperatorEvents(Door.JournalFile, TimeProvider.System);
        // The tests' own user is the link's.
        _socket = OperatorSocket.Open(Door, this, Logger.None, TimeProvider.System, new OperatorAccess(Libc.UserId, null, false), _events)!;
    }

    /// <summary>Ends the daemon's side, with connections in any state.</summary>
    public async Task StopDoorAsync()
    {
        await _socket!.DisposeAsync();
        _journal!.Dispose();
    }

    /// <summary>Replaces the journal of a stopped door by none.</summary>
    public void RemoveJournal()
    {
        foreach (string file in Directory.GetFiles(Door.Data, "journal.db*"))
            File.Delete(file);
    }

    public ChannelRunner RunnerOf(ILinkChannel channel, LinkStart start = LinkStart.Beginning, int seed = 1, string? file = null)
    {
        Serilog.ILogger log = new LoggerConfiguration().WriteTo.Sink(this).CreateLogger();
        return new ChannelRunner(channel, new LinkDoor(Door), new DoorPresence(log),
            new PositionFile(file ?? Places.PositionFile(channel.Name)), start, log, Time,
            new Random(seed));
    }

    /// <summary>Runs a channel until <see cref="StopLinkAsync"/>.</summary>
    public ChannelRunner Start(ILinkChannel channel, LinkStart start = LinkStart.Beginning, int seed = 1)
    {
        ChannelRunner runner = RunnerOf(channel, start, seed);
        CancellationTokenSource stop = new();
        _runs.Add((stop, Task.Run(() => runner.RunAsync(stop.Token), CancellationToken.None)));
        return runner;
    }

    /// <summary>Stops all channels.</summary>
    public async Task StopLinkAsync()
    {
        foreach ((CancellationTokenSource stop, Task running) in _runs)
        {
            await stop.CancelAsync();
            await running;
            stop.Dispose();
        }

        _runs.Clear();
    }

    /// <summary>Waits until something is so.</summary>
    /// <param name="isSo">What to wait for.</param>
    /// <param name="passes">Whether the clock moves meanwhile, so that waits and limits end.</param>
    public async Task UntilAsync(Func<bool> isSo, bool passes = true)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromMinutes(5), "What the test waits for did not happen.");
            if (passes)
                Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    void ILogEventSink.Emit(LogEvent logEvent) =>
        _lines.Enqueue(logEvent.RenderMessage(System.Globalization.CultureInfo.InvariantCulture));

    void IOperable.Ask(OperatorRequest request, string by, Action<OperatorAnswer> answer) => answer(new OperatorAnswer { Done = "done" });

    void IOperable.StopAwaiting(Action<OperatorAnswer> answer)
    {
    }

    Task<string?> IOperable.NextFrameAsync(Frame into, CancellationToken cancellation) => Task.FromResult<string?>(null);

    public async ValueTask DisposeAsync()
    {
        await StopLinkAsync();
        await StopDoorAsync();
        _folder.Dispose();
    }
}
