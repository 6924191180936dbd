using DoorAgent.Auditing;
using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Liveness;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Auditing;

namespace DoorAgent.Tests.Support;

/// <summary>The production worker at a simulated door, in simulated time, with real networks; the test controls the surroundings.</summary>
internal sealed class DoorAtWork : IAsyncDisposable
{
    public static readonly Badge AdamsBadge = Badge.Parse("H10301:123:4567");

    private const int RelayLine = 22;

    private readonly TempFolder _data = new();
    private readonly Places _places;
    private readonly SimulatedTime _time = new(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc);
    private readonly SimulatedGpioLines _lines;
    private readonly DoorScene _scene;
    private readonly CameraScene _view = new(PictureFile.Read, seed: 1);
    private readonly ITimer _frames;
    private readonly ScenarioDoor _life;
    private readonly List<DoorEvent> _events = [];
    private readonly List<string> _order = [];
    private readonly Lock _gate = new();
    private bool _isFrameDue;
    private bool _hasEnded;

    /// <param name="people">The gallery.</param>
    /// <param name="pipeline">Networks other than the built-in ones.</param>
    /// <param name="recorded">Receives every event too.</param>
    /// <param name="models">Directories to search for networks; null means none.</param>
    /// <param name="gallery">A gallery file other than that of the people.</param>
    /// <param name="publishers">Publishers, each with its own task, as in a real door.</param>
    /// <param name="liveness">A liveness check in place of the settings' own; the door disposes it.</param>
    /// <param name="prepare">Changes the data directory before the start.</param>
    /// <param name="settings">Settings, as Key=Value.</param>
    public DoorAtWork(EnrolledPeople people, FacePipeline? pipeline = null, Action<DoorEvent>? recorded = null, string[]? models = null,
        string? gallery = null, IReadOnlyList<IEventPublisher>? publishers = null, LivenessCheck? liveness = null,
        Action<Places>? prepare = null, params string[] settings)
    {
        _places = new Places(_data.Path, models ?? []);
        if (gallery is null)
            people.CopyGalleryTo(_places.GalleryFile);
        else
            File.Copy(gallery, _places.GalleryFile);
        prepare?.Invoke(_places);
        DoorSettings configuration = SimulatedSettings.With(
            // The camera shows stills, which the liveness check may refuse.
            settings.Prepend("Liveness:Mode=off").Select(text => text.Split('=', 2)).Select(parts => new Setting(parts[0], parts[1])));
        configuration.NeedAll();
        _lines = new SimulatedGpioLines(_time, 32);
        _lines.Changed += change =>
        {
            if (change.Line == RelayLine)
                Note(change.IsHigh ? "relay on" : "relay off");
        };
        _scene = new DoorScene(_lines, configuration.Hardware, configuration.Badges.KeypadLayout, _time);
        _scene.MoveDoor(open: false);
        _life = new ScenarioDoor(configuration, _places, pipeline ?? people.Reader, _lines, e =>
        {
            lock (_gate)
                _events.Add(e);
            Note($"{e.Kind}");
            recorded?.Invoke(e);
        }, _time, _time.GetUtcNow().AddYears(-1), publishers, liveness);
        ForWork = new DoorBesideWork(_life.Operable, (ISeeingDoor)_life.Operable);
        _frames = _time.CreateTimer(_ => _isFrameDue = true, null, TimeSpan.Zero, _view.Period);
    }

    /// <summary>Directory of the pictures of attempts.</summary>
    public string Pictures => _places.Pictures;

    public string GalleryFile => _places.GalleryFile;

    public string ModeFile => _places.ModeFile;

    public string JournalFile => _places.JournalFile;

    public SimulatedTime Time => _time;

    public Task Ended => _life.Ended;

    public Hardware.Doors.LightPattern Lights => _life.Lights;

    public bool IsRelayOn => _lines.IsHigh(RelayLine);

    public IReadOnlyList<DoorEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    /// <summary>Event kinds and relay moves, in order.</summary>
    public IReadOnlyList<string> Order
    {
        get
        {
            lock (_gate)
                return [.. _order];
        }
    }

    /// <summary>The last decision, as "Granted adam" or "Denied FaceNotMatched"; null before there is one.</summary>
    public string? Decision => Events.LastOrDefault(e => e.Kind is DoorEventKind.Granted or DoorEventKind.Denied) is { } last
        ? $"{last.Kind} {(last.Reason is { } reason ? reason.ToString() : last.PersonName)}"
        : null;

    public int Count(DoorEventKind kind) => Events.Count(e => e.Kind == kind);

    /// <summary>Shows a built-in person, or the pictures of an absolute path, to the camera from now on.</summary>
    public void Show(string folder, decimal rate = 10, decimal noise = 3)
    {
        _life.Camera.SetLost(false);
        IReadOnlyList<string> files = PictureFile.In(Path.Combine(Places.BuiltInPeople, folder));
        _view.Show(new ShowPictures(folder, rate, LoopMode.Loop, noise), files, [], _time.Elapsed);
        _frames.Change(TimeSpan.Zero, _view.Period);
    }

    public void Unplug() => _life.Camera.SetLost(true);

    /// <summary>Makes the camera's driver fail while the program runs.</summary>
    public void BreakCamera()
    {
        _frames.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _life.Camera.Dispose();
    }

    public void Do(StepAction action) => Assert.True(_scene.Do(action));

    public void Present(Badge badge) => Do(new PresentBadge(badge, PresentBadge.DefaultGap));

    /// <summary>Moves the wall clock forward, or back if negative.</summary>
    public void MoveClock(TimeSpan by) => _time.WallShift += by;

    public void FailRelay(bool fails) => _lines.FailOutput(RelayLine, fails);

    public void ChangeGallery(Action<GalleryFile> change)
    {
        using GalleryFile gallery = new(GalleryFile, _time);
        change(gallery);
    }

    /// <summary>Makes the journal refuse every record from now on.</summary>
    public void FailJournal() =>
        OnJournal("CREATE TRIGGER test_refuses BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END");

    public void RepairJournal() => OnJournal("DROP TRIGGER test_refuses");

    /// <summary>Sends a request to the worker as an operator does.</summary>
    public Task<OperatorAnswer> AskAsync(OperatorVerb verb, double seconds = 0, Action<string>? notice = null) =>
        AskAsync(new OperatorRequest(verb, seconds), notice);

    /// <summary>Sends a request to the worker as an operator does.</summary>
    public async Task<OperatorAnswer> AskAsync(OperatorRequest request, Action<string>? notice = null)
    {
        TaskCompletionSource<OperatorAnswer> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _life.Operable.Ask(request, "the test", answer =>
        {
            if (answer.Notice is { } said)
                notice?.Invoke(said);
            else
                answered.TrySetResult(answer);
        });
        await SettleAsync();
        return await answered.Task;
    }

    public IOperable Operable => _life.Operable;

    public FleetStore Fleet => _life.Fleet;

    /// <summary>The door for work beside it: while that work goes on, no time passes.</summary>
    public DoorBesideWork ForWork { get; }

    /// <summary>Whether each loop of the worker has made progress since the last call.</summary>
    public bool HasMoved() => _life.HasMoved();

    /// <summary>Moves the clock from one timer to the next, and waits each time until everything is processed.</summary>
    public async Task PassAsync(double seconds)
    {
        TimeSpan target = _time.Elapsed + TimeSpan.FromSeconds(seconds);
        await SettleAsync();
        while (_time.StepTo(target))
        {
            ShowDueFrame();
            await SettleAsync();
        }
    }

    /// <summary>Moves the clock as <see cref="PassAsync"/> does until something happens, after which a part of the worker may stand
    /// still.</summary>
    public async Task PassUntilAsync(Task happens, double within)
    {
        TimeSpan target = _time.Elapsed + TimeSpan.FromSeconds(within);
        await Task.WhenAny(SettleAsync(), happens);
        while (!happens.IsCompleted && _time.StepTo(target))
        {
            ShowDueFrame();
            await Task.WhenAny(SettleAsync(), happens);
        }

        Assert.True(happens.IsCompleted, "What the test waits for did not happen in time.");
    }

    /// <summary>Moves the clock while a part of the worker stands still; waits for the camera's reader only.</summary>
    public async Task PassStuckAsync(double seconds)
    {
        TimeSpan target = _time.Elapsed + TimeSpan.FromSeconds(seconds);
        await SeenAsync();
        while (_time.StepTo(target))
        {
            ShowDueFrame();
            await SeenAsync();
        }

        // A worker that has ended reads no camera any more.
        Task SeenAsync() => Task.WhenAny(_life.Camera.WhenIdleAsync(), _life.Ended);
    }

    /// <summary>Stops the worker as SIGTERM does.</summary>
    public async Task StopAsync()
    {
        _hasEnded = true;
        await _life.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_hasEnded)
            await _life.KillAsync();
        _frames.Dispose();
        _lines.Dispose();
        _data.Dispose();
    }

    /// <summary>Waits until everything that has happened is processed, by the door and by the work beside it.</summary>
    private async Task SettleAsync()
    {
        await _life.SettleAsync();
        while (!ForWork.IsWorkWaiting)
        {
            await ForWork.WhenWorkWaitsAsync();
            await _life.SettleAsync();
        }
    }

    private void ShowDueFrame()
    {
        if (_isFrameDue)
            _life.Camera.Show(frame => _view.Capture(frame, _time.Elapsed));
        _isFrameDue = false;
    }

    private void OnJournal(string sql) => WrittenJournal.Change(_places.JournalFile, sql);

    private void Note(string what)
    {
        lock (_gate)
            _order.Add(what);
    }
}
