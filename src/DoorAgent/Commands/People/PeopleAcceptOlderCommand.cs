using System.CommandLine;
using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Commands.Output;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Operating;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people accept-older.</summary>
internal static class PeopleAcceptOlderCommand
{
    internal static Command Create()
    {
        Option<bool> yes = new("--yes") { Description = "Accepts without asking." };
        Command command = new("accept-older", """
            Accepts a gallery that is older than the newest one that this door has used, such as a restored backup.

            A door refuses such a gallery with an alarm (GalleryRolledBack): somebody who was removed since may be in it, and a blocked badge
            may be active. Look at 'dooragent people list' and 'dooragent badges list' first. The gallery goes on with a later revision, the
            acceptance is recorded with who ran the command, and a running door follows within a second. The system's door needs
            root (sudo). Exit code 1 when nothing was accepted.
            """) { yes };
        command.SetAction((result, stopping) => RunAsync(result, result.GetValue(yes), stopping));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, bool isAgreed, CancellationToken stopping)
    {
        Places places = CommonOptions.ShowPlaces(result);
        if (places.AnchorFile is not null && !Libc.IsRoot)
            throw new UserErrorException("Only root accepts an older gallery of this door. Run the command with sudo.");
        KeyRing keys = KeyPlaces.Find(places.Data);
        using GalleryFile gallery = GalleryRollback.OpenToAccept(places.GalleryFile, TimeProvider.System, keys);
        if (gallery.Query(GalleryRollback.FaultOf) is not { } fault)
        {
            Console.WriteLine("This gallery is not older than the newest one that this door has used; there is nothing to accept.");
            return 1;
        }

        Show(gallery, UsedGalleries.Of(places, keys), fault);
        if (!isAgreed && !Confirmation.Asks("Accept this gallery, with everybody who is in it?"))
        {
            Console.WriteLine("Nothing was accepted; with --yes it is, without a question.");
            return 1;
        }

        GalleryHead accepted = await new GalleryAcceptance(places, keys, TimeProvider.System).RunAsync(gallery, stopping);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Accepted and recorded: it goes on as revision {accepted.Revision}."));
        return 0;
    }

    private static void Show(GalleryFile gallery, UsedGalleries used, string fault)
    {
        GalleryHead head = gallery.Query(GalleryRollback.HeadOf);
        Console.WriteLine($"The gallery {fault}.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  in the file: revision {head.Revision}, people {gallery.People.Count}, "
            + $"badges {gallery.Badges.Count}, {(head.IsSealed ? $"sealed with the key {head.KeyId}" : "not sealed")}, "
            + $"{(used.TimeOf(head) is { } time ? $"in use since {time}" : "not in use at this door before")}"));
        foreach (UsedGallery newest in used.Newest())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  newest in use by the {(newest.IsAnchored ? "anchor" : "journal")}: "
                + $"revision {newest.Head.Revision} of {newest.Time}"));
        }
    }
}
