using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Models;

/// <summary>An imported network.</summary>
/// <param name="Entry">The network.</param>
/// <param name="From">Path of the source file.</param>
/// <param name="To">Path of the copy.</param>
/// <param name="WasThere">Whether the right file already existed and was not changed.</param>
internal sealed record ImportedModel(CatalogueEntry Entry, string From, string To, bool WasThere);

/// <summary>Copies networks of the catalogue from a folder, such as a USB stick. Files are recognised by digest, not by name.</summary>
internal static class ModelImport
{
    /// <summary>
    /// Copies the missing networks. Each copy is checked before it is renamed, so that a removed stick or a power failure never leaves a
    /// partial network behind.
    /// </summary>
    /// <param name="catalogue">The known networks.</param>
    /// <param name="source">Folder that is searched, with its subfolders.</param>
    /// <param name="target">Folder of networks, which is created if missing.</param>
    /// <exception cref="UserErrorException">The folder contains no network, cannot be read, or the target cannot be written.</exception>
    public static IReadOnlyList<ImportedModel> Run(IReadOnlyList<CatalogueEntry> catalogue, string source, string target)
    {
        try
        {
            // Without this check an unreadable folder would look like a folder without networks.
            _ = Permission.IsReadable(source);
            List<ImportedModel> imported = [];
            Dictionary<string, string> published = [];
            EnumerationOptions recursive = new() { RecurseSubdirectories = true };
            foreach (string file in Directory.EnumerateFiles(source, "*", recursive).Order(StringComparer.Ordinal))
            {
                // A file of another length is another file; large unrelated files need not be read.
                long length = new FileInfo(file).Length;
                CatalogueEntry[] candidates = [.. catalogue.Where(entry => entry.HasFile && entry.Bytes == length)];
                if (candidates.Length == 0 && !catalogue.Any(entry => entry.OpenVino is { } pair && pair.HasLength(length)))
                    continue;
                byte[] content = File.ReadAllBytes(file);
                string digest = ModelStore.Digest(content);
                published.TryAdd(digest, file);
                if (candidates.FirstOrDefault(entry => entry.Sha256 == digest) is { } found)
                    imported.Add(new ImportedModel(found, file, Path.Combine(target, found.File),
                    WasThere: !Place(found.File, content, target)));
            }

            imported.AddRange(Converted(catalogue, published, target));
            return imported.Count > 0 ? imported : throw new UserErrorException($"There is no network of the catalogue in {source}: "
                + "files are recognised by their SHA-256, which 'dooragent models show ID' prints.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The networks could not be copied from {source} to {target}: {failure.Message}", failure);
        }
    }

    /// <summary>Makes the networks whose two files of OpenVINO's format were found.</summary>
    /// <param name="catalogue">The known networks.</param>
    /// <param name="found">Paths of files, by digest.</param>
    /// <param name="target">Folder of networks.</param>
    private static IEnumerable<ImportedModel> Converted(
        IReadOnlyList<CatalogueEntry> catalogue, Dictionary<string, string> found, string target)
    {
        foreach (CatalogueEntry entry in catalogue)
        {
            if (entry.OpenVino is { } pair && found.TryGetValue(pair.Xml.Sha256, out string? xml)
                && found.TryGetValue(pair.Bin.Sha256, out string? bin))
            {
                ConvertedModel made = OpenVinoImport.Run(xml, bin, target);
                yield return new ImportedModel(made.Entry, xml, made.Path, made.WasThere);
            }
        }
    }

    /// <summary>Writes a file under a temporary name, reads it back and renames it. An existing right file is not changed, because it may
    /// be the source of the copy.</summary>
    /// <returns>Whether the file was written.</returns>
    /// <exception cref="IOException">The file cannot be written, or reads back with other content.</exception>
    /// <exception cref="UnauthorizedAccessException">The target belongs to another user.</exception>
    internal static bool Place(string file, byte[] content, string target)
    {
        DataDirectory.Ensure(target, "--models");
        string path = Path.Combine(target, file);
        if (File.Exists(path) && new FileInfo(path).Length == content.Length
            && content.AsSpan().SequenceEqual(File.ReadAllBytes(path)))
            return false;
        string copy = path + ".new";
        try
        {
            // Removes the remains of an interrupted import, or a planted link, which must not be followed.
            File.Delete(copy);
            using (FileStream stream = new(copy, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            if (!content.AsSpan().SequenceEqual(File.ReadAllBytes(copy)))
                throw new IOException($"{copy} was written and reads back with other content: the disk is broken.");
            DataDirectory.Protect(copy);
            File.Move(copy, path, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(copy);
        }
    }
}
