using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Galleries;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet leave.</summary>
internal static class FleetLeaveCommand
{
    internal static Command Create()
    {
        Option<bool> keep = new("--keep-people") { Description = "The fleet's people stay, as people of this door." };
        Option<bool> yes = new("--yes") { Description = "Does not ask." };
        Command command = new("leave", """
            On a door: leaves the fleet. The fleet's people and all keys of the fleet are deleted here; local people stay.

            Afterwards 'dooragent fleet revoke --door NAME' at the office, so that the hub forgets the door too. A door that leaves and joins
            again has new keys.
            Exit code 0 when the door is in no fleet, 1 when you say no.
            """) { keep, yes };
        command.SetAction(result => Leave(CommonOptions.ShowPlaces(result), result.GetValue(keep), result.GetValue(yes)));
        return command;
    }

    private static int Leave(Places places, bool keepsPeople, bool isSure)
    {
        FleetMembership? member = DoorJoining.MembershipOf(places);
        if (member is not null && !isSure && !Console.IsInputRedirected && !Console.IsOutputRedirected
            && !Confirmation.Asks($"Does this door leave the group {member.Group}{(keepsPeople ? "" : ", and forget the fleet's people")}?"))
        {
            Console.WriteLine("Nothing was changed.");
            return 1;
        }

        // First the link, so that nothing arrives any more; last the keys, without which another call could not go on.
        DoorLinkFiles link = new(places);
        link.Remove();
        link.Reload();
        int people = File.Exists(places.GalleryFile) ? DoorJoining.GalleryOf(places).Leave(keepsPeople) : 0;
        new DoorNkey(places, new SystemdCreds()).Delete();
        if (member is null)
        {
            Console.WriteLine("This door is in no fleet. Keys of a request that nobody answered are deleted.");
            return 0;
        }

        Console.WriteLine($"{member.Door} has left the group {member.Group}; {FleetWords.Count(people, "person", "people")} of the fleet "
            + (keepsPeople ? "stay as people of this door." : "were deleted here."));
        Console.WriteLine($"Next, at the office: 'dooragent fleet revoke --door {member.Door}'.");
        return 0;
    }
}
