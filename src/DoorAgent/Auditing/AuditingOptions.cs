using DoorAgent.Hardware.Settings;

namespace DoorAgent.Auditing;

/// <summary>What becomes of the door when its journal cannot be written (behaviour.md, section 4), and where its log goes.</summary>
internal sealed class AuditingOptions : ICheckedOptions
{
    public static string Section => "Auditing";

    /// <value>deny (default): nobody is let in without a record; allow: the door goes on, with an alarm.</value>
    public OnAuditFailure OnFailure { get; set; } = OnAuditFailure.Deny;

    /// <value>A record that takes longer raises StorageSlow; 50 ms to 30 s, default 500 ms.</value>
    public TimeSpan SlowAfter { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <value>Whether the log's lines go to the console, under systemd to the journal; default true. Section Serilog adds others.</value>
    public bool LogToConsole { get; set; } = true;

    /// <value>Whether the log's lines go to the log's files; default true. Section Serilog adds others.</value>
    public bool LogToFiles { get; set; } = true;

    public void Check(OptionErrors errors)
    {
        errors.Require(Enum.IsDefined(OnFailure), nameof(OnFailure), OnFailure, "deny, allow");
        errors.Range(nameof(SlowAfter), SlowAfter, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(30));
    }
}

/// <summary>Whether a grant without a record is a denial.</summary>
internal enum OnAuditFailure
{
    Deny,
    Allow,
}
