using System.Globalization;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks the disk of gallery and journal: free space, write access, and signs of wear.</summary>
internal sealed class DiskCheck : ICheck
{
    /// <summary>Free bytes below which records will soon be lost.</summary>
    public const long Little = 100_000_000;

    /// <summary>Free bytes below which somebody should make room.</summary>
    public const long Scarce = 500_000_000;

    private const string MakeRoom = "Make room: 'sudo journalctl --vacuum-size=100M', 'sudo apt-get clean'; "
        + "'sudo du -xh / | sort -h | tail' shows what uses the space.";

    private const string NewCard = "Copy the people away ('dooragent people export FILE') and put in a new card before it fails.";

    public string Name => "disk";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        string place = Existing(door.Places.Data);
        CheckRoom(new DriveInfo(place).AvailableFreeSpace, place, findings);
        Mount? mount = Mount.Of(place, door.Machine.Text("/proc/mounts") ?? "");
        if (mount is { IsReadOnly: true })
            findings.Fault($"{mount.Point} ({mount.Device}) is mounted read-only, so nothing can be recorded",
                $"Was that intended (fstab, overlay)? If not, the kernel did it after an error: 'dmesg | grep "
                    + $"{Path.GetFileName(mount.Device)}'. {NewCard}");
        CheckWear(door.Machine, findings);
        return Task.CompletedTask;
    }

    /// <summary>Judges the number of free bytes.</summary>
    public static void CheckRoom(long free, string place, Findings findings)
    {
        string words = string.Create(CultureInfo.InvariantCulture, $"{free / 1e9:0.0} GB free at {place}");
        if (free < Little)
            findings.Fault(words, MakeRoom);
        else if (free < Scarce)
            findings.Warn(words, MakeRoom);
        else
            findings.Ok(words);
    }

    /// <summary>Reads the wear that eMMC memory and file systems report; an SD card reports nothing until it fails.</summary>
    private static void CheckWear(Machine machine, Findings findings)
    {
        foreach (string device in machine.In("/sys/block", "mmcblk*"))
        {
            // eMMC 5.0 (JESD84-B50), EXT_CSD 268 and 269: used tenths of the lifetime, 1 to 11, for each kind of cell.
            int tenths = (machine.Text($"{device}/device/life_time") ?? "").Split(' ').Select(Hexadecimal).Max();
            if (tenths >= 9)
                findings.Warn($"{Path.GetFileName(device)} has used {(tenths - 1) * 10} % or more of its lifetime", NewCard);
        }

        foreach (string system in machine.In("/sys/fs/ext4", "*"))
        {
            if (long.TryParse(machine.Text($"{system}/errors_count"), out long errors) && errors > 0)
                findings.Warn($"the file system on {Path.GetFileName(system)} counts {errors} errors",
                    $"Have it checked at the next start (fsck.mode=force in cmdline.txt, once). {NewCard}");
        }
    }

    private static int Hexadecimal(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int value) ? value : 0;

    private static string Existing(string path) => Directory.Exists(path) ? path : Existing(Path.GetDirectoryName(path)!);
}

/// <summary>A mounted file system.</summary>
/// <param name="Device">The mounted device.</param>
/// <param name="Point">The mount point.</param>
/// <param name="IsReadOnly">Whether the file system is mounted read-only.</param>
internal sealed record Mount(string Device, string Point, bool IsReadOnly)
{
    /// <summary>Finds the file system of a path; null when the table has none.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="table">As /proc/mounts: device, point, type and options a line, blanks as \040. Of two on one point the later lies
    /// above.</param>
    public static Mount? Of(string path, string table) => table.Split('\n')
        .Select(line => line.Split(' '))
        .Where(row => row.Length >= 4)
        .Select(row => new Mount(row[0], row[1].Replace("\\040", " ", StringComparison.Ordinal), row[3].Split(',').Contains("ro")))
        .Where(mount => mount.Point == "/" || path == mount.Point || path.StartsWith(mount.Point + '/', StringComparison.Ordinal))
        .Reverse()
        .MaxBy(mount => mount.Point.Length);
}
