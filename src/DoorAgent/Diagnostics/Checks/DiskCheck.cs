using System.Globalization;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Where gallery and journal lie: room, writable, and signs of a card that wears out.</summary>
internal sealed class DiskCheck : ICheck
{
    /// <summary>With less free, in bytes, records will soon be lost.</summary>
    public const long Little = 100_000_000;

    /// <summary>With less free, in bytes, somebody should make room.</summary>
    public const long Scarce = 500_000_000;

    private const string MakeRoom = "Make room: 'sudo journalctl --vacuum-size=100M', 'sudo apt-get clean'; 'sudo du -xh / | sort -h | tail' shows what takes it.";

    private const string NewCard = "Copy the people away ('dooragent people export FILE') and put in a new card before it fails.";

    public string Name => "disk";

    public Task LookAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        string place = Existing(door.Places.Data);
        LookAtRoom(new DriveInfo(place).AvailableFreeSpace, place, findings);
        Mount? mount = Mount.Of(place, door.Machine.Text("/proc/mounts") ?? "");
        if (mount is { IsReadOnly: true })
            findings.Fault($"{mount.Point} ({mount.Device}) is mounted read-only, so nothing can be recorded", $"Was that chosen (fstab, overlay)? Else the kernel did it after an error: 'dmesg | grep {Path.GetFileName(mount.Device)}'. {NewCard}");
        LookAtWear(door.Machine, findings);
        return Task.CompletedTask;
    }

    /// <summary>Judges free bytes.</summary>
    public static void LookAtRoom(long free, string place, Findings findings)
    {
        string words = string.Create(CultureInfo.InvariantCulture, $"{free / 1e9:0.0} GB free at {place}");
        if (free < Little)
            findings.Fault(words, MakeRoom);
        else if (free < Scarce)
            findings.Warn(words, MakeRoom);
        else
            findings.Ok(words);
    }

    /// <summary>What soldered memory and file systems tell of themselves; an SD card tells nothing until it fails.</summary>
    private static void LookAtWear(Machine machine, Findings findings)
    {
        foreach (string device in machine.In("/sys/block", "mmcblk*"))
        {
            // eMMC 5.0 (JESD84-B50), EXT_CSD 268 and 269: tenths of its life that are used, 1 to 11, once for each kind of cell.
            int tenths = (machine.Text($"{device}/device/life_time") ?? "").Split(' ').Select(Hexadecimal).Max();
            if (tenths >= 9)
                findings.Warn($"{Path.GetFileName(device)} has used {(tenths - 1) * 10} % or more of its life", NewCard);
        }

        foreach (string system in machine.In("/sys/fs/ext4", "*"))
        {
            if (long.TryParse(machine.Text($"{system}/errors_count"), out long errors) && errors > 0)
                findings.Warn($"the file system on {Path.GetFileName(system)} counts {errors} errors", $"Have it checked at the next start (fsck.mode=force in cmdline.txt, once). {NewCard}");
        }
    }

    private static int Hexadecimal(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) && int.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int value) ? value : 0;

    private static string Existing(string path) => Directory.Exists(path) ? path : Existing(Path.GetDirectoryName(path)!);
}
