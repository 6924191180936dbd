using DoorAgent.Diagnostics.Setup;
using DoorAgent.Encodings;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Gpio.Linux;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Support;

/// <summary>A board of simulated lines for setup; the test controls the other end of the wires.</summary>
internal sealed class MadeBench(SimulatedTime time) : ISetupDevices
{
    private SimulatedGpioLines? _lines;
    private HardwareOptions _hardware = new();

    public TimeProvider Time => time;

    /// <summary>Every relay level seen, in order.</summary>
    public List<LevelChange> Relay { get; } = [];

    /// <summary>How the wires D0 and D1 are connected: exchanged, or as the answers say.</summary>
    public bool IsReaderSwapped { get; init; }

    /// <summary>The camera; by default an absent one.</summary>
    public Func<ICamera> Camera { get; init; } = () => throw new IOException("no camera here");

    public IReadOnlyList<string> Chips() => ["made-board (32 lines)"];

    public IReadOnlyList<GpioLine> LinesOf(string? chip) => chip is null or "made-board"
        ? [new(17, "GPIO17", null, false), new(22, "GPIO22", "somebody", true)]
        : throw new IOException($"The chip '{chip}' does not exist.");

    public IReadOnlyList<string> Readers() => ["none"];

    public IReadOnlyList<string> Cameras() => ["none"];

    public IGpioLines OpenLines(HardwareOptions hardware)
    {
        (_hardware, _lines) = (hardware, new SimulatedGpioLines(time, 32));
        foreach (int line in new[] { hardware.D0, hardware.D1 }.Append(hardware.Exit ?? hardware.D0))
            _lines.Drive(line, true);
        if (hardware.ContactLine is { } contact)
            _lines.Drive(contact, IsContactLowWhenOpen);
        _lines.Changed += change =>
        {
            if (change.Line == hardware.Relay)
                Relay.Add(change);
        };
        return _lines;
    }

    public bool IsContactLowWhenOpen { get; init; }

    public ICamera OpenCamera(HardwareOptions hardware) => TurnedCamera.Of(Camera(), hardware.CameraRotation);

    public FacePipeline OpenPipeline(DoorSettings settings) => TestNetworks.BuiltIn();

    /// <summary>Ids of the liveness networks that are missing.</summary>
    public string[] Missing { get; init; } = [];

    public LivenessSummary LivenessOf(DoorSettings settings) => StartCheck.LivenessOf(settings, null).With(Missing);

    /// <summary>Completes when every edge so far has been processed.</summary>
    public Task WhenIdleAsync() => _lines?.WhenIdleAsync() ?? Task.CompletedTask;

    /// <summary>Acts as the person at the door and performs the action that the question asks for.</summary>
    public bool Act(string question)
    {
        // The first round of a reader with exchanged wires sends the bits exchanged; after the answers the wires are right.
        HardwareOptions wired = IsReaderSwapped ? new HardwareOptions { D0 = 18, D1 = 17 } : _hardware;
        if (question.Contains("Hold a badge", StringComparison.Ordinal))
            new DoorScene(_lines!, wired, null, time).Do(new PresentBadge(Badge.Parse("H10301:123:4567"), PresentBadge.DefaultGap));
        else if (question.Contains("Open or close", StringComparison.Ordinal))
            _lines!.Drive(_hardware.ContactLine!.Value, !IsContactLowWhenOpen);
        else if (question.Contains("Press the exit", StringComparison.Ordinal))
            _lines!.Drive(_hardware.Exit!.Value, false);
        else
            return false;
        return true;
    }
}
