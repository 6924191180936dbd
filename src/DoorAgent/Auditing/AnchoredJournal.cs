using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>Compares a journal with a head that is kept outside of it.</summary>
internal static class AnchoredJournal
{
    private const int FirstFormat = 4;

    /// <summary>Says what a journal lacks that a head says it had.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="newest">The newest record that is known outside of the journal.</param>
    /// <returns>Why the journal is older or another one, as the end of a sentence that begins with the journal; null when it has that
    /// record, or archived it.</returns>
    /// <exception cref="UserErrorException">The journal cannot be read.</exception>
    public static string? FaultOf(string path, JournalHead newest)
    {
        if (!Permission.Exists(path))
            return RollbackRule.FaultOf(null, newest);
        return JournalFile.Reading(path, () =>
        {
            using SqliteConnection journal = JournalFile.OpenToRead(path);
            if (JournalSchema.Format(journal) < FirstFormat)
                return RollbackRule.FaultOf(null, newest);
            long last = Sqlite.Number(journal, "SELECT ifnull(max(sequence), 0) FROM event");
            if (last < newest.Sequence)
                return RollbackRule.FaultOf(new JournalHead(last, null), newest);
            if (Sqlite.Scalar(journal, "SELECT ifnull(hex(mac), '') FROM event WHERE sequence = $at",
                ("$at", newest.Sequence)) is string mac)
                return RollbackRule.FaultOf(newest with { Mac = mac.ToLowerInvariant() }, newest);
            return Sqlite.Number(journal, "SELECT count(*) FROM segment WHERE $at BETWEEN first AND last", ("$at", newest.Sequence)) > 0
                ? null : RollbackRule.FaultOf(null, newest);
        });
    }
}
