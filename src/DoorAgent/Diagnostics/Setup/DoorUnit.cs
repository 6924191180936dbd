using System.Diagnostics;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>The unit that runs the door, where there is one and we may say so.</summary>
/// <param name="isOurs">Whether it is installed and reads the file that is written.</param>
/// <param name="systemctl">Runs systemctl with arguments and returns its exit code.</param>
internal sealed class DoorUnit(bool isOurs, Func<IReadOnlyList<string>, int> systemctl)
{
    private const string Name = "dooragent.service";

    /// <summary>Whether it can be started and stopped here.</summary>
    public bool IsOurs => isOurs;

    /// <summary>Whether the door is at work, and so holds its lines.</summary>
    public bool IsRunning => isOurs && systemctl(["is-active", "--quiet", Name]) == 0;

    /// <summary>The unit of this machine: with systemd, the package and root's rights.</summary>
    /// <param name="configuration">The file that is written.</param>
    public static DoorUnit OfMachine(string configuration) => new(
        Libc.IsRoot && Directory.Exists("/run/systemd/system") && File.Exists($"/usr/lib/systemd/system/{Name}") && configuration == SettingsFile.SystemFile, Run);

    public void Stop() => systemctl(["stop", Name]);

    public void Resume() => systemctl(["start", Name]);

    /// <summary>Starts it with the new file, now and at every start of the machine.</summary>
    /// <exception cref="UserErrorException">It does not start.</exception>
    public void Start()
    {
        if (systemctl(["enable", "--quiet", Name]) != 0 || systemctl(["restart", Name]) != 0)
            throw new UserErrorException("The configuration is written, and the door does not start with it, so it stays locked: 'journalctl -u dooragent -n 20' says why.");
    }

    private static int Run(IReadOnlyList<string> arguments)
    {
        using Process process = Process.Start("systemctl", arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
