using DoorAgent.Hardware.Settings;

namespace DoorAgent.Galleries;

/// <summary>How people are enrolled.</summary>
internal sealed class PeopleOptions : ICheckedOptions
{
    private const string LongestKeptText = "730 d";

    public static string Section => "People";

    [Setting("How many encodings a person may have. With more encodings a stranger is more likely to match."), Range(1, 10)]
    public int MaxEncodings { get; set; } = 10;

    [Setting("Whether enrolment keeps the aligned faces, so that 'people re-encode' needs no new "
        + "pictures. They are pictures of people: ask them.")]
    public bool KeepCrops { get; set; }

    [Setting("How long a kept face is stored before the agent deletes it."), Range("1 d", LongestKeptText)]
    public TimeSpan KeepCropsFor { get; set; } = TimeSpan.FromDays(90);

    [Setting("Whether enrolment refuses a person whom the door cannot tell from somebody enrolled. If not, the two get a stricter rule of "
        + "their own ('people separate'), where that can tell them apart.")]
    public bool RefuseLookAlikes { get; set; } = true;

    [Setting("The age of a person's pictures from which 'people list', 'status' and 'doctor' remind you to enrol that person again. It "
        + "counts from the day on which pictures were last added or encoded again."), Range("30 d", "3650 d"), Unset("never")]
    public TimeSpan? ReEnrolAfter { get; set; }

    /// <summary>The longest time for which a face may be kept.</summary>
    public static TimeSpan LongestKept { get; } = SettingText.ReadTime(LongestKeptText);
}
