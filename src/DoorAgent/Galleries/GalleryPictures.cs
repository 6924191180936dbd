using DoorAgent.Storage;

namespace DoorAgent.Galleries;

/// <summary>Removes single pictures of a person.</summary>
internal static class GalleryPictures
{
    /// <summary>Removes pictures in one transaction, with all encodings and kept faces that were made from them.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="name">Name of the person.</param>
    /// <param name="numbers">Numbers of the pictures, from 1, in the order of <see cref="GalleryFile.PicturesOf"/>.</param>
    /// <returns>How many pictures the person has left.</returns>
    /// <exception cref="UserErrorException">Nobody has that name, a number is out of range, or no picture would be left. Nothing is
    /// written.</exception>
    public static int Remove(GalleryFile gallery, string name, IReadOnlyCollection<int> numbers)
    {
        GalleryStamp stamp = gallery.Query(GalleryRows.ReadStamp);
        IReadOnlyList<EnrolledPicture> before = gallery.PicturesOf(name);
        HashSet<int> chosen = [.. numbers];
        int[] wrong = [.. chosen.Where(number => number < 1 || number > before.Count)];
        if (wrong.Length > 0)
        {
            string pictures = before.Count == 1 ? "the only picture" : $"the {before.Count} pictures";
            throw new UserErrorException(
                $"{name} has no picture {wrong[0]}: 'dooragent people pictures NAME --list' shows {pictures}. Nothing was written.");
        }

        if (chosen.Count == before.Count)
        {
            throw new UserErrorException($"Without a picture the door would not recognise {name}. Nothing was written: add other "
                + "pictures first, or lock the person out with 'dooragent people disable' or 'people remove'.");
        }

        gallery.Change((connection, _) =>
        {
            GalleryRows.RequireUnchanged(connection, stamp);
            long person = GalleryNames.Find(connection, name)!.Value;
            foreach (int number in chosen)
            {
                Sqlite.Run(connection, """
                    DELETE FROM encoding WHERE person = $person AND encoder = (SELECT active_encoder FROM gallery) AND picture = $picture
                    """, ("$person", person), ("$picture", before[number - 1].Picture));
            }

            GalleryEncoders.DeleteReplaced(connection, person);
        });
        return before.Count - chosen.Count;
    }
}
