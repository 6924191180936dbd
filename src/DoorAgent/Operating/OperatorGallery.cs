using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Operating;

/// <summary>Changes the gallery for operators: the daemon has the key, and nobody else who may use the socket needs it. The loops of the door
/// are not involved; they follow the file as after every other change.</summary>
/// <param name="path">Path of the gallery.</param>
/// <param name="time">The clock.</param>
internal sealed class OperatorGallery(string path, TimeProvider time)
{
    /// <summary>Judges a change: returns the number of the person whom it affects.</summary>
    /// <exception cref="UserErrorException">There is no such person or badge, the person belongs to the fleet, or the gallery cannot be
    /// used.</exception>
    public long Judge(GalleryChangeOrder change)
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(path);
        long person = IsOfBadge(change) ? gallery.Query(connection => GalleryBadges.OwnerOf(connection, BadgeOf(change)))
            : gallery.Person(change.Name).Id;
        return change.Kind is GalleryChangeKind.Enable or GalleryChangeKind.Disable ? person
            : gallery.Query(connection => GalleryOrigin.RequireLocal(connection, person));
    }

    /// <summary>Makes a change.</summary>
    /// <returns>What was done, for the operator.</returns>
    /// <exception cref="UserErrorException">The change could not be made; nothing was written.</exception>
    public string Run(GalleryChangeOrder change)
    {
        using GalleryFile gallery = GalleryFile.OpenToChange(path, time);
        Make(gallery, change);
        return DoneOf(change);
    }

    /// <summary>Makes a change of an open gallery.</summary>
    /// <exception cref="UserErrorException">The change could not be made; nothing was written.</exception>
    public static void Make(GalleryFile gallery, GalleryChangeOrder change)
    {
        switch (change.Kind)
        {
            case GalleryChangeKind.Enable or GalleryChangeKind.Disable:
                gallery.SetEnabled(change.Name, change.Kind == GalleryChangeKind.Enable);
                break;
            case GalleryChangeKind.RemovePerson:
                gallery.Remove(change.Name);
                break;
            case GalleryChangeKind.RemoveBadge:
                gallery.RemoveBadge(BadgeOf(change));
                break;
            case GalleryChangeKind.AllowInLockdown or GalleryChangeKind.DenyInLockdown:
                GalleryMarks.Set(gallery, change.Name, PersonMark.Lockdown, change.Kind == GalleryChangeKind.AllowInLockdown);
                break;
            case GalleryChangeKind.RequireSecondPerson or GalleryChangeKind.AllowAlone:
                GalleryMarks.Set(gallery, change.Name, PersonMark.TwoPerson, change.Kind == GalleryChangeKind.RequireSecondPerson);
                break;
            case GalleryChangeKind.Escort:
                GalleryHosts.Set(gallery, change.Name, change.Hosts);
                break;
            case GalleryChangeKind.EndEscort:
                GalleryHosts.Clear(gallery, change.Name);
                break;
            default:
                gallery.SetBadge(BadgeOf(change), StateOf(change.Kind));
                break;
        }
    }

    /// <summary>Returns what was done, for the operator.</summary>
    public static string DoneOf(GalleryChangeOrder change) => $"{(IsOfBadge(change) ? $"The badge {BadgeOf(change).Hint}" : change.Name)} is "
        + $"{Participle(change.Kind)}{(change.Hosts.Count > 0 ? $" ({string.Join(", ", change.Hosts)})" : "")}.";

    /// <summary>Returns a change in words for a record: a record has no names and no complete badge numbers.</summary>
    public static string WordsOf(GalleryChangeOrder change) => IsOfBadge(change)
        ? $"badge {BadgeOf(change).Hint} {Participle(change.Kind)}" : $"person {Participle(change.Kind)}";

    private static bool IsOfBadge(GalleryChangeOrder change) => change.Kind
        is GalleryChangeKind.Block or GalleryChangeKind.Lose or GalleryChangeKind.Unblock or GalleryChangeKind.RemoveBadge;

    private static BadgeState StateOf(GalleryChangeKind kind) => kind switch
    {
        GalleryChangeKind.Unblock => BadgeState.Active,
        GalleryChangeKind.Lose => BadgeState.Lost,
        _ => BadgeState.Blocked,
    };

    private static string Participle(GalleryChangeKind kind) => kind switch
    {
        GalleryChangeKind.Enable => "enabled",
        GalleryChangeKind.Disable => "disabled",
        GalleryChangeKind.Block => "blocked",
        GalleryChangeKind.Lose => "lost",
        GalleryChangeKind.Unblock => "active again",
        GalleryChangeKind.AllowInLockdown => "let in during a lockdown too",
        GalleryChangeKind.DenyInLockdown => "no longer let in during a lockdown",
        GalleryChangeKind.RequireSecondPerson => "let in only together with a second person",
        GalleryChangeKind.AllowAlone => "let in without a second person",
        GalleryChangeKind.Escort => "let in only after a host",
        GalleryChangeKind.EndEscort => "let in without a host",
        _ => "removed",
    };

    private static Badge BadgeOf(GalleryChangeOrder change)
    {
        try
        {
            return Badge.Read(change.Name);
        }
        catch (FormatException failure)
        {
            throw new UserErrorException(failure.Message, failure);
        }
    }
}
