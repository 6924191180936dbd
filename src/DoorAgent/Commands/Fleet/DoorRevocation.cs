using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Revokes a door: 'fleet revoke --door'.</summary>
internal static class DoorRevocation
{
    /// <summary>Revokes the door, and says what that does not do.</summary>
    /// <returns>Exit code 0 where the hub knows it, 1 where something waits.</returns>
    /// <exception cref="UserErrorException">There is no such door.</exception>
    public static async Task<int> RunAsync(FleetOffice office, string name, CancellationToken stopping)
    {
        if (DoorAdmission.Revoke(office, name) is { } made)
            Console.WriteLine(FleetWords.Publication(made));
        else
            Console.WriteLine($"{name} was revoked before, {FleetWords.Time(office.Doors.Find(name)!.Since)}.");
        int code = await OfficeSending.RunAsync(office, stopping);
        OfficeDoor door = office.Doors.Find(name)!;
        Console.WriteLine($"{name} cannot connect once the hub has read its users again. It still opens for the people it knows; in a strict "
            + "group, until the time without contact is over. Where it was stolen, its lines and its disk are in foreign hands.");
        Console.WriteLine($"The new key of {door.Group} is for {FleetWords.Count(office.Doors.Of(door.Group).Count, "door", "doors")}, and seals all later "
            + "records. The old gallery is no longer secret: exchange badges that can be copied.");
        return code;
    }
}
