using System.Globalization;

namespace DoorAgent.Soak;

/// <summary>What one sample of the running door shows; sizes in bytes.</summary>
/// <param name="At">Time since the door was ready.</param>
/// <param name="Rss">Memory of the process that is in RAM.</param>
/// <param name="Heap">Size of the managed heap after the last collection.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Threads of the process.</param>
/// <param name="JournalWal">Size of the journal's write-ahead log.</param>
/// <param name="GalleryWal">Size of the gallery's write-ahead log.</param>
/// <param name="Journal">Size of the journal.</param>
/// <param name="Logs">Size of all log files.</param>
/// <param name="FrameRate">Frames per second, as the door says.</param>
/// <param name="Events">Number of the last event in the journal.</param>
/// <param name="Load">Load of the machine: processes that want to run, over the last minute.</param>
internal sealed record Sample(TimeSpan At, long Rss, long Heap, int Handles, int Threads, long JournalWal, long GalleryWal, long Journal,
    long Logs, double FrameRate, long Events, double Load)
{
    public const string Head = "seconds,rss,heap,handles,threads,journal-wal,gallery-wal,journal,logs,frames,events,load";

    private const int BytesInKilobyte = 1024;

    /// <summary>The sample as a line of a table.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture,
        $"{At.TotalSeconds:0.0},{Rss},{Heap},{Handles},{Threads},{JournalWal},"
        + $"{GalleryWal},{Journal},{Logs},{FrameRate},{Events},{Load}");

    /// <summary>Takes a sample; the frame rate and the events come from the door's status.</summary>
    /// <param name="at">The time.</param>
    /// <param name="process">Number of the process.</param>
    /// <param name="data">The door's data directory.</param>
    /// <param name="heapFile">The file that <see cref="StartupHook"/> writes.</param>
    /// <param name="frameRate">Frames per second.</param>
    /// <param name="events">Number of the last event.</param>
    public static Sample Take(TimeSpan at, int process, string data, string heapFile, double frameRate, long events)
    {
        string[] status = File.ReadAllLines($"/proc/{process}/status");
        return new Sample(at, Field("VmRSS:") * BytesInKilobyte,
            File.Exists(heapFile) ? long.Parse(File.ReadAllText(heapFile).Split(' ')[1], CultureInfo.InvariantCulture) : 0,
            Directory.GetFileSystemEntries($"/proc/{process}/fd").Length, (int)Field("Threads:"),
            SizeOf("journal.db-wal"), SizeOf("gallery.db-wal"), SizeOf("journal.db"),
            new DirectoryInfo(Path.Combine(data, "logs")) is { Exists: true } logs ? logs.EnumerateFiles().Sum(file => file.Length) : 0,
            frameRate, events, double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture));

        long Field(string name) => long.Parse(status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..]
            .Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);

        long SizeOf(string file) => new FileInfo(Path.Combine(data, file)) is { Exists: true } info ? info.Length : 0;
    }
}
