using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Running;

/// <summary>
/// How the run before ended, as far as the journal tells. One that was stopped says so as its last word; after a power cut or a kill the
/// journal breaks off, and whoever looks after the door has to know whether the lock was released just then.
/// </summary>
internal static class PreviousEnd
{
    private static readonly DoorEventKind[] Runs = [DoorEventKind.Started, DoorEventKind.Stopping];

    // What is recorded before and after each move of the relay.
    private static readonly DoorEventKind[] Moves =
        [DoorEventKind.Granted, DoorEventKind.OperatorUnlock, DoorEventKind.GrantedDoorOpen, DoorEventKind.RelayOn, DoorEventKind.RelayOff];

    /// <summary>What is to be recorded of it; null when it was stopped, or when there was none.</summary>
    /// <exception cref="UserErrorException">The journal is damaged, foreign or newer, or cannot be read.</exception>
    public static DoorEvent? Read(string journal) => Of(Newest(journal, Runs), Newest(journal, Moves), Newest(journal));

    /// <summary>The same from records. Pure.</summary>
    /// <param name="run">The newest start or stop.</param>
    /// <param name="move">The newest record about the relay.</param>
    /// <param name="last">The newest record of all.</param>
    public static DoorEvent? Of(DoorEvent? run, DoorEvent? move, DoorEvent? last) => run?.Kind != DoorEventKind.Started ? null
        : new DoorEvent(DoorEventKind.EndedWithoutStopping) { Detail = $"its last record is of {TimeOf(last ?? run)}, and {RelayThen(run, move)}" };

    private static string TimeOf(DoorEvent entry) => entry.Time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? EventWords.OfTime(entry);

    private static string RelayThen(DoorEvent run, DoorEvent? move) => (move?.Sequence > run.Sequence ? move.Kind : null) switch
    {
        DoorEventKind.RelayOn => "the door was unlocked",
        DoorEventKind.Granted or DoorEventKind.OperatorUnlock => "the door was about to be unlocked",
        _ => "the relay was off",
    };

    /// <summary>The newest record; null when there is none.</summary>
    /// <param name="journal">The file.</param>
    /// <param name="kinds">Of any of these kinds; none for any.</param>
    public static DoorEvent? Newest(string journal, params DoorEventKind[] kinds)
    {
        using JournalReader reader = new(journal, new JournalFilter(Kinds: kinds));
        return reader.Newest(1).SingleOrDefault();
    }
}
