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
}

/// <summary>What the door does while the journal cannot be written.</summary>
internal enum OnAuditFailure
{
    Deny,
    Allow,
}
