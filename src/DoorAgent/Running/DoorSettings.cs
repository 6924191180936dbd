using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Frames;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Schedules;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>
/// The settings of a door, bound and checked once; each part receives its own options from here. A section that is wrong throws a
/// <see cref="UserErrorException"/> where it is asked for; <see cref="NeedAll"/> refuses all that is wrong at once.
/// </summary>
internal sealed class DoorSettings(LoadedSettings loaded)
{
    public HardwareOptions Hardware => loaded.Section<HardwareOptions>();

    /// <summary>The hardware, right or wrong, for a command that needs only its camera.</summary>
    public HardwareOptions UncheckedHardware => loaded.Unchecked<HardwareOptions>();

    public BadgeOptions Badges => loaded.Section<BadgeOptions>();

    /// <summary>The reader, right or wrong, while somebody sets it up.</summary>
    public BadgeOptions UncheckedBadges => loaded.Unchecked<BadgeOptions>();

    public ModelOptions Models => loaded.Section<ModelOptions>();

    public FrameOptions Frames => loaded.Section<FrameOptions>();

    public FaceOptions Faces => loaded.Section<FaceOptions>();

    public EncodingOptions Encodings => loaded.Section<EncodingOptions>();

    public MatchingOptions Matching => loaded.Section<MatchingOptions>();

    public DecisionOptions Decisions => loaded.Section<DecisionOptions>();

    public ScheduleOptions Schedules => loaded.Section<ScheduleOptions>();

    public DoorOptions Doors => loaded.Section<DoorOptions>();

    public DisplayOptions Display => loaded.Section<DisplayOptions>();

    public AuditingOptions Auditing => loaded.Section<AuditingOptions>();

    public PeopleOptions People => loaded.Section<PeopleOptions>();

    /// <summary>Section Serilog.</summary>
    public SerilogSection Serilog => loaded.Serilog;

    /// <summary>The configuration file that a start reads; null for settings without one.</summary>
    public LoadedFile? File => loaded.File;

    /// <summary>Every setting with its value and origin.</summary>
    public IEnumerable<EffectiveSetting> Effective => loaded.Effective;

    /// <summary>What is wrong in all sections; each message begins with its key.</summary>
    public IReadOnlyList<string> Errors => loaded.Errors;

    /// <summary>Whether nothing real is behind the door.</summary>
    public bool IsSimulated => Hardware.Kind == HardwareOptions.SimulatedLines;

    /// <summary>The value that somebody gave a setting, in the form that binding wants; null where nobody did.</summary>
    public string? this[string key] => loaded[key];

    /// <summary>The items that somebody gave a list.</summary>
    public IEnumerable<string?> ItemsOf(string key) => loaded.ItemsOf(key);

    /// <summary>Refuses settings that are wrong anywhere.</summary>
    /// <exception cref="UserErrorException">Values are wrong; the message lists those of all sections.</exception>
    public void NeedAll() => loaded.NeedAll();

    /// <summary>One section by its type.</summary>
    /// <exception cref="UserErrorException">Values of this section are wrong.</exception>
    public T Section<T>() where T : class, DoorAgent.Hardware.Settings.ICheckedOptions => loaded.Section<T>();
}
