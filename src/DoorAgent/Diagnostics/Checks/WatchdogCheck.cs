namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks what restarts the door: systemd's unit with its watchdog, and the board's watchdog.</summary>
internal sealed class WatchdogCheck : ICheck
{
    private const string Unit = "dooragent.service";

    private static readonly string[] UnitFolders = ["/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system",
        "/usr/lib/systemd/system", "/lib/systemd/system"];

    private static readonly string[] ManagerFolders = ["/etc/systemd/system.conf.d", "/run/systemd/system.conf.d",
        "/usr/lib/systemd/system.conf.d"];

    public string Name => "watchdog";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        Machine machine = door.Machine;
        if (UnitFolders.Select(folder => machine.Text($"{folder}/{Unit}")).FirstOrDefault(text => text is not null) is not { } unit)
        {
            if (door.IsReal)
                findings.Warn("no unit is installed: nothing starts the door after a power cut",
                    "Install the package: 'sudo apt-get install ./dooragent_VERSION_ARCH.deb', then 'sudo dooragent setup'.");
            else
                findings.Ok("no unit is installed, and a simulated door does not need one");
            return Task.CompletedTask;
        }

        if (machine.In("/etc/systemd/system/multi-user.target.wants", Unit).Count > 0)
            findings.Ok("the unit is installed and starts with the machine");
        else
            findings.Warn("the unit is installed and does not start with the machine", "'sudo systemctl enable --now dooragent'.");
        string all = string.Join('\n', UnitFolders.SelectMany(folder => machine.In($"{folder}/{Unit}.d", "*.conf")).Select(machine.Text)
            .Prepend(unit));
        if (Last(all, "WatchdogSec") is { } patience and not ("0" or ""))
            findings.Ok($"systemd restarts the door when it hangs (WatchdogSec {patience})");
        else
            findings.Warn("systemd does not notice a door that hangs", "'sudo systemctl edit dooragent': [Service] WatchdogSec=30");
        CheckBoard(machine, findings);
        return Task.CompletedTask;
    }

    private static void CheckBoard(Machine machine, Findings findings)
    {
        if (!machine.Exists("/dev/watchdog"))
        {
            findings.Ok("the board has no watchdog (/dev/watchdog)");
            return;
        }

        string manager = string.Join('\n', ManagerFolders.SelectMany(folder => machine.In(folder, "*.conf"))
            .Prepend("/etc/systemd/system.conf").Select(machine.Text));
        if (Last(manager, "RuntimeWatchdogSec") is { } time and not ("0" or "off" or ""))
            findings.Ok($"the board's watchdog restarts it when the kernel hangs (RuntimeWatchdogSec {time})");
        else
            findings.Warn("nothing uses the board's watchdog: nothing restarts a kernel that hangs",
                "Put RuntimeWatchdogSec=15 under [Manager] into /etc/systemd/system.conf.d/watchdog.conf, "
                    + "then 'sudo systemctl daemon-reexec'.");
    }

    /// <summary>Returns the last value of a key; lines that begin with # are comments.</summary>
    private static string? Last(string text, string key) => text.Split('\n').Select(line => line.Trim())
        .Where(line => line.StartsWith($"{key}=", StringComparison.Ordinal)).Select(line => line[(key.Length + 1)..].Trim())
        .LastOrDefault();
}
