namespace DoorAgent.Link.Metrics;

/// <summary>The file that node-exporter reads. The file is replaced as a whole, so that a reader sees the old metrics or the new
/// ones.</summary>
/// <param name="path">The file.</param>
internal sealed class MetricsFile(string path)
{
    private const UnixFileMode Everybody =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // node-exporter reads every name that ends with .prom.
    private string Part => path + ".part";

    /// <summary>Writes the file. Nothing waits for the disk: after a power cut the metrics are written again within seconds.</summary>
    /// <param name="metrics">The metrics of the door; null while it does not answer.</param>
    /// <exception cref="IOException">The directory does not exist, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public void Write(string? metrics)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Everybody,
        };
        using (StreamWriter writer = new(Part, options))
        {
            writer.Write($"""
                # HELP dooragent_up 1 while 'dooragent link' gets metrics from the door.
                # TYPE dooragent_up gauge
                dooragent_up {(metrics is null ? 0 : 1)}

                """.ReplaceLineEndings("\n"));
            writer.Write(metrics);
        }

        // The umask of the process may have taken permissions away.
        File.SetUnixFileMode(Part, Everybody);
        File.Move(Part, path, overwrite: true);
    }
}
