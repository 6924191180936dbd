using System.IO.Compression;
using System.Security.Cryptography;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Writes people of a gallery into one archive (<see cref="ArchiveManifest"/>), sealed with a passphrase or open. A failed export
/// leaves no archive. The temporary copy of a sealed gallery has sealed values, except while an open archive is written.</summary>
internal static class GalleryExport
{
    /// <summary>Writes the archive with file mode 0600.</summary>
    /// <param name="galleryFile">The gallery.</param>
    /// <param name="target">Path of the archive; an existing file is replaced only with <paramref name="overwrites"/>.</param>
    /// <param name="names">Names of the people to export; empty means everybody whom the fleet did not bring.</param>
    /// <param name="withCrops">Whether the archive includes kept faces.</param>
    /// <param name="overwrites">Whether to replace an existing file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="passphrase">Returns the passphrase; null for an open archive. Asked for when everything else is in order.</param>
    /// <param name="keys">The keys that this process may use; null for those of the data directory.</param>
    /// <exception cref="UserErrorException">A name is not enrolled or belongs to the fleet, the key is missing, or the file exists or cannot be written. Nothing is left
    /// behind.</exception>
    public static ArchiveManifest Write(
        string galleryFile, string target, IReadOnlyList<string> names, bool withCrops, bool overwrites, TimeProvider time,
        Func<string>? passphrase = null, KeyRing? keys = null)
    {
        target = Path.GetFullPath(target);
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw new UserErrorException($"The directory {Path.GetDirectoryName(target)} does not exist. Create it, or name another file.");
        if (Path.Exists(target) && !overwrites)
            throw new UserErrorException($"{target} already exists. Name another file, or overwrite it with --force.");
        // The copy lies beside the gallery and not on a removable disk: deleted bytes on such a disk stay readable for a long time.
        string beside = Path.GetDirectoryName(Path.GetFullPath(galleryFile))!, archive = target + ".new";
        GalleryCopy.DeleteLeftovers(beside, time);
        using GalleryCopy copy = GalleryCopy.OfExport(beside);
        try
        {
            (ArchiveManifest manifest, DoorKey? key) = Copy(galleryFile, copy.Path, names, withCrops, time, passphrase, keys);
            DataDirectory.EnsureFile(archive);
            using (FileStream stream = new(archive, FileMode.Create, FileAccess.ReadWrite))
            {
                using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
                {
                    using (Stream member = zip.CreateEntry(ArchiveManifest.Member).Open())
                        member.Write(manifest.ToJson());
                    Add(zip, copy.Path, key);
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(archive, target, overwrites);
            return manifest;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{target} could not be written: {failure.Message} Is there enough room, "
                + "and may this user write there?", failure);
        }
        finally
        {
            DeleteWhereItIs(archive);
        }
    }

    /// <summary>Deletes a temporary file. If even its directory cannot be reached, the earlier exception stays the one that is
    /// reported.</summary>
    private static void DeleteWhereItIs(string file)
    {
        if (File.Exists(file))
            File.Delete(file);
    }

    private static void Add(ZipArchive zip, string copy, DoorKey? key)
    {
        using FileStream from = File.OpenRead(copy);
        // Sealed bytes cannot be compressed.
        using Stream member = (key is null ? zip.CreateEntry(ArchiveManifest.GalleryMember)
            : zip.CreateEntry(ArchiveManifest.SealedMember, CompressionLevel.NoCompression)).Open();
        if (key is null)
            from.CopyTo(member);
        else
            SealedStream.Close(key, from, member, ArchiveManifest.SealedIdentity);
    }

    /// <summary>Refuses to export people of the fleet. From an archive they would come back as people of a door after the office has removed
    /// them, and would stand in the way of the fleet's own records.</summary>
    private static void RequireSomebody(GalleryFile gallery, IReadOnlyList<string> names)
    {
        IReadOnlyList<PersonEntry> people = gallery.People;
        if (people.FirstOrDefault(person => person.Origin is not null && names.Contains(person.Name)) is { } named)
            throw new UserErrorException($"{named.Name} belongs to the fleet, and an archive has people of this door only: the office brings the others to each door.");
        if (people.Count > 0 && people.All(person => person.Origin is not null))
            throw new UserErrorException("Everybody here belongs to the fleet, and an archive has people of this door only: there is nobody to export.");
    }

    private static (ArchiveManifest Manifest, DoorKey? Key) Copy(string galleryFile, string copy, IReadOnlyList<string> names, bool withCrops,
        TimeProvider time, Func<string>? passphrase, KeyRing? keys)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(Passphrase.SaltBytes);
        DoorKey? key;
        DoorKey? own;
        using (GalleryFile gallery = GalleryFile.OpenToRead(galleryFile, keys))
        {
            names = [.. names.Select(name => gallery.Person(name).Name)];
            RequireSomebody(gallery, names);
            own = gallery.Query(connection => connection.Seal.KeyId is { } id ? connection.Keys.Find(id) : null);
            key = passphrase is null ? null : Passphrase.KeyOf(passphrase(), salt);
            gallery.Query(connection =>
            {
                // VACUUM INTO takes one consistent snapshot. It only writes the other file, but query_only forbids that too.
                Sqlite.Run(connection, "PRAGMA query_only = OFF");
                return Sqlite.Run(connection, "VACUUM INTO $copy", ("$copy", copy));
            });
        }

        return GalleryDatabase.Reading(galleryFile, () =>
        {
            KeyRing both = new([.. new[] { key, own }.OfType<DoorKey>()], null);
            using GalleryConnection connection = Sqlite.Open(copy, SqliteOpenMode.ReadWrite,
                text => new GalleryConnection(text, galleryFile, both),
                opened => Sqlite.Run(opened, "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"));
            Prune(connection, names, withCrops, time);
            Sqlite.Run(connection, "VACUUM");
            ArchivedPeople people = ArchivedPeople.Read(connection, galleryFile);
            ArchiveManifest manifest = new(key is null ? ArchiveManifest.OpenFormat : ArchiveManifest.SealedFormat,
                GalleryCrops.Text(time.GetUtcNow()), people.Encoder, people.Counts.People, people.Counts.Badges, people.Counts.Encodings,
                Sqlite.Number(connection, "SELECT count(*) FROM crop"), 0, "", people.Consents,
                key is null ? null : Convert.ToHexStringLower(salt), key?.Id);
            connection.Close();
            using FileStream written = File.OpenRead(copy);
            return (manifest with { Bytes = written.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(written)) }, key);
        });

        void Prune(GalleryConnection connection, IReadOnlyList<string> names, bool withCrops, TimeProvider time)
        {
            GallerySeal before = connection.Seal;
            GalleryOrigin.LeaveFleet(connection);
            string kept = string.Join(", ", names.Select((_, i) => $"$key{i}"));
            if (names.Count > 0)
            {
                Sqlite.Run(connection, $"DELETE FROM person WHERE name_key NOT IN ({kept})",
                    [.. names.Select((name, i) => ($"$key{i}", (object?)PersonName.KeyOf(name)))]);
            }

            GalleryEncoders.DeleteOthers(connection);
            GalleryRules.LeaveSite(connection, galleryFile);
            if (withCrops)
                GalleryCrops.DeleteExpired(connection, time.GetUtcNow());
            else
                Sqlite.Run(connection, "DELETE FROM crop");
            if (!before.IsSealed && key is null)
                return;
            using GallerySeal after = key is null ? GallerySeal.None : new GallerySeal(key);
            using SqliteTransaction transaction = connection.BeginTransaction();
            GalleryReseal.Move(connection, before, after, time);
            transaction.Commit();
        }
    }
}
