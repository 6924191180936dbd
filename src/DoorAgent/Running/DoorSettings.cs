using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Frames;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Devices;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Schedules;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>
/// The settings of a door, bound and checked once; each part receives its own options. Reading a section with errors throws a
/// <see cref="UserErrorException"/>; <see cref="NeedAll"/> reports the errors of all sections at once.
/// </summary>
internal sealed class DoorSettings(LoadedSettings loaded)
{
    public HardwareOptions Hardware => loaded.Section<HardwareOptions>();

    /// <summary>The hardware without its check, for a command that needs only the camera.</summary>
    public HardwareOptions UncheckedHardware => loaded.Unchecked<HardwareOptions>();

    public BadgeOptions Badges => loaded.Section<BadgeOptions>();

    /// <summary>The reader without its check, for the setup.</summary>
    public BadgeOptions UncheckedBadges => loaded.Unchecked<BadgeOptions>();

    public ModelOptions Models => loaded.Section<ModelOptions>();

    public FrameOptions Frames => loaded.Section<FrameOptions>();

    public FaceOptions Faces => loaded.Section<FaceOptions>();

    public LivenessOptions Liveness => loaded.Section<LivenessOptions>();

    public EncodingOptions Encodings => loaded.Section<EncodingOptions>();

    public MatchingOptions Matching => loaded.Section<MatchingOptions>();

    public DecisionOptions Decisions => loaded.Section<DecisionOptions>();

    public ScheduleOptions Schedules => loaded.Section<ScheduleOptions>();

    public DoorOptions Doors => loaded.Section<DoorOptions>();

    public DisplayOptions Display => loaded.Section<DisplayOptions>();

    public AuditingOptions Auditing => loaded.Section<AuditingOptions>();

    public PeopleOptions People => loaded.Section<PeopleOptions>();

    /// <summary>The section Serilog.</summary>
    public SerilogSection Serilog => loaded.Serilog;

    /// <summary>The configuration file that a start reads; null for settings without one.</summary>
    public LoadedFile? File => loaded.File;

    /// <summary>Every setting with its value and origin.</summary>
    public IEnumerable<EffectiveSetting> Effective => loaded.Effective;

    /// <summary>The errors of all sections; each message begins with its key.</summary>
    public IReadOnlyList<string> Errors => loaded.Errors;

    /// <summary>Whether the hardware is simulated.</summary>
    public bool IsSimulated => Hardware.Kind == HardwareOptions.SimulatedLines;

    /// <summary>The configured value of a setting, in the form that binding accepts; null when the setting is not configured.</summary>
    public string? this[string key] => loaded[key];

    /// <summary>The configured items of a list.</summary>
    public IEnumerable<string?> ItemsOf(string key) => loaded.ItemsOf(key);

    /// <summary>Checks all sections.</summary>
    /// <exception cref="UserErrorException">Values are invalid; the message lists those of all sections.</exception>
    public void NeedAll() => loaded.NeedAll();

    /// <summary>Creates the door's devices on lines and with a camera, which the devices then own.</summary>
    /// <param name="lines">The chip.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="hardware">The assignment of the lines: this door's, or another for a simulation.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">A line cannot be requested.</exception>
    /// <exception cref="InvalidDataException">The key of an OSDP reader is invalid.</exception>
    /// <exception cref="InvalidOperationException">Real and simulated devices are mixed.</exception>
    /// <exception cref="UserErrorException">The exit reader has no lines, or there is none where the decisions need it.</exception>
    public DoorDevices CreateDevices(IGpioLines lines, ICamera camera, HardwareOptions hardware, TimeProvider time)
    {
        foreach (string refusal in ExitWiring.RefusalsOf(Decisions, Badges, hardware))
        {
            camera.Dispose();
            throw new UserErrorException(refusal);
        }

        return new DoorDevices(lines, camera, hardware, Badges, Doors.Debounce, time);
    }

    /// <summary>Creates the access hours of the schedules and the time zone.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="built">The build date, which a correct wall clock cannot precede.</param>
    public AccessHours HoursBy(TimeProvider time, DateTimeOffset built) =>
        new(Schedules.Schedules, Decisions.ZoneBy(time), built, Decisions.ZoneProblemBy(time));

    /// <summary>Returns a section by its type.</summary>
    /// <exception cref="UserErrorException">Values of this section are invalid.</exception>
    public T Section<T>() where T : class, DoorAgent.Hardware.Settings.ICheckedOptions => loaded.Section<T>();
}
