using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Operating;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>The journal opens whole, does not outgrow the card, and the running door writes to it.</summary>
internal sealed class JournalCheck : ICheck
{
    /// <summary>Above this size in bytes it should be set aside: a record is 150 bytes, so this is years.</summary>
    public const long Large = 500_000_000;

    public string Name => "journal";

    public Task LookAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        string path = door.Places.JournalFile;
        if (!door.Has(path))
        {
            if (door.Running is null)
                findings.Ok("there is none yet: the first start begins it");
            else
                findings.Fault($"the door runs, and its journal {path} is gone", "Start it again, which begins another: 'systemctl restart dooragent'. Who took it away?");
            return Task.CompletedTask;
        }

        JournalHealth health = JournalHealth.Of(path);
        findings.Ok(string.Create(CultureInfo.InvariantCulture,
            $"{(health.IsWhole ? "whole" : "opens")}: {health.Newest:#,0} records, {health.Bytes / 1e6:#,0.0} MB, the last {Age(health.At, door.Time.GetUtcNow())}"));
        if (health.Bytes > Large)
            findings.Warn("it is large", $"Set it aside; the next start begins a new one: systemctl stop dooragent; mkdir {path}.aside; mv {path} {path}-* {path}.aside/; systemctl start dooragent");
        if (health.At > door.Time.GetUtcNow() + TimeSpan.FromMinutes(1))
            findings.Warn("its last record is of a time to come", "The clock was wrong then, or is wrong now: 'timedatectl' shows it.");
        if (door.Running is { } running)
            LookAtGrowth(running, health, findings);
        return Task.CompletedTask;
    }

    /// <summary>What the door tells of itself stands in this file too: that it does not is a full disk, or a file put in its place.</summary>
    private static void LookAtGrowth(DoorStatus running, JournalHealth health, Findings findings)
    {
        long said = running.Events.Select(made => made.Sequence).DefaultIfEmpty().Max();
        if (said <= health.Newest)
            findings.Ok("the running door writes to it");
        else
            findings.Fault($"the running door is at event {said}, and the journal ends at {health.Newest}", "Is the disk full, or was the file replaced? 'df -h' shows room; then 'systemctl restart dooragent'.");
    }

    private static string Age(DateTimeOffset? at, DateTimeOffset now) => at is not { } then ? "of no readable time" : (now - then) switch
    {
        { TotalDays: >= 2 } age => $"{age.Days} days ago",
        { TotalHours: >= 2 } age => $"{(int)age.TotalHours} h ago",
        { TotalMinutes: >= 2 } age => $"{(int)age.TotalMinutes} min ago",
        _ => "just now",
    };
}
