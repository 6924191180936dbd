using DoorAgent.Storage;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Who may read what: the data are their owner's only, and the door's user can open its configuration and devices.</summary>
internal sealed class PermissionsCheck : ICheck
{
    private const string ServiceUser = "dooragent";

    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly string[] Groups = ["gpio", "video", "dialout", "input", "i2c", "spi"];

    private static readonly (string Pattern, string Group)[] Devices = [("gpiochip*", "gpio"), ("video*", "video"), ("i2c-*", "i2c"), ("spidev*", "spi")];

    public string Name => "permissions";

    public Task LookAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        Accounts accounts = new(door.Machine);
        LookAtData(door.Places.Data, accounts, findings);
        if (accounts.HasUser(ServiceUser))
            LookAtUser(door, accounts, findings);
        return Task.CompletedTask;
    }

    private static void LookAtData(string data, Accounts accounts, Findings findings)
    {
        if (Libc.Stat(data) is not { } folder)
        {
            findings.Warn($"there is no directory {data} yet", "The first 'dooragent people add' makes it; or name another with --data.");
            return;
        }

        string owner = accounts.UserOf(folder.Owner);
        if ((File.GetUnixFileMode(data) & OfOthers) != 0)
            findings.Fault($"others than {owner} may look into {data}", $"Take it from them: 'sudo chmod 700 {data}'.");
        foreach (string path in Directory.EnumerateFiles(data).Order(StringComparer.Ordinal))
        {
            if (Libc.Stat(path) is { } file && file.Owner != folder.Owner)
                findings.Fault($"{path} belongs to {accounts.UserOf(file.Owner)}, and the directory to {owner}", $"Give it back: 'sudo chown --reference={data} {path}'.");
            else if (File.Exists(path) && (File.GetUnixFileMode(path) & OfOthers) != 0)
                findings.Fault($"others than {owner} may read {path}", $"Take it from them: 'sudo chmod 600 {path}'.");
        }

        if (findings.All.Count == 0)
            findings.Ok($"{data} is {owner}'s only");
    }

    private static void LookAtUser(DoctorContext door, Accounts accounts, Findings findings)
    {
        IReadOnlySet<string> groups = accounts.GroupsOf(ServiceUser);
        string[] missing = [.. Groups.Where(group => !groups.Contains(group))];
        if (missing.Length > 0)
            findings.Warn($"the user {ServiceUser} is not in {string.Join(", ", missing)}", $"'sudo usermod -aG {string.Join(',', missing)} {ServiceUser}', then 'sudo systemctl restart dooragent'.");
        else
            findings.Ok($"the user {ServiceUser} is in {string.Join(", ", Groups)}");
        if (door.SettingsFile is { } file && Libc.Stat(door.Machine.At(file)) is { } facts
            && !MayRead(File.GetUnixFileMode(door.Machine.At(file)), accounts.UserOf(facts.Owner), accounts.GroupOf(facts.Group), groups))
        {
            findings.Fault($"the user {ServiceUser} may not read {file}", $"'sudo chgrp {ServiceUser} {file}; sudo chmod 640 {file}'.");
        }

        foreach ((string pattern, string group) in Devices)
        {
            foreach (string device in door.Machine.In("/dev", pattern))
            {
                if (Libc.Stat(door.Machine.At(device)) is { } node && accounts.GroupOf(node.Group) != group)
                    findings.Warn($"{device} belongs to the group {accounts.GroupOf(node.Group)}, not {group}: the user {ServiceUser} cannot open it", "The package's udev rule does that: 'sudo udevadm control --reload; sudo udevadm trigger', or start the machine again.");
            }
        }
    }

    private static bool MayRead(UnixFileMode mode, string owner, string group, IReadOnlySet<string> groups) => mode.HasFlag(
        owner == ServiceUser ? UnixFileMode.UserRead : groups.Contains(group) ? UnixFileMode.GroupRead : UnixFileMode.OtherRead);
}
