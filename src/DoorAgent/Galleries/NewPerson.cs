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

    /// <summary>Whether the person may enter during a lockdown.</summary>
    public bool IsForLockdown { get; init; }

    /// <summary>Whether the person enters only together with a second person.</summary>
    public bool NeedsSecondPerson { get; init; }

    /// <summary>Names of a visitor's hosts; empty for somebody who enters without a host.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

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
        if (IsForLockdown)
            GalleryMarks.Set(gallery, Name.Text, PersonMark.Lockdown, isSet: true);
        if (NeedsSecondPerson)
            GalleryMarks.Set(gallery, Name.Text, PersonMark.TwoPerson, isSet: true);
        if (Hosts.Count > 0)
            GalleryHosts.Set(gallery, Name.Text, Hosts);
        if (Separated.Count > 0)
            GallerySeparations.Set(gallery, Name.Text, Separated);
        if (Consent is not null)
            GalleryConsents.Set(gallery, Name.Text, Consent);
    });
}
