using DoorAgent.Galleries;

namespace DoorAgent.Commands.People;

/// <summary>Shows an import on the screen.</summary>
internal static class ImportView
{
    public static void Show(Imported imported)
    {
        Say("added", imported.Added);
        Say("replaced", imported.Replaced);
        Say("kept unchanged", imported.Kept);
        foreach (string alike in imported.Alike)
            Console.WriteLine($"In a picture {alike}: the badge of one may open for the other. "
                + "Give both more pictures with 'dooragent people pictures'.");
        if (imported.LeavesCrops)
            Console.WriteLine("Their kept faces were not imported: this door does not keep faces (People:KeepCrops).");
        Console.WriteLine($"{imported.Added.Count + imported.Replaced.Count} imported. "
            + "Delete the archive when no other door needs it: it holds biometric data.");
    }

    /// <summary>Warns of people whose schedule is missing from this configuration: the door would stay locked for them.</summary>
    public static void Warn(IEnumerable<string> unconfigured)
    {
        foreach (string schedule in unconfigured)
            Console.Error.WriteLine($"WARNING: this configuration names no schedule {schedule} As long as the door's configuration lacks "
                + $"the schedule too, they are denied at any time.");
    }

    private static void Say(string what, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
            Console.WriteLine($"{what}: {string.Join(", ", names)}");
    }
}
