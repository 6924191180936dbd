using DoorAgent.Fleet;

namespace DoorAgent.Office;

/// <summary>What a publication does with a person of a group.</summary>
internal enum PlannedStep
{
    /// <summary>The person comes into the group.</summary>
    Added,

    /// <summary>The person is in the group, with other data.</summary>
    Changed,

    /// <summary>The group has the person as they are.</summary>
    Unchanged,

    /// <summary>The person leaves the group.</summary>
    Removed,

    /// <summary>The person cannot travel; the group stays as it is.</summary>
    Refused,
}

/// <summary>A person in the plan of a publication.</summary>
/// <param name="Step">What happens.</param>
/// <param name="Person">The person as they are to be; for a removal, as the group has them.</param>
/// <param name="Why">What changes, or why the person is refused; empty where there is nothing to say.</param>
internal sealed record PlannedPerson(PlannedStep Step, FleetPerson Person, string Why = "");
