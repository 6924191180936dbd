using System.Text.RegularExpressions;
using DoorAgent.Storage;

namespace DoorAgent.Galleries;

/// <summary>
/// Temporary copies beside the gallery, used while an archive is written or read. A process that is killed leaves its copy behind, with
/// encodings of people who may be removed later; the next export or import, or the daemon, deletes the copy.
/// </summary>
internal static partial class GalleryCopies
{
    // No export or import takes longer.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Returns a path for the copy of an export.</summary>
    public static string OfExport(string directory) => New(directory, "export");

    /// <summary>Returns a path for the copy of an import.</summary>
    public static string OfImport(string directory) => New(directory, "import");

    /// <summary>Deletes copies that were left behind.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="time">The clock.</param>
    /// <param name="unusedFor">How long a copy was not written; null for longer than any export or import takes.</param>
    /// <exception cref="UserErrorException">A copy cannot be deleted, or this user may not list the directory.</exception>
    public static void DeleteLeftovers(string directory, TimeProvider time, TimeSpan? unusedFor = null)
    {
        string[] files = Files(directory);
        try
        {
            foreach (string file in files)
            {
                if (Copy().IsMatch(Path.GetFileName(file)) && File.GetLastWriteTimeUtc(file) <= time.GetUtcNow() - (unusedFor ?? Longest))
                    File.Delete(file);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"A copy of the gallery was left behind in {directory} and cannot be deleted: "
                    + $"{failure.Message} The copy holds biometric data.", failure);
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
