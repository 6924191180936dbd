namespace DoorAgent.Decisions;

/// <summary>The side of the door on which a person is.</summary>
/// <param name="IsInside">Whether the person went in last.</param>
/// <param name="Since">Monotonic time of that pass.</param>
internal sealed record Position(bool IsInside, TimeSpan Since)
{
    /// <summary>Whether the person cannot have left unseen: the exit reader has worked since.</summary>
    public bool IsCertain { get; init; } = true;
}
