using System.Diagnostics;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>The systemd unit that runs the door, where it is installed and this user may control it.</summary>
/// <param name="isOurs">Whether the unit is installed, reads the file that setup writes, and may be controlled.</param>
/// <param name="systemctl">Runs systemctl with arguments and returns its exit code.</param>
internal sealed class DoorUnit(bool isOurs, Func<IReadOnlyList<string>, int> systemctl)
{
    private const string Name = "dooragent.service";

    /// <summary>Whether setup may start and stop the unit.</summary>
    public bool IsOurs => isOurs;

    /// <summary>Whether the door runs and therefore holds its lines.</summary>
    public bool IsRunning => isOurs && systemctl(["is-active", "--quiet", Name]) == 0;

    /// <summary>Creates the unit of this machine, which needs systemd, the package and root.</summary>
    /// <param name="configuration">Path of the file that setup writes.</param>
    public static DoorUnit OfMachine(string configuration) => new(
        Libc.IsRoot && Directory.Exists("/run/systemd/system") && File.Exists($"/usr/lib/systemd/system/{Name}")
            && configuration == SettingsFile.SystemFile, Run);

    public void Stop() => systemctl(["stop", Name]);

    /// <summary>Starts the running unit again.</summary>
    /// <exception cref="UserErrorException">The unit does not start.</exception>
    public void Restart()
    {
        if (systemctl(["restart", Name]) != 0)
            throw new UserErrorException("The door does not start again and stays locked: 'journalctl -u dooragent -n 20' says why.");
    }

    public void Resume() => systemctl(["start", Name]);

    /// <summary>Starts the unit with the new file, now and at every start of the machine.</summary>
    /// <exception cref="UserErrorException">The unit does not start.</exception>
    public void Start()
    {
        if (systemctl(["enable", "--quiet", Name]) != 0 || systemctl(["restart", Name]) != 0)
            throw new UserErrorException("The configuration is written, but the door does not start with it and stays locked: "
                + "'journalctl -u dooragent -n 20' says why.");
    }

    private static int Run(IReadOnlyList<string> arguments)
    {
        using Process process = Process.Start("systemctl", arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
