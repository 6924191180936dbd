using System.Globalization;

namespace DoorAgent.Hardware.Cameras.Linux;

/// <summary>A process that has a device open.</summary>
/// <param name="Id">The process id.</param>
/// <param name="Name">The process name from /proc.</param>
internal sealed record DeviceHolder(int Id, string Name)
{
    /// <summary>Lists the processes that have a device open, as far as this user may see; this process is included.</summary>
    public static IReadOnlyList<DeviceHolder> Of(string device)
    {
        List<DeviceHolder> holders = [];
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && Holds(process, device))
            {
                holders.Add(new DeviceHolder(id, NameOf(process)));
            }
        }

        return holders;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}, process {Id}");

    private static bool Holds(string process, string device)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd")).Any(open => new FileInfo(open).LinkTarget == device);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // The process belongs to another user or has just ended.
            return false;
        }
    }

    private static string NameOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (IOException)
        {
            return "a program that has just ended";
        }
    }
}
