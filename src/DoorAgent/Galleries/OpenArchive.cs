using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Matching;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>An archive of people, taken out and checked from end to end: only what could stand in a gallery comes out of it.</summary>
internal sealed class OpenArchive : IDisposable
{
    private const int LongestManifest = 64 * 1024;

    /// <summary>Bytes of the gallery in it: that of some four thousand people with every kept face.</summary>
    private const long LargestGallery = 4_000_000_000;

    private readonly string _copy;

    private OpenArchive(string copy, ArchiveManifest manifest, Gallery everybody, IReadOnlyList<BadgeEntry> badges) =>
        (_copy, Manifest, Everybody, Badges) = (copy, manifest, everybody, badges);

    public ArchiveManifest Manifest { get; }

    /// <summary>The people in it.</summary>
    public Gallery Everybody { get; }

    public IReadOnlyList<BadgeEntry> Badges { get; }

    /// <summary>The gallery in it, as a file that goes with this.</summary>
    public string GalleryFile => _copy;

    /// <summary>Takes an archive out and checks it.</summary>
    /// <param name="archive">The file.</param>
    /// <param name="directory">Where its gallery is put for as long as this is open; made where there is none.</param>
    /// <exception cref="UserErrorException">It is none, is cut off, was changed, or is of another version; the message says which.</exception>
    public static OpenArchive Open(string archive, string directory)
    {
        // Opening a pipe would wait without end.
        if (!Permission.IsReadable(archive) || !RegularFile.Is(archive))
            throw new UserErrorException($"There is no file {archive}. 'dooragent people export FILE' writes one.");
        string copy = GalleryCopies.OfImport(directory);
        try
        {
            using FileStream stream = File.OpenRead(archive);
            using ZipArchive zip = OpenZip(stream);
            ArchiveManifest manifest = ReadManifest(zip);
            TakeOut(zip, manifest, copy);
            return Check(copy, manifest);
        }
        catch (Exception failure)
        {
            if (File.Exists(copy))
                File.Delete(copy);
            if (failure is InvalidDataException or JsonException)
                throw new UserErrorException($"{archive} is not a whole archive of people: {failure.Message.TrimEnd('.')}. Nothing was written; copy it again, or export again.", failure);
            // A gallery that another program made may hold in a column what this one never writes there.
            if (Sqlite.IsContent(failure))
                throw new UserErrorException($"{archive} is not an archive of people: its gallery holds what no gallery holds ({failure.Message.TrimEnd('.')}). Nothing was written; export it again.", failure);
            if (failure is UserErrorException or IOException or UnauthorizedAccessException)
                throw new UserErrorException($"{archive} cannot be imported, and nothing was written. {InWords(failure.Message, copy)}", failure);
            throw;
        }
    }

    public void Dispose() => File.Delete(_copy);

    /// <summary>The user knows nothing of the file that the gallery in it was taken out to.</summary>
    private static string InWords(string message, string copy) =>
        message.Replace($"The gallery {copy}", "The gallery in it", StringComparison.Ordinal).Replace(copy, "The gallery in it", StringComparison.Ordinal)
            .Replace(GalleryDatabase.Restore, "Export it again where it comes from.", StringComparison.Ordinal);

    private static ZipArchive OpenZip(FileStream stream)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read);
        }
        catch (InvalidDataException failure)
        {
            throw new InvalidDataException("it is cut off, or something else under that name", failure);
        }
    }

    private static ArchiveManifest ReadManifest(ZipArchive zip)
    {
        if (zip.GetEntry(ArchiveManifest.Member) is not { Length: < LongestManifest } member)
            throw new InvalidDataException($"it has no {ArchiveManifest.Member}");
        using MemoryStream json = new();
        using (Stream from = member.Open())
            from.CopyTo(json);
        ArchiveManifest manifest = ArchiveManifest.Parse(json.ToArray());
        return manifest.Format == ArchiveManifest.CurrentFormat ? manifest : throw new UserErrorException(
            $"It is of format {manifest.Format}, and this dooragent reads {ArchiveManifest.CurrentFormat}. Import it with the version that wrote it, or a newer one.");
    }

    private static void TakeOut(ZipArchive zip, ArchiveManifest manifest, string copy)
    {
        // The lengths that the archive names are held against each other first: a small file may claim to unpack to a disk full.
        if (zip.GetEntry(ArchiveManifest.GalleryMember) is not { } member || member.Length != manifest.Bytes)
            throw new InvalidDataException($"its {ArchiveManifest.GalleryMember} is not there, or not of the length that it says");
        DataDirectory.EnsureFile(copy);
        NeedRoom(manifest.Bytes, Path.GetDirectoryName(copy)!);
        using Stream from = member.Open();
        using FileStream to = new(copy, FileMode.Open, FileAccess.ReadWrite);
        byte[] buffer = new byte[81_920];
        for (int read = from.Read(buffer); read > 0 && to.Length <= manifest.Bytes; read = from.Read(buffer))
            to.Write(buffer, 0, read);
        to.Position = 0;
        if (to.Length != manifest.Bytes || Convert.ToHexStringLower(SHA256.HashData(to)) != manifest.Sha256)
            throw new InvalidDataException("its SHA-256 is not the one that it says, so something of it was changed");
    }

    /// <summary>A door whose disk an archive has filled writes no journal, and lets nobody in. Twice, for what is taken out is then written too.</summary>
    private static void NeedRoom(long bytes, string directory)
    {
        if (bytes > LargestGallery)
            throw new InvalidDataException($"its {ArchiveManifest.GalleryMember} would unpack to {bytes:N0} bytes, and none is so large");
        if (bytes > new DriveInfo(directory).AvailableFreeSpace / 2)
            throw new IOException($"It unpacks to {bytes:N0} bytes, and twice as much must be free in {directory}.");
    }

    private static OpenArchive Check(string copy, ArchiveManifest manifest) => GalleryDatabase.Guard(copy, () =>
    {
        using SqliteConnection connection = GalleryDatabase.OpenToRead(copy);
        ArchivedPeople people = ArchivedPeople.Read(connection, copy);
        if (!people.Encoder.IsSameAs(manifest.Encoder))
            throw new InvalidDataException("it says another encoder than its gallery");
        if (people.Counts != (manifest.People, manifest.Badges, manifest.Encodings))
            throw new InvalidDataException("it holds another number of people, badges or encodings than it says");
        return new OpenArchive(copy, manifest, people.Everybody, people.Badges);
    });
}
