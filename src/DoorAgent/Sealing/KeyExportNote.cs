using System.Globalization;
using DoorAgent.Storage;

namespace DoorAgent.Sealing;

/// <summary>The note that a key was exported: a file beside the key file with the key's id and the time. The note is not secret.</summary>
internal static class KeyExportNote
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Writes the note.</summary>
    /// <exception cref="UserErrorException">The note cannot be written.</exception>
    public static void Write(KeyPlaces places, string id, TimeProvider time)
    {
        try
        {
            File.WriteAllText(places.ExportNote,
                string.Create(CultureInfo.InvariantCulture, $"{id} {time.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture)}\n"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The key is exported, but {places.ExportNote} cannot be written, so 'key show' and 'doctor' do "
                + $"not know about it: {failure.Message}", failure);
        }
    }

    /// <summary>Returns when a key was exported last; null if never, or if the note cannot be read.</summary>
    public static DateTimeOffset? Read(KeyPlaces places, string id) => Libc.MayRead(places.ExportNote)
        && File.ReadAllText(places.ExportNote).Trim().Split(' ') is [var noted, var text] && noted == id
        && DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset when)
        ? when : null;
}
