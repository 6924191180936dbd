using System.Buffers.Binary;
using DoorAgent.Auditing;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;

namespace DoorAgent.Privacy;

/// <summary>The files of a door in which somebody's name can be, besides gallery and journal themselves.</summary>
internal sealed class DataFiles(Places places)
{
    // systemd's directory of the package's unit; commands outside the unit do not get it from their environment.
    private const string SystemData = "/var/lib/dooragent", SystemLogs = "/var/log/dooragent";

    private const int HeaderLength = 100, ApplicationIdAt = 68;

    private static readonly EnumerationOptions Everywhere = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    private static readonly string[] BesideDatabase = ["", "-wal", "-shm", "-journal"];

    /// <summary>The log's files.</summary>
    public IReadOnlyList<string> Logs =>
    [
        .. (places.Data == SystemData ? new[] { places.Logs, SystemLogs } : [places.Logs]).Distinct().Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, Path.ChangeExtension(LogFiles.Name, null) + "*.jsonl"))
            .Where(RegularFile.Is).Order(StringComparer.Ordinal),
    ];

    /// <summary>The picture of the doctor's last look through the camera; somebody may be in it.</summary>
    public string DoctorPicture => Path.Combine(places.Data, "doctor.jpg");

    /// <summary>The sealed backup of the gallery from before it was sealed; whoever was enrolled then is in it.</summary>
    public string SealedBackup => Path.Combine(places.Data, GallerySealing.BackupName);

    /// <summary>The caches of 'evaluate': encodings of any pictures that it has read, without names.</summary>
    public IReadOnlyList<string> EvaluationCaches => Directory.Exists(Evaluation) ? Directory.GetFiles(Evaluation, "*.encodings") : [];

    /// <summary>Directory of these caches.</summary>
    public string Evaluation => places.Evaluation;

    /// <summary>Copies of a gallery in the data directory.</summary>
    public IReadOnlyList<string> GalleryCopies => Databases(GalleryDatabase.ApplicationId, places.GalleryFile);

    /// <summary>Copies of a journal in the data directory, such as one that was set aside.</summary>
    public IReadOnlyList<string> JournalCopies => Databases(JournalFile.ApplicationId, places.JournalFile);

    /// <summary>All other files of the data directory, networks excepted.</summary>
    /// <param name="known">Files that somebody else looks after.</param>
    public IEnumerable<string> Others(IEnumerable<string> known)
    {
        HashSet<string> left = [.. known.Append(places.GalleryFile).Append(places.JournalFile)
            .SelectMany(file => BesideDatabase.Select(end => file + end)), DoctorPicture];
        string[] folders = [.. places.ModelDirectories.Append(places.Pictures).Select(folder => Path.GetFullPath(folder) + "/")];
        return All.Where(file => !left.Contains(file)
            && !Array.Exists(folders, folder => file.StartsWith(folder, StringComparison.Ordinal)));
    }

    private IEnumerable<string> All => Directory.Exists(places.Data)
        ? Directory.EnumerateFiles(places.Data, "*", Everywhere).Where(RegularFile.Is).Order(StringComparer.Ordinal) : [];

    private IReadOnlyList<string> Databases(int applicationId, string own) =>
        [.. All.Where(file => file != own && ApplicationIdOf(file) == applicationId)];

    // The header of a SQLite file (sqlite.org/fileformat2.html, section 1.3).
    private static int? ApplicationIdOf(string file)
    {
        byte[] header = new byte[HeaderLength];
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
            && header.AsSpan().StartsWith("SQLite format 3\0"u8)
            ? BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(ApplicationIdAt)) : null;
    }
}
