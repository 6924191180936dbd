using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Running;

/// <summary>
/// Finds out from the journal how the previous run ended. A stopped run recorded that; after a power cut or a kill the record is
/// absent, and the operator has to know whether the lock was released at that moment.
/// </summary>
internal static class PreviousEnd
{
    // A door that runs for years removes its own start; only a running door records that.
    private static readonly DoorEventKind[] Runs = [DoorEventKind.Started, DoorEventKind.RecordsRemoved, DoorEventKind.Stopping];

    // The events that are recorded before and after each move of the relay.
    private static readonly DoorEventKind[] Moves =
        [DoorEventKind.Granted, DoorEventKind.OperatorUnlock, DoorEventKind.GrantedDoorOpen, DoorEventKind.RelayOn, DoorEventKind.RelayOff];

    /// <summary>Returns an event for a run that ended without a stop; null after a stop, and when there was no run.</summary>
    /// <exception cref="UserErrorException">The journal is damaged, foreign or newer, or cannot be read.</exception>
    public static DoorEvent? Read(string journal) => Of(Newest(journal, Runs), Newest(journal, Moves), Newest(journal));

    /// <summary>Decides from records. Pure.</summary>
    /// <param name="run">The newest start, sign of a run, or stop.</param>
    /// <param name="move">The newest record about the relay.</param>
    /// <param name="last">The newest record of all.</param>
    public static DoorEvent? Of(DoorEvent? run, DoorEvent? move, DoorEvent? last) => run is null or { Kind: DoorEventKind.Stopping } ? null
        : new DoorEvent(DoorEventKind.EndedWithoutStopping)
        {
            Detail = $"its last record is of {TimeOf(last ?? run)}, and {RelayThen(run, move)}",
        };

    private static string TimeOf(DoorEvent entry) =>
        entry.Time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? EventWords.OfTime(entry);

    private static string RelayThen(DoorEvent run, DoorEvent? move) => (move?.Sequence > run.Sequence ? move.Kind : null) switch
    {
        DoorEventKind.RelayOn => "the door was unlocked",
        DoorEventKind.Granted or DoorEventKind.OperatorUnlock => "the door was about to be unlocked",
        _ => "the relay was off",
    };

    /// <summary>Reads the newest record; null when there is none.</summary>
    /// <param name="journal">The file.</param>
    /// <param name="kinds">The accepted kinds; empty for every kind.</param>
    public static DoorEvent? Newest(string journal, params DoorEventKind[] kinds)
    {
        using JournalReader reader = new(journal, new JournalFilter(Kinds: kinds));
        return reader.Newest(1).SingleOrDefault();
    }
}
