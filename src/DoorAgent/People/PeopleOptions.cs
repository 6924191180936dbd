using DoorAgent.Hardware.Settings;

namespace DoorAgent.People;

/// <summary>How people are enrolled.</summary>
internal sealed class PeopleOptions : ICheckedOptions
{
    public static string Section => "People";

    /// <value>Encodings that a person may have; 1 to 10, default 10. More of them make strangers likelier to pass.</value>
    public int MaxEncodings { get; set; } = 10;

    public void Check(OptionErrors errors) => errors.Range(nameof(MaxEncodings), MaxEncodings, 1, 10);
}
