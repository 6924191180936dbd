using DoorAgent.Doors;
using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Simulation;

/// <summary>
/// Plays a scenario on the production worker: controls the time, performs one action, waits until the action is completely processed, and
/// moves the clock to the next due time. Two runs of a scenario make the same decisions at the same instants.
/// </summary>
internal sealed class ScenarioPlayer : IAsyncDisposable
{
    private const ulong NoiseSeed = 20_260_302;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    // Longer than an attempt and its unlock together.
    private static readonly TimeSpan LongestAfterwards = TimeSpan.FromMinutes(2);

    private readonly Scenario _scenario;
    private readonly PictureGlob _globs;
    private readonly Places _places;
    private readonly FacePipeline _pipeline;
    private readonly Action<DoorEvent> _recorded;
    private readonly SimulatedTime _time;
    private readonly SimulatedGpioLines _lines;
    private readonly DoorScene _scene;
    private readonly CameraScene _view = new(PictureFile.Read, NoiseSeed);
    private readonly HardwareOptions _pins;
    private readonly ITimer _frames;
    private readonly ScenarioFleet _fleet;
    private readonly Lock _gate = new();
    private readonly List<Observation> _observations = [];
    private IReadOnlyCollection<Setting> _settings;
    private DoorSettings _configuration;
    private SourceLine _pictures;
    private ScenarioDoor? _door;
    private bool _isFrameDue;
    private DoorPhase _phase;
    private LightPattern _lights;
    private bool _isTurnAsked;

    /// <param name="scenario">The scenario to play.</param>
    /// <param name="configuration">The checked settings of the scenario (<see cref="ScenarioSettings.Checked"/>).</param>
    /// <param name="globs">Finds the pictures of the scenario.</param>
    /// <param name="places">The caller's data directory, empty except for the gallery made by <see cref="SimulatedGallery"/>.</param>
    /// <param name="pipeline">The proven networks.</param>
    /// <param name="time">The clock, at the start of the scenario.</param>
    /// <param name="recorded">Receives every event, in order.</param>
    public ScenarioPlayer(
        Scenario scenario, DoorSettings configuration, PictureGlob globs, Places places, FacePipeline pipeline, SimulatedTime time,
        Action<DoorEvent> recorded)
    {
        (_scenario, _globs, _places, _pipeline, _time, _recorded) = (scenario, globs, places, pipeline, time, recorded);
        (_settings, _configuration) = (scenario.Settings, configuration);
        _pins = configuration.Hardware;
        _lines = new SimulatedGpioLines(time, HardwareOptions.SimulatedLineCount);
        _lines.Changed += change =>
        {
            if (change.Line == _pins.Relay)
                Note(new RelaySwitched(change.At - SimulatedTime.Uptime, change.IsHigh != _pins.RelayActiveLow));
        };
        _scene = new DoorScene(_lines, _pins, configuration.Badges.KeypadLayout, time);
        _scene.MoveDoor(open: false);
        _fleet = new ScenarioFleet(places, time);
        _frames = time.CreateTimer(_ => _isFrameDue = true, null, TimeSpan.Zero, _view.Period);
    }

    /// <summary>The strongest liveness check that judged in the scenario.</summary>
    public LivenessStrength Strongest { get; private set; }

    /// <summary>Plays the scenario to its end.</summary>
    /// <returns>The observations, in order.</returns>
    /// <exception cref="UserErrorException">A picture or setting of the scenario cannot be used.</exception>
    public async Task<IReadOnlyList<Observation>> PlayAsync(CancellationToken cancellationToken)
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
        return _observations;
    }

    /// <summary>Ends a worker that still runs after an error.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_door is { } door)
            await door.KillAsync();
        _door = null;
        _fleet.Dispose();
        _frames.Dispose();
        _lines.Dispose();
    }

    /// <summary>Moves the clock from one timer to the next, and waits each time until everything is processed.</summary>
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

    /// <summary>Plays on after the last step while something is under way: until the door is locked again and nothing has happened for a
    /// moment. Does not wait for a door that stays open, nor for a face that is looked for again and again.</summary>
    private async Task PlayOnAsync(CancellationToken cancellationToken)
    {
        TimeSpan latest = _time.Elapsed + LongestAfterwards;
        for (TimeSpan quiet = TimeSpan.Zero; quiet < Quiet && _time.Elapsed < latest; quiet = IsUnderWay ? TimeSpan.Zero : quiet + Look)
            await ReachAsync(_time.Elapsed + Look, cancellationToken);
    }

    private bool IsUnderWay => _scene.IsBusy || (_door is { } door
        && (door.IsLooking || door.Phase == DoorPhase.Unlocked || _lines.IsHigh(_pins.Relay) != _pins.RelayActiveLow));

    private void ShowFrame()
    {
        _isFrameDue = false;
        _pictures.Do(() => _door?.Camera.Show(frame => _view.Capture(frame, _time.Elapsed)));
    }

    private void Do(Step step)
    {
        switch (step.Action)
        {
            case ShowPictures pictures:
                _door?.Camera.SetLost(false);
                _pictures = step.Line;
                _view.Show(pictures, _globs.Find(pictures.Pictures), pictures.Beside is { } beside ? _globs.Find(beside) : [],
                    _time.Elapsed);
                _frames.Change(TimeSpan.Zero, _view.Period);
                break;
            case ShowPresentation presentation:
                _door?.Camera.SetLost(false);
                _pictures = step.Line;
                // The worker is idle between two steps, and so the networks are free.
                _view.Show(presentation, _globs.Find(presentation.Pictures),
                    picture => _pipeline.FindFaces(picture) is { Count: > 0 } faces ? MainFace.OfFrame(faces) : null, _time.Elapsed);
                _frames.Change(TimeSpan.Zero, _view.Period);
                break;
            case ShowView view:
                _door?.Camera.SetLost(view.View == CameraView.Unplugged);
                _view.Show(view.View);
                break;
            case Restart restart:
                _settings = [.. _settings, .. restart.Settings];
                _configuration = ScenarioSettings.Checked(_settings);
                Begin();
                break;
            case Kill:
                break;
            case ChangePerson or ChangeSchedule or ChangeValidity or ChangeMark or ChangeHost or BlockBadge or AddBadge:
                ChangeGallery(step.Action);
                break;
            case ChangeMode change:
                _door?.Operable.Ask(
                    new OperatorRequest(OperatorVerb.Mode, change.For.TotalSeconds) { Mode = change.Mode }, "the scenario", _ => { });
                break;
            case ChangeFleet change:
                _fleet.Do(change, () => _door);
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
                throw new ArgumentOutOfRangeException(nameof(step), step.Action, "no part of the simulation performs this step");
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
            case ChangeMark change:
                GalleryMarks.Set(gallery, change.Name, change.Mark, change.IsSet);
                break;
            case ChangeHost { Host: null } change:
                GalleryHosts.Clear(gallery, change.Name);
                break;
            case ChangeHost change:
                GalleryHosts.Set(gallery, change.Name, [change.Host]);
                break;
            case BlockBadge block:
                gallery.SetBadge(block.Badge, block.IsLost ? BadgeState.Lost : BadgeState.Blocked);
                break;
            case AddBadge add:
                gallery.AddBadge(add.Name, add.Badge);
                break;
        }
    }

    private void Begin() => _door = ScenarioSettings.Do(_settings,
        () => new ScenarioDoor(_configuration, _places, _pipeline, _lines, e =>
    {
        if (e.Kind is { } kind)
            Note(new EventObserved(_time.Elapsed, kind, e.Reason, e.PersonName, e.Detail));
        if (e.Kind == DoorEventKind.TurnAsked)
            Volatile.Write(ref _isTurnAsked, true);
        _recorded(e);
    }, _time, _scenario.Start.Built));

    private async Task EndAsync(bool isKilled)
    {
        if (_door is not { } door)
            return;
        _door = null;
        if (isKilled)
        {
            await door.KillAsync();
            return;
        }

        await door.StopAsync();
        NoteStates(DoorPhase.Locked, LightPattern.Off);
    }

    private async Task SettleAsync()
    {
        if (_door is not { } door)
            return;
        await door.SettleAsync();
        NoteStates(door.Phase, door.Lights);
        // A person learns the side from the lights, and that a second turn to the same side is asked for from their beep.
        if (Interlocked.Exchange(ref _isTurnAsked, false) && door.Lights is LightPattern.TurnLeft or LightPattern.TurnRight)
            _view.Ask(door.Lights == LightPattern.TurnLeft ? TurnDirection.Left : TurnDirection.Right, _time.Elapsed);
        Strongest = (LivenessStrength)Math.Max((int)Strongest, (int)door.Strength);
    }

    private void NoteStates(DoorPhase phase, LightPattern lights)
    {
        if (phase != _phase)
            Note(new DoorChanged(_time.Elapsed, _phase = phase));
        if (lights != _lights)
            Note(new LightsChanged(_time.Elapsed, _lights = lights));
    }

    private void Note(Observation happened)
    {
        lock (_gate)
            _observations.Add(happened);
    }
}
