using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Galleries;

/// <summary>A person who passed all checks and can be enrolled.</summary>
/// <param name="Name">Name of the person.</param>
/// <param name="Badges">Badges; may be empty.</param>
/// <param name="Schedule">Name of the schedule.</param>
/// <param name="From">First date on which the person may enter; null without a limit.</param>
/// <param name="Until">Last date on which the person may enter; null without a limit.</param>
/// <param name="IsExtended">Whether the door stays unlocked longer for the person.</param>
/// <param name="Pictures">The pictures, with their encodings.</param>
internal sealed record NewPerson(
    PersonName Name, IReadOnlyList<Badge> Badges, string Schedule, ValidityDate? From, ValidityDate? Until, bool IsExtended,
        IReadOnlyList<EnrolledPicture> Pictures)
{
    /// <summary>The person's consent; null when none is recorded.</summary>
    public Consent? Consent { get; init; }

    /// <summary>Names of the people from whom the person must be separated, with the distance of each pair.</summary>
    public IReadOnlyList<(string Name, float Distance)> Separated { get; init; } = [];

    /// <summary>Adds the person to a gallery in one transaction.</summary>
    /// <exception cref="UserErrorException">The gallery refuses the person; the message says why.</exception>
    public void AddTo(GalleryFile gallery, GalleryMethod method, TimeSpan keepCrops) => gallery.InOneTransaction(() =>
    {
        gallery.AddPerson(Name, IsExtended, badge: null, method.Encoder, Pictures, keepCrops, method.Rule);
        foreach (Badge badge in Badges)
            gallery.AddBadge(Name.Text, badge);
        gallery.SetSchedule(Name.Text, Schedule);
        if (From is not null)
            gallery.SetValidity(Name.Text, ValidityLimit.From, From);
        if (Until is not null)
            gallery.SetValidity(Name.Text, ValidityLimit.Until, Until);
        if (Separated.Count > 0)
            GallerySeparations.Set(gallery, Name.Text, Separated);
        if (Consent is not null)
            GalleryConsents.Set(gallery, Name.Text, Consent);
    });
}
