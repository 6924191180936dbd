using DoorAgent.Galleries;

namespace DoorAgent.Commands.People;

/// <summary>An import on the screen.</summary>
internal static class ImportView
{
    public static void Show(Imported imported)
    {
        Say("added", imported.Added);
        Say("replaced", imported.Replaced);
        Say("left as they are", imported.Kept);
        foreach (string alike in imported.Alike)
            Console.WriteLine($"On a picture {alike}: the badge of one may open for the other. Give both more pictures with 'dooragent people pictures'.");
        if (imported.LeavesCrops)
            Console.WriteLine("Their kept faces were left out: this door keeps none (People:KeepCrops).");
        Console.WriteLine($"{imported.Added.Count + imported.Replaced.Count} imported. Delete the archive when no other door needs it: it holds biometric data.");
    }

    /// <summary>Says whose hours this configuration does not know: they would stand before a locked door.</summary>
    public static void Warn(IEnumerable<string> unconfigured)
    {
        foreach (string schedule in unconfigured)
            Console.Error.WriteLine($"WARNING: this configuration names no schedule {schedule} While the door's does not either, they are refused at any time.");
    }

    private static void Say(string what, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
            Console.WriteLine($"{what}: {string.Join(", ", names)}");
    }
}
