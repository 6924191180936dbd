using System.Text.RegularExpressions;
using DoorAgent.Storage;

namespace DoorAgent.Galleries;

/// <summary>
/// Copies that stand beside the gallery while an archive is made or read. Whoever is killed meanwhile leaves one behind, with the
/// encodings of people who may be removed later: the next export or import deletes it, and the daemon does.
/// </summary>
internal static partial class GalleryCopies
{
    /// <summary>Nobody needs one so long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>A path for the copy of an export.</summary>
    public static string OfExport(string directory) => New(directory, "export");

    /// <summary>A path for the copy of an import.</summary>
    public static string OfImport(string directory) => New(directory, "import");

    /// <summary>Deletes those that were left behind.</summary>
    /// <exception cref="UserErrorException">One cannot be deleted, or nobody knows whether there is one, since this user may not look.</exception>
    public static void DeleteLeftovers(string directory, TimeProvider time)
    {
        string[] files = Files(directory);
        try
        {
            foreach (string file in files)
            {
                if (Copy().IsMatch(Path.GetFileName(file)) && File.GetLastWriteTimeUtc(file) < time.GetUtcNow() - Longest)
                    File.Delete(file);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"A copy of the gallery that was left behind in {directory} cannot be deleted: {failure.Message} It holds biometric data.", failure);
        }
    }

    private static string[] Files(string directory)
    {
        try
        {
            return Directory.Exists(directory) ? Directory.GetFiles(directory) : [];
        }
        catch (UnauthorizedAccessException failure)
        {
            throw Permission.Denied(directory, failure);
        }
    }

    private static string New(string directory, string purpose) => Path.Combine(directory, $"{purpose}-{Guid.NewGuid():n}.db");

    [GeneratedRegex(@"\A(export|import)-[0-9a-f]{32}\.db(-journal|-wal|-shm)?\z")]
    private static partial Regex Copy();
}
