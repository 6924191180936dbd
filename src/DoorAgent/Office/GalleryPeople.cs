using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Schedules;

namespace DoorAgent.Office;

/// <summary>A person of the office's gallery, as the fleet would send them.</summary>
/// <param name="Row">Row id in the gallery.</param>
/// <param name="Person">The person, without an id of the fleet, and without hosts.</param>
/// <param name="Hosts">Names of a visitor's hosts.</param>
internal sealed record GalleryPerson(long Row, FleetPerson Person, IReadOnlyList<string> Hosts);

/// <summary>Reads the people of the office's gallery. PINs, pictures and kept faces are not read at all.</summary>
internal static class GalleryPeople
{
    /// <summary>Reads people.</summary>
    /// <param name="gallery">The office's gallery.</param>
    /// <param name="names">Who is read; empty for everybody.</param>
    /// <param name="progress">Is given how many people were read.</param>
    /// <exception cref="UserErrorException">Nobody has one of the names, the gallery cannot be used, or somebody changed it in the
    /// meantime.</exception>
    public static IReadOnlyList<GalleryPerson> Read(GalleryFile gallery, IReadOnlyCollection<string> names, IProgress<int> progress)
    {
        GalleryStamp stamp = gallery.Query(GalleryRows.ReadStamp);
        FleetEncoder? encoder = EncoderOf(gallery);
        IReadOnlyList<PersonEntry> entries = names.Count == 0 ? gallery.People : [.. names.Select(gallery.Person).DistinctBy(entry => entry.Id)];
        ILookup<string, string> badges = gallery.NumberedBadges.Where(badge => badge.State == BadgeState.Active)
            .ToLookup(badge => badge.Person, badge => badge.Badge.Number);
        List<GalleryPerson> people = [];
        foreach (PersonEntry entry in entries)
        {
            people.Add(Of(entry, [.. badges[entry.Name]], encoder, gallery.PicturesOf(entry.Name)));
            progress.Report(people.Count);
        }

        return gallery.Query(GalleryRows.ReadStamp) == stamp ? people
            : throw new UserErrorException("Somebody changed the gallery in the meantime; nothing was sent. Try again.");
    }

    /// <summary>Returns what makes the encodings of a gallery; null while nobody has a face in it.</summary>
    public static FleetEncoder? EncoderOf(GalleryFile gallery) => gallery is { Encoder: { } encoder, Rule: { } rule }
        ? new FleetEncoder(encoder.Name, encoder.Digest, encoder.Alignment, encoder.Dimension, (rule with { IsCentred = false }).Name)
        : null;

    private static GalleryPerson Of(PersonEntry entry, IReadOnlyList<string> badges, FleetEncoder? encoder,
        IReadOnlyList<EnrolledPicture> pictures) => new(entry.Id, new FleetPerson("", entry.Name)
    {
        IsEnabled = entry.IsEnabled,
        IsExtended = entry.IsExtended,
        ValidFrom = entry.ValidFrom?.ToString(),
        ValidUntil = entry.ValidUntil?.ToString(),
        Schedule = entry.Schedule == ScheduleOptions.Always ? null : entry.Schedule,
        IsForLockdown = entry.IsForLockdown,
        NeedsSecondPerson = entry.NeedsSecondPerson,
        IsEscorted = entry.IsEscorted,
        Badges = badges,
        Consent = entry.Consent is { } consent ? new FleetConsent(consent.Day, consent.Note) : null,
        Encoder = pictures.Count > 0 ? encoder : null,
        Encodings = [.. pictures.Select(picture => new FleetEncoding(picture.Picture, picture.Quality, picture.Encoding.Vector.ToArray()))],
    }, entry.Hosts);
}
