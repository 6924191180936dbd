using DoorAgent.Doors;
using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Matching;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Simulation;

/// <summary>
/// Plays a scenario on the production worker: owns the time, does one thing, waits until it is processed to the end, then moves
/// the clock to the next thing that is due. Two runs of one scenario give the same decisions at the same instants.
/// </summary>
internal sealed class ScenarioPlayer : IAsyncDisposable
{
    private const ulong NoiseSeed = 20_260_302;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    // Longer than an attempt and its unlock may take together.
    private static readonly TimeSpan LongestAfterwards = TimeSpan.FromMinutes(2);

    private readonly Scenario _scenario;
    private readonly PictureGlob _globs;
    private readonly Places _places;
    private readonly FacePipeline _reader;
    private readonly Action<DoorEvent> _recorded;
    private readonly SimulatedTime _time;
    private readonly SimulatedGpioLines _lines;
    private readonly DoorScene _scene;
    private readonly CameraScene _view = new(PictureFile.Read, NoiseSeed);
    private readonly HardwareOptions _pins;
    private readonly ITimer _frames;
    private readonly Lock _gate = new();
    private readonly List<Happened> _happened = [];
    private IReadOnlyCollection<Setting> _settings;
    private SourceLine _pictures;
    private DoorLife? _life;
    private bool _isFrameDue;
    private DoorPhase _phase;
    private LightPattern _lights;

    /// <param name="scenario">What to play.</param>
    /// <param name="globs">Finds its pictures.</param>
    /// <param name="places">An empty data directory of the caller's, with the gallery made by <see cref="SimulatedGallery"/>.</param>
    /// <param name="reader">The networks, proven.</param>
    /// <param name="time">The clock, at the scenario's start.</param>
    /// <param name="recorded">Is told every event, in order.</param>
    public ScenarioPlayer(Scenario scenario, PictureGlob globs, Places places, FacePipeline reader, SimulatedTime time, Action<DoorEvent> recorded)
    {
        (_scenario, _globs, _places, _reader, _time, _recorded, _settings) = (scenario, globs, places, reader, time, recorded, scenario.Settings);
        DoorSettings wiring = ScenarioSettings.Checked(scenario.Settings);
        _pins = wiring.Hardware;
        _lines = new SimulatedGpioLines(time, HardwareOptions.SimulatedLineCount);
        _lines.Changed += change =>
        {
            if (change.Line == _pins.Relay)
                Note(new RelaySwitched(change.At - SimulatedTime.Uptime, change.IsHigh != _pins.RelayActiveLow));
        };
        _scene = new DoorScene(_lines, _pins, wiring.Badges.KeypadLayout, time);
        _scene.MoveDoor(open: false);
        _frames = time.CreateTimer(_ => _isFrameDue = true, null, TimeSpan.Zero, _view.Period);
    }

    /// <summary>Plays to the end.</summary>
    /// <returns>What happened, in order.</returns>
    /// <exception cref="UserErrorException">A picture or setting of the scenario cannot be used.</exception>
    public async Task<IReadOnlyList<Happened>> PlayAsync(CancellationToken cancellationToken)
    {
        Begin();
        await SettleAsync();
        foreach (Step step in _scenario.Steps)
        {
            await ReachAsync(step.At, cancellationToken);
            if (step.Action is EndScenario)
                break;
            if (step.Action is Restart or Kill)
                await EndAsync(step.Action is Kill);
            step.Line.Do(() => Do(step));
            await SettleAsync();
        }

        await ReachAsync(_scenario.Duration, cancellationToken);
        if (_scenario.Steps is not [.., { Action: EndScenario }])
            await PlayOnAsync(cancellationToken);
        await EndAsync(isKilled: false);
        return _happened;
    }

    /// <summary>Ends a worker that still runs, since something went wrong half-way.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_life is { } life)
            await life.KillAsync();
        _life = null;
        _frames.Dispose();
        _lines.Dispose();
    }

    /// <summary>Moves the clock, from one timer to the next, and lets each be processed to the end.</summary>
    private async Task ReachAsync(TimeSpan target, CancellationToken cancellationToken)
    {
        while (_time.StepTo(target))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_isFrameDue)
                ShowFrame();
            await SettleAsync();
        }
    }

    /// <summary>A file that ends while something is under way: plays on until the door is locked again and nothing has happened for a
    /// moment. A door that is left standing open is not waited for, and neither is a face that is looked for again and again.</summary>
    private async Task PlayOnAsync(CancellationToken cancellationToken)
    {
        TimeSpan latest = _time.Elapsed + LongestAfterwards;
        for (TimeSpan quiet = TimeSpan.Zero; quiet < Quiet && _time.Elapsed < latest; quiet = IsUnderWay ? TimeSpan.Zero : quiet + Look)
            await ReachAsync(_time.Elapsed + Look, cancellationToken);
    }

    private bool IsUnderWay => _scene.IsBusy || (_life is { } life && (life.IsLooking || life.Phase == DoorPhase.Unlocked || _lines.IsHigh(_pins.Relay) != _pins.RelayActiveLow));

    private void ShowFrame()
    {
        _isFrameDue = false;
        _pictures.Do(() => _life?.Camera.Show(frame => _view.Capture(frame, _time.Elapsed)));
    }

    private void Do(Step step)
    {
        switch (step.Action)
        {
            case ShowPictures pictures:
                _life?.Camera.SetLost(false);
                _pictures = step.Line;
                _view.Show(pictures, _globs.Find(pictures.Pictures), pictures.Beside is { } beside ? _globs.Find(beside) : [], _time.Elapsed);
                _frames.Change(TimeSpan.Zero, _view.Period);
                break;
            case ShowView view:
                _life?.Camera.SetLost(view.View == CameraView.Unplugged);
                _view.Show(view.View);
                break;
            case Restart restart:
                _settings = [.. _settings, .. restart.Settings];
                Begin();
                break;
            case Kill:
                break;
            case ChangePerson or ChangeSchedule or ChangeValidity or BlockBadge or AddBadge:
                ChangeGallery(step.Action);
                break;
            case SetClock set:
                _time.WallShift = _scenario.Start.WallShiftTo(set.Local, _time.Elapsed);
                break;
            case MoveClock move:
                _time.WallShift += move.By;
                break;
            case var atTheDoor when _scene.Do(atTheDoor):
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.Action, "nobody does it");
        }
    }

    /// <summary>Changes the gallery file as another process would.</summary>
    private void ChangeGallery(StepAction action)
    {
        using GalleryFile gallery = new(_places.GalleryFile, _time);
        switch (action)
        {
            case ChangePerson { Change: PersonChange.Remove } change:
                gallery.Remove(change.Name);
                break;
            case ChangePerson change:
                gallery.SetEnabled(change.Name, change.Change == PersonChange.Enable);
                break;
            case ChangeSchedule change:
                gallery.SetSchedule(change.Name, change.Schedule);
                break;
            case ChangeValidity change:
                gallery.SetValidity(change.Name, change.Limit, change.Date);
                break;
            case BlockBadge block:
                gallery.SetBadge(block.Badge, block.IsLost ? BadgeState.Lost : BadgeState.Blocked);
                break;
            case AddBadge add:
                gallery.AddBadge(add.Name, add.Badge);
                break;
        }
    }

    private void Begin() => _life = ScenarioSettings.Do(_settings, () => new DoorLife(ScenarioSettings.Checked(_settings), _places, _reader, _lines, e =>
    {
        if (e.Kind is { } kind)
            Note(new EventHappened(_time.Elapsed, kind, e.Reason, e.PersonName, e.Detail));
        _recorded(e);
    }, _time, _scenario.Start.Built));

    private async Task EndAsync(bool isKilled)
    {
        if (_life is not { } life)
            return;
        _life = null;
        if (isKilled)
        {
            await life.KillAsync();
            return;
        }

        await life.StopAsync();
        NoteStates(DoorPhase.Locked, LightPattern.Off);
    }

    private async Task SettleAsync()
    {
        if (_life is not { } life)
            return;
        await life.SettleAsync();
        NoteStates(life.Phase, life.Lights);
    }

    private void NoteStates(DoorPhase phase, LightPattern lights)
    {
        if (phase != _phase)
            Note(new DoorChanged(_time.Elapsed, _phase = phase));
        if (lights != _lights)
            Note(new LightsChanged(_time.Elapsed, _lights = lights));
    }

    private void Note(Happened happened)
    {
        lock (_gate)
            _happened.Add(happened);
    }
}
