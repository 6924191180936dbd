using DoorAgent.Events;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>The condition of a journal, for the operator of a door.</summary>
/// <param name="Newest">Number of the newest record; 0 when there is none.</param>
/// <param name="At">Time of the newest record; null when there is none, or its time cannot be read.</param>
/// <param name="Bytes">Size of the file and its write-ahead log.</param>
/// <param name="IsWhole">Whether every page was checked; of a large file only the newest record is read, as at the start.</param>
internal sealed record JournalHealth(long Newest, DateTimeOffset? At, long Bytes, bool IsWhole)
{
    /// <summary>Why a running door has not upgraded the journal, and what to do; null when the journal has the newest format.</summary>
    public string? Postponed { get; private init; }

    /// <summary>Checks a journal, also one of a running door.</summary>
    /// <exception cref="UserErrorException">The file is missing, damaged, not a journal, of a newer format or cannot be read; the message
    /// says what to do.</exception>
    public static JournalHealth Of(string path)
    {
        using JournalReader reader = new(path, new JournalFilter());
        DoorEvent? newest = reader.Last(1).Entries.SingleOrDefault();
        long bytes = new[] { path, path + "-wal" }.Select(file => new FileInfo(file)).Where(file => file.Exists).Sum(file => file.Length);
        bool isWhole = new FileInfo(path).Length <= JournalFile.CheckWholeUpTo;
        if (isWhole)
            RequireUndamaged(path);
        using SqliteConnection journal = JournalFile.OpenToRead(path);
        return new JournalHealth(newest?.Sequence ?? 0, newest?.Time, bytes, isWhole)
        {
            Postponed = JournalFile.Reading(path, () => JournalUpgrade.Postponed(journal, path)),
        };
    }

    private static void RequireUndamaged(string path)
    {
        using SqliteConnection connection = JournalFile.OpenToRead(path);
        if (JournalFile.Reading(path, () => Sqlite.FirstDamage(connection)) is { } finding)
            throw JournalFile.Damaged(path, finding, null);
    }
}
