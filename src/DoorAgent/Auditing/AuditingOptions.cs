using DoorAgent.Hardware.Settings;

namespace DoorAgent.Auditing;

/// <summary>The settings of the journal and the log (behaviour.md, section 4).</summary>
internal sealed class AuditingOptions : ICheckedOptions
{
    public static string Section => "Auditing";

    [Setting("What happens while the journal cannot be written: nobody is let in without a record "
        + "(deny), or the door goes on, with an alarm (allow).")]
    public OnAuditFailure OnFailure { get; set; } = OnAuditFailure.Deny;

    [Setting("A record that takes longer raises StorageSlow.", IsAdvanced = true), Range("50 ms", "30 s")]
    public TimeSpan SlowAfter { get; set; } = TimeSpan.FromMilliseconds(500);

    [Setting("Whether the log's lines go to the console, under systemd to the journal. Section Serilog adds other places.")]
    public bool LogToConsole { get; set; } = true;

    [Setting("Whether the log's lines go to the log's files. Section Serilog adds other places.")]
    public bool LogToFiles { get; set; } = true;

    [Setting("Of which attempts the door keeps a few pictures, for 'dooragent explain --event N': of denials, of all, or of none. They are "
        + "pictures of people: ask them.")]
    public KeepPictures KeepPictures { get; set; } = KeepPictures.None;

    [Setting("How long the pictures of an attempt are kept before the agent deletes them."), Range("1 d", "90 d")]
    public TimeSpan KeepPicturesFor { get; set; } = TimeSpan.FromDays(14);

    [Setting("How much space the pictures of attempts may take, in megabytes; the oldest ones are deleted first."), Range(1, 100_000)]
    public int KeepPicturesUpTo { get; set; } = 200;

    [Setting("How long records of the journal are kept before the door removes the oldest ones, with a signed statement that the door did "
        + "so; forever when it is not set. Recommended: 400 d. The newest 10,000 records always stay."), Range("7 d", "36500 d")]
    public TimeSpan? KeepFor { get; set; }

    [Setting("How much space the records of the journal may take, in megabytes, before the door removes the oldest ones; without a limit "
        + "when it is not set. Recommended: 500."), Range(10, 1_000_000)]
    public int? KeepMB { get; set; }

    [Setting("Folder into which records are written, with their proof, before the door removes them; they are removed only when that "
        + "succeeded. Not set: they are not archived.", IsAdvanced = true)]
    public string? ArchiveTo { get; set; }
}

/// <summary>Of which attempts pictures are kept.</summary>
internal enum KeepPictures
{
    None,
    Denials,
    All,
}

/// <summary>What the door does while the journal cannot be written.</summary>
internal enum OnAuditFailure
{
    Deny,
    Allow,
}
