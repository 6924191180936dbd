using DoorAgent.People;

namespace DoorAgent.Commands;

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
        Console.WriteLine($"{imported.Added.Count + imported.Replaced.Count} imported. Delete the archive when no other door needs it: it holds biometric data.");
    }

    private static void Say(string what, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
            Console.WriteLine($"{what}: {string.Join(", ", names)}");
    }
}
