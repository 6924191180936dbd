using System.Globalization;
using DoorAgent.Matching;

namespace DoorAgent.Auditing;

/// <summary>Decides whether a gallery or a journal is older than the newest one that a door has used. Pure.</summary>
internal static class RollbackRule
{
    /// <summary>Compares a gallery with the newest one in use so far.</summary>
    /// <param name="found">The gallery.</param>
    /// <param name="newest">The newest gallery that the door has used.</param>
    /// <param name="isRotation">Whether the door's key was changed from the first identity to the second on purpose.</param>
    /// <returns>Why the gallery is not a later one, as the end of a sentence that begins with the gallery; null when it is the same or a
    /// later one.</returns>
    public static string? FaultOf(GalleryHead found, GalleryHead newest, Func<string, string, bool> isRotation)
    {
        if (found == newest)
            return null;
        if (found.Revision < newest.Revision)
            return string.Create(CultureInfo.InvariantCulture, $"has revision {found.Revision}, and revision {newest.Revision} was in use");
        if (newest.IsSealed && !found.IsSealed)
            return "is not sealed, and a sealed one was in use";
        // Sealing, and a change of the key, keep revision and mark, because the content stays.
        if (found.Revision == newest.Revision
            && (found.Mark != newest.Mark || (found.KeyId == newest.KeyId && found.Digest != newest.Digest)))
            return string.Create(CultureInfo.InvariantCulture, $"has the revision {found.Revision} of the one in use and another content");
        return newest.KeyId is { } before && found.KeyId is { } now && now != before && !isRotation(before, now)
            ? $"is sealed with another key ({now}) than the one in use ({before}), and no change of the key is recorded"
            : null;
    }

    /// <summary>Compares the newest record of a journal with one that the journal had.</summary>
    /// <param name="found">The newest record now; null where no record has a mac.</param>
    /// <param name="newest">The newest record that is known outside of the journal.</param>
    /// <returns>Why the journal is older, as the end of a sentence that begins with the journal; null when it may be the same or a later
    /// one.</returns>
    public static string? FaultOf(JournalHead? found, JournalHead newest)
    {
        if (found is null)
            return string.Create(CultureInfo.InvariantCulture, $"lacks record {newest.Sequence}, which was written");
        if (found.Sequence < newest.Sequence)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"ends at record {found.Sequence}, and record {newest.Sequence} was written");
        }

        return found.Sequence == newest.Sequence && newest.Mac is not null && found.Mac != newest.Mac
            ? string.Create(CultureInfo.InvariantCulture, $"has another record {newest.Sequence} than the one that was written")
            : null;
    }
}
