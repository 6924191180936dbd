using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Models;

/// <summary>A network that was brought in.</summary>
/// <param name="Entry">Which one.</param>
/// <param name="From">The file that it was found in.</param>
/// <param name="To">Where it lies now.</param>
/// <param name="WasThere">Whether the right file lay there already and was not touched.</param>
internal sealed record ImportedModel(CatalogueEntry Entry, string From, string To, bool WasThere);

/// <summary>Takes networks of the catalogue from a folder, a stick for example, by their digests, whatever the files are called.</summary>
internal static class ModelImport
{
    /// <summary>
    /// Copies what the catalogue knows and is not there already; the copy is checked before it takes its place by rename, so that a pulled stick or a
    /// power failure leaves no half a network behind.
    /// </summary>
    /// <param name="catalogue">What is known.</param>
    /// <param name="source">Folder; also looked into below.</param>
    /// <param name="target">Folder of networks; made where there is none.</param>
    /// <exception cref="UserErrorException">There is no network in the folder, or it cannot be read, or the target not written.</exception>
    public static IReadOnlyList<ImportedModel> Run(Catalogue catalogue, string source, string target)
    {
        try
        {
            // Without this a folder that may not be read would look like one without networks.
            _ = Permission.IsReadable(source);
            List<ImportedModel> imported = [];
            foreach (string file in Directory.EnumerateFiles(source, "*", new EnumerationOptions { RecurseSubdirectories = true }).Order(StringComparer.Ordinal))
            {
                // Of another length it is another file, and a stick of films need not be read.
                long length = new FileInfo(file).Length;
                CatalogueEntry[] candidates = [.. catalogue.Entries.Where(entry => entry.HasFile && entry.Bytes == length)];
                if (candidates.Length == 0)
                    continue;
                byte[] content = File.ReadAllBytes(file);
                string digest = ModelStore.Digest(content);
                if (candidates.FirstOrDefault(entry => entry.Sha256 == digest) is { } found)
                    imported.Add(new ImportedModel(found, file, Path.Combine(target, found.File), WasThere: !Place(found.File, content, target)));
            }

            return imported.Count > 0 ? imported : throw new UserErrorException(
                $"There is no network of the catalogue in {source}: files are known by their SHA-256, which 'dooragent models show ID' prints.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The networks could not be brought from {source} to {target}: {failure.Message}", failure);
        }
    }

    /// <summary>Puts a file into its place by rename, after it was read back. A right one that is there already is not touched: it may be
    /// the very file that is copied.</summary>
    /// <returns>Whether it was put there now.</returns>
    /// <exception cref="IOException">It cannot be written, or reads back as something else.</exception>
    /// <exception cref="UnauthorizedAccessException">The target is another user's.</exception>
    internal static bool Place(string file, byte[] content, string target)
    {
        DataDirectory.Ensure(target, "--models");
        string path = Path.Combine(target, file);
        if (File.Exists(path) && new FileInfo(path).Length == content.Length && content.AsSpan().SequenceEqual(File.ReadAllBytes(path)))
            return false;
        string copy = path + ".new";
        try
        {
            // What an import left that was cut off, or a link that somebody laid there: neither is written through.
            File.Delete(copy);
            using (FileStream stream = new(copy, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            if (!content.AsSpan().SequenceEqual(File.ReadAllBytes(copy)))
                throw new IOException($"{copy} was written and reads back as something else: the disk is broken.");
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
