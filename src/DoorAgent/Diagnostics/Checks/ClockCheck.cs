using System.Globalization;
using DoorAgent.Decisions;
using DoorAgent.Schedules;
using DoorAgent.Settings;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks that the wall clock, which schedules and records depend on, is set, synchronised, and in the door's time zone.</summary>
internal sealed class ClockCheck : ICheck
{
    private const string Server =
        "Let the machine reach a time server: 'sudo timedatectl set-ntp true'; behind a firewall name one in /etc/systemd/timesyncd.conf.";

    public string Name => "clock";

    public async Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        DecisionOptions decisions = door.Options<DecisionOptions>();
        TimeZoneInfo zone = decisions.ZoneBy(door.Time);
        DateTimeOffset now = TimeZoneInfo.ConvertTime(door.Time.GetUtcNow(), zone);
        string words = now.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
        if (now < BuildInfo.Date)
            findings.Fault($"the clock was never set: it says {words}, and this program was built on {BuildInfo.Date:yyyy-MM-dd}; "
                + $"everyone with hours or dates is denied", Server);
        else
            findings.Ok($"{words} ({zone.Id})");
        switch (await IsSynchronisedAsync(door.Machine, cancellationToken))
        {
            case true:
                findings.Ok("synchronised by a time server");
                break;
            case false:
                findings.Warn("not synchronised by a time server", Server);
                break;
            default:
                findings.Warn("nothing here says whether a time server synchronises the clock",
                    "Check what sets the clock ('timedatectl', 'chronyc tracking').");
                break;
        }

        if (decisions.ZoneProblemBy(door.Time) is { } problem)
            findings.Fault($"{problem}; everyone with hours or dates is denied", SystemZone.Remedy + ".");
        else if (decisions.TimeZone is null && zone.BaseUtcOffset == TimeSpan.Zero && door.Options<ScheduleOptions>().Count > 0)
            findings.Warn($"schedules are read in {zone.Id}",
                "If the door is in another zone: 'sudo timedatectl set-timezone Europe/Berlin', or Decisions:TimeZone.");
    }

    /// <summary>Returns whether the system reports a synchronised clock; null when the system does not say.</summary>
    private static async Task<bool?> IsSynchronisedAsync(Machine machine, CancellationToken cancellationToken)
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
