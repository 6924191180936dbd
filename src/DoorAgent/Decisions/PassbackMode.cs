namespace DoorAgent.Decisions;

/// <summary>What happens when a person who is inside wants to enter again; the exit reader says who left.</summary>
internal enum PassbackMode
{
    /// <summary>Nobody asks on which side a person is.</summary>
    Off,

    /// <summary>The person is let in, with an alarm.</summary>
    Soft,

    /// <summary>The person is denied until seen at the exit.</summary>
    Hard,
}
