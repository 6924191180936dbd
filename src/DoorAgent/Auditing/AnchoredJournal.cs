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

    /// <summary>Says what a journal lacks that an anchor says it had, now or earlier.</summary>
    /// <returns>The end of a sentence that begins with the journal; null when nothing is missing.</returns>
    /// <exception cref="UserErrorException">The journal or the anchor cannot be read.</exception>
    public static string? FaultOf(string path, Anchor anchor) =>
        (FirstMissing(path, anchor.Journals()) ?? anchor.Read()?.Journal) is { } head ? FaultOf(path, head) : null;

    /// <summary>Returns the first of several heads that a journal lacks and did not archive; null when it has all.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="heads">Heads that are known outside of the journal, each with a mac.</param>
    /// <exception cref="UserErrorException">The journal cannot be read.</exception>
    public static JournalHead? FirstMissing(string path, IReadOnlyList<JournalHead> heads) =>
        heads.Count == 0 || !Permission.Exists(path) ? heads.FirstOrDefault() : JournalFile.Reading(path, () =>
        {
            using SqliteConnection journal = JournalFile.OpenToRead(path);
            if (JournalSchema.Format(journal) < FirstFormat)
                return heads[0];
            using SqliteCommand command = Sqlite.Command(journal, """
                SELECT EXISTS (SELECT 1 FROM event WHERE sequence = $at AND hex(mac) = upper($mac))
                    OR EXISTS (SELECT 1 FROM segment WHERE $at BETWEEN first AND last)
                """, ("$at", 0L), ("$mac", ""));
            return heads.FirstOrDefault(head =>
            {
                (command.Parameters["$at"].Value, command.Parameters["$mac"].Value) = (head.Sequence, head.Mac);
                return command.ExecuteScalar() is 0L;
            });
        });
}
