namespace DoorAgent.Diagnostics;

/// <summary>How bad it is.</summary>
internal enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>The door works; somebody should look.</summary>
    Warning,

    /// <summary>The door does not work, or not as it is meant to.</summary>
    Fault,
}

/// <summary>What a check found.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="What">One line.</param>
/// <param name="Next">What to do about it: the command, the setting or the screw; null where there is nothing to do.</param>
internal sealed record Finding(FindingLevel Level, string What, string? Next);
