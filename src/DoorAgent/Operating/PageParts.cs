using System.Text.Json;
using DoorAgent.Decisions;
using DoorAgent.Galleries;
using DoorAgent.Storage;

namespace DoorAgent.Operating;

/// <summary>What the page shows and changes beyond the door's own loops. What stands right of this folder comes as a function.</summary>
/// <param name="Places">The door's files.</param>
/// <param name="People">How people are enrolled.</param>
internal sealed record PageParts(Places Places, PeopleOptions People)
{
    /// <summary>Matching:Margin.</summary>
    public double Margin { get; init; }

    /// <summary>Returns what tells who may enter, with the present hours of the fleet; null where the settings cannot be used.</summary>
    public Func<EligibilityRule>? Rules { get; init; }

    /// <summary>The names of the configured hours.</summary>
    public IReadOnlyCollection<string> Schedules { get; init; } = [];

    /// <summary>Every setting with its value and origin; secrets are not shown.</summary>
    public Func<IEnumerable<ShownSetting>> Settings { get; init; } = () => [];

    /// <summary>Checks the door as the doctor does.</summary>
    public Func<CancellationToken, Task<CheckReport>>? Check { get; init; }

    /// <summary>Explains the record of a number; throws a <see cref="UserErrorException"/> where there is none.</summary>
    public Func<long, PageExplanation>? Explain { get; init; }

    /// <summary>Erases a person by name; returns the places that the erasure did not reach.</summary>
    public Func<string, CancellationToken, Task<IReadOnlyList<string>>>? Erase { get; init; }

    /// <summary>Reads the state of the channels that leave the house; null where nothing is known of them.</summary>
    public Func<JsonElement?>? Links { get; init; }
}
