using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Hardware;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>
/// Finds out at the start and once a day which records of the journal are to be removed, and archives them where the settings say so. The
/// decision loop, which alone writes the journal, removes them block by block while nobody stands at the door.
/// </summary>
internal sealed class JournalUpkeep(string journal, KeyRing keys, AuditingOptions options, Mailbox<DoorMessage> inbox, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>Works at once and then daily until it is cancelled.</summary>
    public Task RunAsync(CancellationToken stopping) => PeriodicWork.RunAsync(Look, Interval, time, stopping);

    private void Look()
    {
        try
        {
            if (keys.Newest is null && options is not { KeepFor: null, KeepMB: null })
                inbox.Post(new DoorMessage.Warned("old records of the journal are not removed: the door signs what it removes, and "
                    + (keys.Absence ?? "it has no key. 'sudo dooragent key create' makes one")));
            else if (JournalRetention.Due(journal, options, time.GetUtcNow()) is { } due)
                inbox.Post(new DoorMessage.RecordsDue(due, options.ArchiveTo is { } folder ? Archived(due, folder) : null));
        }
        catch (Exception failure) when (failure is UserErrorException or IOException or UnauthorizedAccessException)
        {
            inbox.Post(new DoorMessage.Failed($"old records of the journal could not be archived, and stay: {failure.Message}"));
        }
    }

    private string Archived(long upTo, string folder)
    {
        DataDirectory.Ensure(folder, "Auditing:ArchiveTo");
        string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"journal-to-{upTo:D12}.jsonl"));
        if (!File.Exists(ExportProof.PathOf(file)))
            new JournalExport(journal, keys, time).Run(file, ExportFormat.Jsonl, since: null, upTo);
        return file;
    }
}
