namespace DoorAgent.Evaluation;

/// <summary>One presentation to the camera: a person or an attack, as a still or as a clip.</summary>
/// <param name="Class"><see cref="Live"/>, or the attack's class: the name of its folder.</param>
/// <param name="Name">Path relative to the set's folder.</param>
/// <param name="Files">Paths of the pictures, oldest first: one of a still; or the path of a video file.</param>
/// <param name="IsClip">Whether the presentation is a clip.</param>
internal sealed record Presentation(string Class, string Name, IReadOnlyList<string> Files, bool IsClip)
{
    /// <summary>The class of the people.</summary>
    public const string Live = "live";

    /// <summary>The classes with a known name; any other folder is an attack class too.</summary>
    public static IReadOnlyList<string> KnownClasses { get; } = [Live, "print", "replay", "mask"];

    /// <summary>The person and sitting: presentations of one group resemble each other.</summary>
    public string Group { get; init; } = Name;

    /// <summary>What was held in front of the camera, for display; empty if unknown.</summary>
    public string Medium { get; init; } = "";

    /// <summary>Whether the picture's proportions were changed after it was taken, so that they say nothing about the camera.</summary>
    public bool IsStretched { get; init; }

    public bool IsLive => Class == Live;
}

/// <summary>A file that could not be judged.</summary>
/// <param name="Name">Path relative to the set's folder.</param>
/// <param name="Why">The reason: a clause without the path.</param>
internal sealed record SkippedFile(string Name, string Why);
