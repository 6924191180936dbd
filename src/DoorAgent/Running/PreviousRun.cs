using System.Collections.Immutable;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Operating;

namespace DoorAgent.Running;

/// <summary>What the runs before leave to this one, from the journal.</summary>
/// <param name="Access">The lockouts that go on.</param>
/// <param name="Findings">What this run is to record of them before it starts.</param>
/// <param name="Unacknowledged">The ends without a stop that no operator has acknowledged yet.</param>
internal sealed record PreviousRun(AccessState Access, ImmutableArray<DoorEvent> Findings, Unacknowledged Unacknowledged)
{
    // More of them in a row are a power supply that flaps, and the number does not matter any more.
    private const int MostEnds = 100;

    /// <summary>Selects the ends without a stop and their acknowledgements. The journal has an index for exactly this condition.</summary>
    public static JournalFilter Ends { get; } = new(Kinds: [DoorEventKind.EndedWithoutStopping, DoorEventKind.Acknowledged]);

    /// <summary>There was none.</summary>
    public static PreviousRun None => new(AccessState.Initial, [], new Unacknowledged());

    /// <summary>Reads what they leave; before this run records anything.</summary>
    /// <param name="journal">The file.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="built">A wall clock before it was never set.</param>
    /// <exception cref="UserErrorException">The journal is damaged, foreign or newer, or cannot be read.</exception>
    public static PreviousRun Read(string journal, DecisionOptions options, TimeProvider time, DateTimeOffset built)
    {
        AccessState access = LockoutReplay.Read(journal, options, time, built);
        DoorEvent?[] findings = [PreviousClock.JumpOf(PreviousEnd.Newest(journal), time.GetLocalNow(), built), PreviousEnd.Read(journal)];
        return new PreviousRun(access, [.. findings.OfType<DoorEvent>()], UnacknowledgedOf(journal));
    }

    private static Unacknowledged UnacknowledgedOf(string journal)
    {
        using JournalReader reader = new(journal, Ends);
        Unacknowledged unacknowledged = new();
        foreach (DoorEvent entry in reader.Newest(MostEnds).Reverse())
            unacknowledged.Note(entry);
        return unacknowledged;
    }
}
