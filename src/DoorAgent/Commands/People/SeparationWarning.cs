using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Commands.People;

/// <summary>Warns of separated pairs (<see cref="SeparatedPair"/>) whose distances were measured by another rule of comparison, another
/// encoder or another centre than those in use: there they mean something else.</summary>
internal static class SeparationWarning
{
    /// <summary>Warns after a change of the gallery.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="of">What the distances belong to, such as "mobilefacenet" or "the rule mean".</param>
    public static void Show(GalleryFile gallery, string of) => Show(gallery.Query(GallerySeparations.Read).Count, of);

    /// <summary>Warns after an import into a gallery with another rule than the archive's.</summary>
    public static void Show(GalleryArchive archive, ComparisonRule here)
    {
        if (archive.Rule != here)
            Show(archive.Everybody.Separated.Length, $"the archive's rule {archive.Rule.Name}");
    }

    /// <summary>Warns at an export from a gallery with a centre, which stays behind.</summary>
    public static void ShowOfExport(string galleryFile)
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(galleryFile);
        if (gallery.Rule is { IsCentred: true } rule)
            Show(gallery, $"the rule {rule.Name}, whose centre the archive leaves out; where they are imported");
    }

    private static void Show(int pairs, string of)
    {
        if (pairs == 0)
            return;
        string who = pairs == 1 ? "1 pair of people is separated by a distance" : $"{pairs} pairs of people are separated by distances";
        Console.Error.WriteLine($"WARNING: {who} of {of}: give "
            + "each pair its rule again ('dooragent people separate').");
    }
}
