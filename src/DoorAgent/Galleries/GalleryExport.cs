using System.IO.Compression;
using System.Security.Cryptography;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Writes people of a gallery into one archive (<see cref="ArchiveManifest"/>). A failed export leaves no archive.</summary>
internal static class GalleryExport
{
    /// <summary>Writes the archive with file mode 0600.</summary>
    /// <param name="galleryFile">The gallery.</param>
    /// <param name="target">Path of the archive; an existing file is replaced only with <paramref name="overwrites"/>.</param>
    /// <param name="names">Names of the people to export; empty means everybody.</param>
    /// <param name="withCrops">Whether the archive includes kept faces.</param>
    /// <param name="overwrites">Whether to replace an existing file.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UserErrorException">A name is not enrolled, or the file exists or cannot be written. Nothing is left
    /// behind.</exception>
    public static ArchiveManifest Write(
        string galleryFile, string target, IReadOnlyList<string> names, bool withCrops, bool overwrites, TimeProvider time)
    {
        target = Path.GetFullPath(target);
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw new UserErrorException($"The directory {Path.GetDirectoryName(target)} does not exist. Create it, or name another file.");
        if (Path.Exists(target) && !overwrites)
            throw new UserErrorException($"{target} already exists. Name another file, or overwrite it with --force.");
        // The copy lies beside the gallery and not on a removable disk: deleted bytes on such a disk stay readable for a long time.
        string beside = Path.GetDirectoryName(Path.GetFullPath(galleryFile))!, copy = GalleryCopies.OfExport(beside),
            archive = target + ".new";
        GalleryCopies.DeleteLeftovers(beside, time);
        try
        {
            ArchiveManifest manifest = Copy(galleryFile, copy, names, withCrops, time);
            DataDirectory.EnsureFile(archive);
            using (FileStream stream = new(archive, FileMode.Create, FileAccess.ReadWrite))
            {
                using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
                {
                    using (Stream member = zip.CreateEntry(ArchiveManifest.Member).Open())
                        member.Write(manifest.ToJson());
                    using (Stream member = zip.CreateEntry(ArchiveManifest.GalleryMember).Open())
                    using (FileStream from = File.OpenRead(copy))
                        from.CopyTo(member);
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
            DeleteWhereItIs(copy);
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

    private static ArchiveManifest Copy(string galleryFile, string copy, IReadOnlyList<string> names, bool withCrops, TimeProvider time)
    {
        using (GalleryFile gallery = GalleryFile.OpenToRead(galleryFile))
        {
            names = [.. names.Select(name => gallery.Person(name).Name)];
            DataDirectory.EnsureFile(copy);
            gallery.Query(connection =>
            {
                // VACUUM INTO takes one consistent snapshot. It only writes the other file, but query_only forbids that too.
                Sqlite.Run(connection, "PRAGMA query_only = OFF");
                return Sqlite.Run(connection, "VACUUM INTO $copy", ("$copy", copy));
            });
        }

        return GalleryDatabase.Reading(galleryFile, () =>
        {
            using GalleryConnection connection = Sqlite.Open(copy, SqliteOpenMode.ReadWrite, text => new GalleryConnection(text, copy, null),
                opened => Sqlite.Run(opened, "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"));
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
            Sqlite.Run(connection, "VACUUM");
            ArchivedPeople people = ArchivedPeople.Read(connection, galleryFile);
            ArchiveManifest manifest = new(ArchiveManifest.CurrentFormat, GalleryCrops.Text(time.GetUtcNow()), people.Encoder,
                people.Counts.People, people.Counts.Badges, people.Counts.Encodings,
                    Sqlite.Number(connection, "SELECT count(*) FROM crop"), 0, "", people.Consents);
            connection.Close();
            using FileStream written = File.OpenRead(copy);
            return manifest with { Bytes = written.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(written)) };
        });
    }
}
