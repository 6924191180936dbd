using DoorAgent.Hardware.Badges;

namespace DoorAgent.Commands.Trying;

/// <summary>Somebody in the trial.</summary>
/// <param name="Name">As the door knows them, or as they are called here.</param>
/// <param name="Key">Presents their badge.</param>
/// <param name="Badge">Their badge.</param>
/// <param name="Folder">Folder of the built-in people, for those who can stand before a played camera; null for the user.</param>
/// <param name="IsEnrolled">Whether the door knows them.</param>
internal sealed record TrialPerson(string Name, char Key, Badge Badge, string? Folder, bool IsEnrolled);

/// <summary>Who takes part in a trial.</summary>
internal static class TrialPeople
{
    /// <summary>The user, where they stand before a camera of their own.</summary>
    public static TrialPerson You(string name) => new(name, 'y', Badge.Of("H10301", 1, 1), null, IsEnrolled: true);

    /// <summary>Built-in people whom the door knows. None of their keys is one of the door's.</summary>
    public static IReadOnlyList<TrialPerson> Enrolled { get; } =
    [
        new("adam", 'a', Badge.Of("H10301", 123, 4567), "adam/door-1", IsEnrolled: true),
        new("nora", 'n', Badge.Of("H10301", 123, 4568), "nora/door-1", IsEnrolled: true),
    ];

    /// <summary>Nobody whom the door knows, though he looks rather like adam; with a badge that it does not know.</summary>
    public static TrialPerson Stranger { get; } = new("stranger", 's', Badge.Of("H10301", 9, 9999), "stranger-1/door-1", IsEnrolled: false);
}
