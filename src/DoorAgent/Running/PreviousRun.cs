using System.Collections.Immutable;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Operating;

namespace DoorAgent.Running;

/// <summary>What the journal says about previous runs that matters to this one.</summary>
/// <param name="Access">The initial state of the policy with continuing lockouts.</param>
/// <param name="Findings">Events about previous runs that this run records before its start.</param>
/// <param name="UncleanShutdowns">Ends without a stop that no operator has acknowledged.</param>
internal sealed record PreviousRun(AccessState Access, ImmutableArray<DoorEvent> Findings, UncleanShutdowns UncleanShutdowns)
{
    // More ends in a row mean an unstable power supply, and their number does not matter.
    private const int MostEnds = 100;

    /// <summary>Selects the ends without a stop and their acknowledgements. The journal has an index for exactly this condition.</summary>
    public static JournalFilter Ends { get; } = new(Kinds: [DoorEventKind.EndedWithoutStopping, DoorEventKind.Acknowledged]);

    /// <summary>Reads the journal, before this run records anything.</summary>
    /// <param name="journal">The file.</param>
    /// <param name="anchor">The anchor; null for a data directory without one.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="built">The build date, which a correct wall clock cannot precede.</param>
    /// <param name="settings">Digest of the settings of this run.</param>
    /// <exception cref="UserErrorException">The journal is damaged, foreign or newer, or cannot be read.</exception>
    public static PreviousRun Read(string journal, Anchor? anchor, DecisionOptions options, TimeProvider time, DateTimeOffset built,
        string settings)
    {
        AccessState access = LockoutReplay.Read(journal, options, time, built) with
        {
            Positions = PositionReplay.Read(journal, options, time, built),
        };
        DoorEvent?[] findings =
        [
            PreviousClock.JumpOf(PreviousEnd.Newest(journal), time.GetLocalNow(), built), PreviousEnd.Read(journal),
            OlderJournal(journal, anchor), PreviousSettings.ChangeOf(PreviousEnd.Newest(journal, DoorEventKind.Started), settings),
        ];
        return new PreviousRun(access, [.. findings.OfType<DoorEvent>()], UncleanShutdownsOf(journal));
    }

    /// <summary>Returns the run with an alarm about its journal, where there is a finding.</summary>
    public PreviousRun With(string? journalFinding) => journalFinding is null ? this : this with
    {
        Findings = Findings.Insert(0, new DoorEvent(DoorEventKind.JournalAltered) { Detail = journalFinding }),
    };

    // The journal is not what lets people in, so the door goes on.
    private static DoorEvent? OlderJournal(string journal, Anchor? anchor)
    {
        try
        {
            return anchor is not null && AnchoredJournal.FaultOf(journal, anchor) is { } fault
                ? new DoorEvent(DoorEventKind.JournalRolledBack) { Detail = $"the journal {fault}" }
                : null;
        }
        catch (UserErrorException)
        {
            // Only root can have damaged the anchor. The history of galleries, or 'log verify', says why it cannot be read.
            return null;
        }
    }

    private static UncleanShutdowns UncleanShutdownsOf(string journal)
    {
        using JournalReader reader = new(journal, Ends);
        UncleanShutdowns unacknowledged = new();
        foreach (DoorEvent entry in reader.Newest(MostEnds).Reverse())
            unacknowledged.Note(entry);
        return unacknowledged;
    }
}
