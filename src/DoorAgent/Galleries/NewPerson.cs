using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Galleries;

/// <summary>Somebody who has been judged and can be enrolled.</summary>
/// <param name="Name">The name.</param>
/// <param name="Badges">Their badges, perhaps none.</param>
/// <param name="Schedule">Name of their schedule.</param>
/// <param name="From">From when on they may enter; null where there is no such limit.</param>
/// <param name="Until">Until when they may enter; null where there is no such limit.</param>
/// <param name="IsExtended">Whether the door stays unlocked longer for them.</param>
/// <param name="Pictures">The pictures, with their encodings.</param>
internal sealed record NewPerson(
    PersonName Name, IReadOnlyList<Badge> Badges, string Schedule, ValidityDate? From, ValidityDate? Until, bool IsExtended, IReadOnlyList<EnrolledPicture> Pictures)
{
    /// <summary>Writes the person into a gallery, whole or not at all.</summary>
    /// <exception cref="UserErrorException">Something speaks against it; the message says what.</exception>
    public void AddTo(GalleryFile gallery, EncoderIdentity encoder, TimeSpan keepCrops) => gallery.InOneTransaction(() =>
    {
        gallery.AddPerson(Name, IsExtended, badge: null, encoder, Pictures, keepCrops);
        foreach (Badge badge in Badges)
            gallery.AddBadge(Name.Text, badge);
        gallery.SetSchedule(Name.Text, Schedule);
        if (From is not null)
            gallery.SetValidity(Name.Text, ValidityLimit.From, From);
        if (Until is not null)
            gallery.SetValidity(Name.Text, ValidityLimit.Until, Until);
    });
}
