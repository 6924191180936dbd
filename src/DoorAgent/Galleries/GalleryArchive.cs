using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>An unpacked and completely checked archive of people. The check accepts only what a gallery may hold.</summary>
internal sealed class GalleryArchive : IDisposable
{
    private const int LongestManifest = 64 * 1024;

    // About four thousand people with all their kept faces.
    private const long LargestGallery = 4_000_000_000;

    private readonly GalleryCopy _copy;

    private GalleryArchive(GalleryCopy copy, ArchiveManifest manifest, ArchivedPeople people, DoorKey? key) =>
        (_copy, Manifest, Rule, Everybody, Badges, Seal) = (copy, manifest, people.Rule, people.Everybody, people.Badges,
            key is null ? GallerySeal.None : new GallerySeal(key));

    public ArchiveManifest Manifest { get; }

    /// <summary>The rule of comparison of the gallery from which the people come.</summary>
    public ComparisonRule Rule { get; }

    /// <summary>The people in the archive, with their encodings as they are stored.</summary>
    public Gallery Everybody { get; }

    public IReadOnlyList<NumberedBadge> Badges { get; }

    /// <summary>The seal of the unpacked gallery.</summary>
    public GallerySeal Seal { get; }

    /// <summary>Path of the unpacked gallery; the file is deleted with this object.</summary>
    public string GalleryFile => _copy.Path;

    /// <summary>Unpacks and checks an archive.</summary>
    /// <param name="archive">Path of the archive.</param>
    /// <param name="directory">Directory for the unpacked gallery; created where it does not exist.</param>
    /// <param name="passphrase">Returns the passphrase of a sealed archive; an open one needs none.</param>
    /// <exception cref="UserErrorException">The file is not an archive, is truncated, was changed or has another format, or the passphrase
    /// is wrong; the message says which.</exception>
    public static GalleryArchive Open(string archive, string directory, Func<string>? passphrase = null)
    {
        // Opening a pipe would wait forever.
        if (!Permission.IsReadable(archive) || !RegularFile.Is(archive))
            throw new UserErrorException($"There is no file {archive}. 'dooragent people export FILE' writes one.");
        GalleryCopy? copy = null;
        try
        {
            using FileStream stream = File.OpenRead(archive);
            using ZipArchive zip = OpenZip(stream);
            ArchiveManifest manifest = ReadManifest(zip);
            DoorKey? key = manifest.IsSealed ? KeyOf(manifest, passphrase) : null;
            copy = GalleryCopy.OfImport(directory);
            TakeOut(zip, manifest, key, copy.Path);
            return Check(copy, manifest, key);
        }
        catch (Exception failure)
        {
            copy?.Dispose();
            if (failure is InvalidDataException or JsonException or BrokenSealException)
            {
                throw new UserErrorException($"{archive} is not a complete archive of people: {failure.Message.TrimEnd('.')}. "
                    + "Nothing was written. Copy the archive again, or export again.", failure);
            }

            // A gallery made by another program may hold values that this program never writes.
            if (Sqlite.IsContent(failure))
            {
                throw new UserErrorException($"{archive} is not an archive of people: its gallery has invalid content "
                    + $"({failure.Message.TrimEnd('.')}). Nothing was written. Export again.", failure);
            }

            if (failure is UserErrorException or IOException or UnauthorizedAccessException)
                throw new UserErrorException($"{archive} cannot be imported, and nothing was written. "
                    + $"{WithoutCopy(failure.Message, copy?.Path)}", failure);
            throw;
        }
    }

    public void Dispose()
    {
        _copy.Dispose();
        Seal.Dispose();
    }

    private static DoorKey KeyOf(ArchiveManifest manifest, Func<string>? passphrase)
    {
        if (passphrase is null)
            throw new UserErrorException("The archive is sealed with a passphrase.");
        DoorKey key = Passphrase.KeyOf(passphrase(), Convert.FromHexString(manifest.Salt!));
        return key.Id == manifest.Key ? key : throw new UserErrorException("The passphrase is wrong.");
    }

    /// <summary>Replaces the path of the unpacked gallery, which the user does not know, in a message.</summary>
    private static string WithoutCopy(string message, string? copy) => copy is null ? message : message
        .Replace($"The gallery {copy}", "The gallery in the archive", StringComparison.Ordinal)
        .Replace(copy, "The gallery in the archive", StringComparison.Ordinal)
        .Replace(GalleryDatabase.Restore, "Export again on the machine that the archive comes from.", StringComparison.Ordinal);

    private static ZipArchive OpenZip(FileStream stream)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read);
        }
        catch (InvalidDataException failure)
        {
            throw new InvalidDataException("the file is truncated, or is not a ZIP file", failure);
        }
    }

    private static ArchiveManifest ReadManifest(ZipArchive zip)
    {
        if (zip.GetEntry(ArchiveManifest.Member) is not { Length: < LongestManifest } member)
            throw new InvalidDataException($"{ArchiveManifest.Member} is missing");
        using MemoryStream json = new();
        using (Stream from = member.Open())
            from.CopyTo(json);
        ArchiveManifest manifest = ArchiveManifest.Parse(json.ToArray());
        return manifest.Format is >= ArchiveManifest.OpenFormat and <= ArchiveManifest.SealedFormat ? manifest : throw new UserErrorException(
            $"The archive has format {manifest.Format}, and this dooragent reads up to format {ArchiveManifest.SealedFormat}. "
            + "Import it with the version that wrote it, or a newer one.");
    }

    private static void TakeOut(ZipArchive zip, ArchiveManifest manifest, DoorKey? key, string copy)
    {
        // First the lengths are compared: a small file may claim to unpack to a full disk.
        (string name, long length) = key is null ? (ArchiveManifest.GalleryMember, manifest.Bytes)
            : (ArchiveManifest.SealedMember, SealedStream.LengthOf(manifest.Bytes));
        if (zip.GetEntry(name) is not { } member || member.Length != length)
            throw new InvalidDataException($"{name} is missing, or its length is not the one in the manifest");
        RequireRoom(manifest.Bytes, Path.GetDirectoryName(copy)!);
        using Stream from = member.Open();
        using FileStream to = new(copy, FileMode.Open, FileAccess.ReadWrite);
        if (key is null)
            Copy(from, to, manifest.Bytes);
        else
            SealedStream.Open(key, from, to, ArchiveManifest.SealedIdentity, manifest.Bytes);
        to.Position = 0;
        if (to.Length != manifest.Bytes || Convert.ToHexStringLower(SHA256.HashData(to)) != manifest.Sha256)
            throw new InvalidDataException("the SHA-256 differs from the one in the manifest, so the archive was changed");
    }

    private static void Copy(Stream from, FileStream to, long most)
    {
        byte[] buffer = new byte[81_920];
        for (int read = from.Read(buffer); read > 0 && to.Length <= most; read = from.Read(buffer))
            to.Write(buffer, 0, read);
    }

    // A door whose disk is full cannot write its journal and lets nobody in. The import writes the unpacked bytes a second time.
    private static void RequireRoom(long bytes, string directory)
    {
        if (bytes > LargestGallery)
            throw new InvalidDataException($"{ArchiveManifest.GalleryMember} would unpack to {bytes:N0} bytes, more than any gallery has");
        if (bytes > new DriveInfo(directory).AvailableFreeSpace / 2)
            throw new IOException($"The archive unpacks to {bytes:N0} bytes, and twice as much must be free in {directory}.");
    }

    private static GalleryArchive Check(GalleryCopy copy, ArchiveManifest manifest, DoorKey? key) => GalleryDatabase.Guard(copy.Path, () =>
    {
        using GalleryConnection connection = GalleryDatabase.OpenToRead(copy.Path, new KeyRing(key is null ? [] : [key], null));
        if (connection.KeyId != key?.Id)
            throw new InvalidDataException("its gallery is not sealed as the archive is");
        ArchivedPeople people = ArchivedPeople.Read(connection, copy.Path);
        if (!people.Encoder.IsSameAs(manifest.Encoder))
            throw new InvalidDataException("the manifest names another encoder than the gallery");
        if (people.Counts != (manifest.People, manifest.Badges, manifest.Encodings))
            throw new InvalidDataException("the numbers of people, badges or encodings differ from those in the manifest");
        if (people.Consents != manifest.Consents)
            throw new InvalidDataException("the number of consents differs from the one in the manifest");
        return new GalleryArchive(copy, manifest, people, key);
    });
}
