using DoorAgent.Hardware.Badges;

namespace DoorAgent.Commands.Trying;

/// <summary>Who takes part in a trial.</summary>
internal static class TryCast
{
    /// <summary>The user, where they stand before a camera of their own.</summary>
    public static Actor You(string name) => new(name, 'y', Badge.Of("H10301", 1, 1), null, IsEnrolled: true);

    /// <summary>Built-in people whom the door knows. None of their keys is one of the door's.</summary>
    public static IReadOnlyList<Actor> Enrolled { get; } =
    [
        new("adam", 'a', Badge.Of("H10301", 123, 4567), "adam/door-1", IsEnrolled: true),
        new("nora", 'n', Badge.Of("H10301", 123, 4568), "nora/door-1", IsEnrolled: true),
    ];

    /// <summary>Nobody whom the door knows, though he looks rather like adam; with a badge that it does not know.</summary>
    public static Actor Stranger { get; } = new("stranger", 's', Badge.Of("H10301", 9, 9999), "stranger-1/door-1", IsEnrolled: false);
}
