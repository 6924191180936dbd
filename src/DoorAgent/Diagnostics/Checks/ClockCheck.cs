using System.Globalization;
using DoorAgent.Decisions;
using DoorAgent.Schedules;
using DoorAgent.Settings;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>The wall clock: set, kept by a time server, in the door's zone. Schedules and records go by it.</summary>
internal sealed class ClockCheck : ICheck
{
    private const string Server = "Let it reach a time server: 'sudo timedatectl set-ntp true'; behind a firewall name one in /etc/systemd/timesyncd.conf.";

    public string Name => "clock";

    public async Task LookAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        DecisionOptions decisions = door.Options<DecisionOptions>();
        TimeZoneInfo zone = decisions.ZoneBy(door.Time);
        DateTimeOffset now = TimeZoneInfo.ConvertTime(door.Time.GetUtcNow(), zone);
        string words = now.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
        if (now < BuildInfo.Date)
            findings.Fault($"it was never set: it says {words}, and this program was built on {BuildInfo.Date:yyyy-MM-dd}; whoever has hours or dates is refused", Server);
        else
            findings.Ok($"{words} ({zone.Id})");
        switch (await IsKeptAsync(door.Machine, cancellationToken))
        {
            case true:
                findings.Ok("kept by a time server");
                break;
            case false:
                findings.Warn("not kept by a time server", Server);
                break;
            default:
                findings.Warn("nothing here says whether a time server keeps it", "Look at what sets it ('timedatectl', 'chronyc tracking').");
                break;
        }

        if (decisions.ZoneProblemBy(door.Time) is { } problem)
            findings.Fault($"{problem}; whoever has hours or dates is refused", SystemZone.Remedy + ".");
        else if (decisions.TimeZone is null && zone.BaseUtcOffset == TimeSpan.Zero && door.Options<ScheduleOptions>().Count > 0)
            findings.Warn($"schedules are read in {zone.Id}", "Where the door is elsewhere: 'sudo timedatectl set-timezone Europe/Berlin', or Decisions:TimeZone.");
    }

    /// <summary>Whether the system says that its clock is synchronised; null when it does not say.</summary>
    private static async Task<bool?> IsKeptAsync(Machine machine, CancellationToken cancellationToken)
    {
        if (machine.Exists("/run/systemd/timesync/synchronized"))
            return true;
        string? said = await machine.AskAsync("timedatectl", ["show", "--property=NTPSynchronized", "--value"], cancellationToken);
        return said switch
        {
            "yes" => true,
            "no" => false,
            _ => null,
        };
    }
}
