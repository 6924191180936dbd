using DoorAgent.Storage;

namespace DoorAgent.Galleries;

/// <summary>Takes single pictures away from a person.</summary>
internal static class GalleryPictures
{
    /// <summary>Removes pictures with everything that was made of them, other encoders' encodings and kept faces too, in one transaction.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="name">The person.</param>
    /// <param name="numbers">Which, from 1, as <see cref="GalleryFile.PicturesOf"/> lists them.</param>
    /// <returns>How many the person has now.</returns>
    /// <exception cref="UserErrorException">Nobody has that name, a number is none, or no picture would be left. Nothing is written.</exception>
    public static int Remove(GalleryFile gallery, string name, IReadOnlyCollection<int> numbers)
    {
        GalleryStamp stamp = gallery.Query(GalleryRows.ReadStamp);
        IReadOnlyList<EnrolledPicture> before = gallery.PicturesOf(name);
        HashSet<int> chosen = [.. numbers];
        int[] wrong = [.. chosen.Where(number => number < 1 || number > before.Count)];
        if (wrong.Length > 0)
            throw new UserErrorException($"{name} has no picture {wrong[0]}: 'dooragent people pictures NAME --list' shows the {before.Count} there are. Nothing was written.");
        if (chosen.Count == before.Count)
        {
            throw new UserErrorException($"Without a picture {name} would not be known at the door. Nothing was written: add others first, "
                + "or keep them out with 'dooragent people disable' or 'people remove'.");
        }

        gallery.Change((connection, _) =>
        {
            GalleryRows.RequireUnchanged(connection, stamp);
            long person = GalleryNames.Find(connection, name)!.Value;
            foreach (int number in chosen)
            {
                Sqlite.Run(connection, "DELETE FROM encoding WHERE person = $person AND encoder = (SELECT active_encoder FROM gallery) AND picture = $picture",
                    ("$person", person), ("$picture", before[number - 1].Picture));
            }

            GalleryEncoders.DeleteReplaced(connection, person);
        });
        return before.Count - chosen.Count;
    }
}
