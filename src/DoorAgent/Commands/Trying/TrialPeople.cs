using DoorAgent.Hardware.Badges;

namespace DoorAgent.Commands.Trying;

/// <summary>A person in the trial.</summary>
/// <param name="Name">Name at the door and in the trial.</param>
/// <param name="Key">Key that presents the badge.</param>
/// <param name="Badge">Badge of the person.</param>
/// <param name="Folder">Folder with pictures for the played camera; null for the user.</param>
/// <param name="IsEnrolled">Whether the person is enrolled.</param>
internal sealed record TrialPerson(string Name, char Key, Badge Badge, string? Folder, bool IsEnrolled);

/// <summary>The people who take part in a trial.</summary>
internal static class TrialPeople
{
    /// <summary>Creates the user who looks into a real camera.</summary>
    public static TrialPerson You(string name) => new(name, 'y', Badge.Of("H10301", 1, 1), null, IsEnrolled: true);

    /// <summary>Built-in enrolled people. Their keys must differ from the door's keys.</summary>
    public static IReadOnlyList<TrialPerson> Enrolled { get; } =
    [
        new("adam", 'a', Badge.Of("H10301", 123, 4567), "adam/door-1", IsEnrolled: true),
        new("nora", 'n', Badge.Of("H10301", 123, 4568), "nora/door-1", IsEnrolled: true),
    ];

    /// <summary>A person who is not enrolled and resembles adam, with an unknown badge.</summary>
    public static TrialPerson Stranger { get; } = new("stranger", 's', Badge.Of("H10301", 9, 9999), "stranger-1/door-1", IsEnrolled: false);
}
