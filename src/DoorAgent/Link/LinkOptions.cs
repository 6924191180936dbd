using System.Text.RegularExpressions;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Link;

/// <summary>The settings of the link that all channels share.</summary>
internal sealed partial class LinkOptions : ICheckedOptions
{
    private const int LongestDoor = 32;

    public static string Section => "Link";

    [Setting("The door's short name in topics and addresses: lower case letters, digits and hyphens. "
        + "Two doors at one broker need two names.")]
    public string Door { get; set; } = "door";

    [Setting("The door's name for people, such as Lab door.")]
    public string Name { get; set; } = "Door";

    [Setting("What a channel sends that has never sent anything: events from now on (now), or everything in the journal (beginning).")]
    public LinkStart Start { get; set; } = LinkStart.Now;

    void ICheckedOptions.Check(OptionErrors errors)
    {
        errors.Require(DoorName().IsMatch(Door), nameof(Door), Door, $"1 to {LongestDoor} lower case letters, digits and hyphens");
        errors.Require(Name.Trim().Length is > 0 and <= 64 && !Name.Any(char.IsControl), nameof(Name), Name, "1 to 64 characters");
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,31}\z")]
    private static partial Regex DoorName();
}

/// <summary>Where a channel without a position starts.</summary>
internal enum LinkStart
{
    Now,
    Beginning,
}
