using DoorAgent.Hardware.Settings;

namespace DoorAgent.Galleries;

/// <summary>How people are enrolled.</summary>
internal sealed class PeopleOptions : ICheckedOptions
{
    public static string Section => "People";

    /// <value>Encodings that a person may have; 1 to 10, default 10. More of them make strangers likelier to pass.</value>
    public int MaxEncodings { get; set; } = 10;

    /// <value>Whether enrolment keeps the aligned faces, so that 'people re-encode' needs no new pictures; default false. They are
    /// pictures of people: ask them.</value>
    public bool KeepCrops { get; set; }

    /// <value>How long a kept face stays; 1 to 730 d, default 90 d. Afterwards it is deleted by itself.</value>
    public TimeSpan KeepCropsFor { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The longest time for which a face may be kept.</summary>
    public static TimeSpan LongestKept { get; } = TimeSpan.FromDays(730);

    public void Check(OptionErrors errors)
    {
        errors.Range(nameof(MaxEncodings), MaxEncodings, 1, 10);
        errors.Range(nameof(KeepCropsFor), KeepCropsFor, TimeSpan.FromDays(1), LongestKept);
    }
}
