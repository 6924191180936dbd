using DoorAgent.Diagnostics;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges.Rfid;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Displays;
using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Gpio.Linux;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Diagnostics;

/// <summary>A door for the doctor to check: its data and the files of its machine are in temporary folders, and its devices come
/// from the test.</summary>
internal sealed class SomeDoor : IDisposable
{
    private readonly TempFolder _data = new(), _root = new();
    private readonly Dictionary<string, string> _programs = [];

    public SomeDoor() => Machine = new Machine(_root.Path, (program, _, _) => Task.FromResult(_programs.GetValueOrDefault(program)));

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 3, 4, 8, 0, 0, TimeSpan.Zero));

    public Machine Machine { get; }

    public string Data => _data.Path;

    public List<string> Told { get; } = [];

    public DoorStatus? Running { get; set; }

    public string? Refusal { get; set; }

    public IGpioLines? Chip { get; set; }

    public IReadOnlyList<GpioLine> Lines { get; set; } = [];

    public ICamera? Camera { get; set; }

    public IRfidChip? RfidChip { get; set; }

    public IDisplay? Display { get; set; }

    public bool? Answer { get; set; }

    public TimeSpan? Listen { get; set; }

    public bool MovesRelay { get; set; }

    public string? Picture { get; set; }

    public string? SettingsFile { get; set; }

    public Func<OperatorVerb, OperatorAnswer>? Asked { get; set; }

    /// <summary>Writes a file of the machine and returns its real path.</summary>
    public string Put(string path, string text)
    {
        string file = Machine.At(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Sets what a program of the machine prints.</summary>
    public void Says(string program, string words) => _programs[program] = words;

    /// <summary>Makes the status of a running door, with events of these sequence numbers.</summary>
    public DoorStatus Status(DoorPhase phase = DoorPhase.Locked, params long[] sequences) => new()
    {
        Running = "real hardware",
        Since = Time.GetUtcNow().AddHours(-1),
        Now = Time.GetUtcNow(),
        Door = phase,
        Lights = LightPattern.Off,
        Faults = [],
        Events = [.. sequences.Select(
            number => new DoorEvent(DoorAgent.Events.DoorEventKind.Started) { Time = Time.GetUtcNow(), Sequence = number })],
    };

    /// <summary>Runs a check on a simulated door.</summary>
    public Task<IReadOnlyList<Finding>> FindAsync<T>(params string[] settings) where T : ICheck, new() =>
        FindWithAsync<T>(new DoorSettings(DoorAgent.Settings.SettingsFile.FromAssignments(
            "test", ["Hardware:Kind=simulated", "Hardware:Contact=23", .. settings])));

    /// <summary>Runs a check on a real door.</summary>
    public Task<IReadOnlyList<Finding>> FindRealAsync<T>(params string[] settings) where T : ICheck, new() =>
        FindAsync<T>(["Hardware:Kind=gpio", .. settings]);

    public async Task<IReadOnlyList<Finding>> FindWithAsync<T>(DoorSettings? settings, string? refusal = null) where T : ICheck, new()
    {
        using DoctorContext door = new()
        {
            Places = new Places(Data, [Places.BuiltInModels]),
            Settings = settings,
            SettingsRefusal = refusal,
            SettingsFile = SettingsFile,
            Request = new DoctorRequest(Listen, Picture ?? Path.Combine(Data, "doctor.jpg"), MovesRelay),
            Machine = Machine,
            Time = Time,
            Running = Running,
            RunningRefusal = Refusal,
            Ask = (verb, _) => Task.FromResult(Asked!(verb)),
            Tell = Told.Add,
            Confirm = _ => Answer,
            Lines = _ => Lines,
            Chip = _ => Chip ?? throw new IOException("There is no chip. Plug one in."),
            OpenRfidChip = (_, _) => RfidChip is { } chip ? Task.FromResult(chip) : throw new IOException("no chip answers"),
            OpenDisplay = _ => Display ?? throw new IOException("no display answers"),
            OpenCamera = _ => Camera ?? throw new IOException("There is no camera. Plug one in."),
        };
        CheckResult result = Assert.Single(await Doctor.RunAsync([new T()], door, _ => { }, TestContext.Current.CancellationToken));
        return result.Findings;
    }

    public void Dispose()
    {
        _data.Dispose();
        _root.Dispose();
    }
}
