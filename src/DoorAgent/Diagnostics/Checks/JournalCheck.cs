using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Operating;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks that the journal is intact, not too large, and written by the running door.</summary>
internal sealed class JournalCheck : ICheck
{
    /// <summary>Size in bytes above which old records should be removed; a record has 150 bytes, so this takes years.</summary>
    public const long Large = 500_000_000;

    public string Name => "journal";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        string path = door.Places.JournalFile;
        if (!door.DataFileExists(path))
        {
            if (door.Running is null)
                findings.Ok("there is no journal yet: the first start creates it");
            else
                findings.Fault($"the door runs, and its journal {path} is gone",
                    "Restart the door, which creates a new journal: 'systemctl restart dooragent'. Who removed it?");
            return Task.CompletedTask;
        }

        JournalHealth health = JournalHealth.Of(path);
        findings.Ok(string.Create(CultureInfo.InvariantCulture,
            $"{(health.IsWhole ? "intact" : "opens")}: {health.Newest:#,0} records, {health.Bytes / 1e6:#,0.0} MB, the last "
                + $"{Age(health.At, door.Time.GetUtcNow())}"));
        CheckRetention(door.Settings?.Auditing ?? new AuditingOptions(), health, findings);
        if (health.At > door.Time.GetUtcNow() + TimeSpan.FromMinutes(1))
            findings.Warn("the last record has a time in the future", "The clock was wrong then or is wrong now: 'timedatectl' shows it.");
        if (door.Running is { } running)
        {
            CheckGrowth(running, health, findings);
            if (health.Postponed is { } postponed)
                findings.Warn("the journal has an older format", postponed + ".");
        }

        return Task.CompletedTask;
    }

    private static void CheckRetention(AuditingOptions options, JournalHealth health, Findings findings)
    {
        const string recommended = "Auditing:KeepFor 400d, Auditing:KeepMB 500, with Auditing:ArchiveTo for an archive";
        if (options is not { KeepFor: null, KeepMB: null })
            return;
        if (health.Bytes > Large)
            findings.Warn("the journal is large, and its records are kept forever", $"Let the door remove old ones: {recommended}.");
        else
            findings.Ok($"records are kept forever; recommended: {recommended}");
    }

    /// <summary>Compares the running door's last event with the file: a missing event means a full disk or a replaced file.</summary>
    private static void CheckGrowth(DoorStatus running, JournalHealth health, Findings findings)
    {
        long said = running.Events.Select(made => made.Sequence).DefaultIfEmpty().Max();
        if (said <= health.Newest)
            findings.Ok("the running door writes to it");
        else
            findings.Fault($"the running door is at event {said}, and the journal ends at {health.Newest}",
                "Is the disk full, or was the file replaced? 'df -h' shows room; then 'systemctl restart dooragent'.");
    }

    private static string Age(DateTimeOffset? at, DateTimeOffset now) => at is not { } then ? "of no readable time" : (now - then) switch
    {
        { TotalDays: >= 2 } age => $"{age.Days} days ago",
        { TotalHours: >= 2 } age => $"{(int)age.TotalHours} h ago",
        { TotalMinutes: >= 2 } age => $"{(int)age.TotalMinutes} min ago",
        _ => "just now",
    };
}
