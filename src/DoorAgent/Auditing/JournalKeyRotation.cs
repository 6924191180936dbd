using DoorAgent.Sealing;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>Replaces the key of a journal's chain.</summary>
internal static class JournalKeyRotation
{
    /// <summary>Replaces the door's key, in one transaction: the old key signs what it covers and endorses the new one, and the chain keys
    /// of earlier records are sealed under the new key. May be repeated; does nothing to a journal without a chain. No door may
    /// run.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="old">The old key.</param>
    /// <param name="next">The new key.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UserErrorException">The journal cannot be used.</exception>
    /// <exception cref="SqliteException">The journal cannot be written; it is unchanged.</exception>
    /// <exception cref="BrokenSealException">A chain key in the journal was changed.</exception>
    /// <returns>Whether the journal has a chain.</returns>
    public static bool Run(string path, DoorKey old, DoorKey next, TimeProvider time)
    {
        using SqliteConnection journal = JournalFile.OpenToAppend(path, check: false, mayUpgrade: true);
        if (JournalSchema.Format(journal) < JournalChain.FirstFormat)
            return false;
        using SqliteTransaction all = journal.BeginTransaction(deferred: false);
        KeyRing keys = new([next, old], null);
        if (JournalKeyRow.ReadAll(journal) is [.., var newest] && newest.Key == old.Id && old.Id != next.Id)
        {
            (JournalChain before, _) = JournalChainStart.OpenWithin(journal, keys, time);
            using JournalChain after = new(next, time);
            before.WriteCheckpoint(journal, CheckpointReason.Rotation);
            after.StartAfter(Checkpoint.Newest(journal), before.LastSequence);
            after.WriteKey(journal, before.Signer);
            before.Dispose();
        }

        foreach (JournalKeyRow row in JournalKeyRow.ReadAll(journal).Where(row => row.SealedBy != next.Id))
            row.SealedAgain(keys, next).WriteSeal(journal);
        all.Commit();
        return true;
    }
}
