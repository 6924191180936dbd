namespace DoorAgent.Diagnostics;

/// <summary>A mounted file system.</summary>
/// <param name="Device">What is mounted.</param>
/// <param name="Point">Where.</param>
/// <param name="IsReadOnly">Whether nothing can be written to it.</param>
internal sealed record Mount(string Device, string Point, bool IsReadOnly)
{
    /// <summary>The one that a path lies on; null when the table has none.</summary>
    /// <param name="path">Absolute.</param>
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
