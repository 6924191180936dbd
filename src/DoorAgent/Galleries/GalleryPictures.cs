using DoorAgent.Storage;

namespace DoorAgent.Galleries;

/// <summary>Adds pictures of a person, and removes single ones.</summary>
internal static class GalleryPictures
{
    /// <summary>Adds pictures. The first enrolment chooses the gallery's encoder and rule of comparison, and no other can replace them
    /// here.</summary>
    /// <param name="connection">The gallery, within a change.</param>
    /// <param name="path">Path of the gallery, for messages.</param>
    /// <param name="person">Row id of the person.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="method">The encoder that made the encodings, and the rule for which they were made.</param>
    /// <param name="now">The time of the change.</param>
    /// <param name="keepCrops">How long crops of the pictures are kept.</param>
    /// <exception cref="UserErrorException">The gallery has another encoder or use of mirror images.</exception>
    public static void Insert(GalleryConnection connection, string path, long person, IReadOnlyList<EnrolledPicture> pictures,
        GalleryMethod method, DateTimeOffset now, TimeSpan keepCrops)
    {
        Insert(connection, EncoderOf(connection, path, method), person, pictures, now, keepCrops);
    }

    /// <summary>Puts pictures in the place of all that a person has.</summary>
    /// <inheritdoc cref="Insert(GalleryConnection, string, long, IReadOnlyList{EnrolledPicture}, GalleryMethod, DateTimeOffset, TimeSpan)"/>
    public static void Replace(GalleryConnection connection, string path, long person, IReadOnlyList<EnrolledPicture> pictures,
        GalleryMethod method, DateTimeOffset now, TimeSpan keepCrops)
    {
        // Before the deletion: without the pictures of its only person, the gallery would choose its rule again and forget its centre.
        long encoder = EncoderOf(connection, path, method);
        Sqlite.Run(connection, "DELETE FROM encoding WHERE person = $person AND encoder = $encoder",
            ("$person", person), ("$encoder", encoder));
        Insert(connection, encoder, person, pictures, now, keepCrops);
        GalleryEncoders.DeleteReplaced(connection, person);
    }

    /// <summary>Removes pictures in one transaction, with all encodings and kept faces that were made from them.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="name">Name of the person.</param>
    /// <param name="numbers">Numbers of the pictures, from 1, in the order of <see cref="GalleryFile.PicturesOf"/>.</param>
    /// <returns>How many pictures the person has left.</returns>
    /// <exception cref="UserErrorException">Nobody has that name, a number is out of range, no picture would be left, or the person belongs
    /// to the fleet. Nothing is written.</exception>
    public static int Remove(GalleryFile gallery, string name, IReadOnlyCollection<int> numbers)
    {
        GalleryOrigin.RequireLocal(gallery, name);
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

    private static void Insert(GalleryConnection connection, long encoder, long person, IReadOnlyList<EnrolledPicture> pictures,
        DateTimeOffset now, TimeSpan keepCrops)
    {
        GalleryCrops.Insert(connection, person, pictures, now + keepCrops);
        foreach (EnrolledPicture picture in pictures)
            GalleryEncoders.Insert(connection, person, encoder, picture, GalleryCrops.Text(now));
    }

    private static long EncoderOf(GalleryConnection connection, string path, GalleryMethod method)
    {
        EncoderIdentity? active = GalleryEncoders.HasEncodings(connection) ? GalleryRows.ReadEncoder(connection) : null;
        if (active is null)
            return GalleryRules.Begin(connection, method);
        if (active.Digest != method.Encoder.Digest || active.Alignment != method.Encoder.Alignment)
            throw new UserErrorException($"The gallery was made with the encoder {active.Id}; "
                + $"encodings of {method.Encoder.Id} cannot be added to it.");
        GalleryRules.RequireSameFlips(connection, path, method.Rule);
        return Sqlite.Number(connection, "SELECT active_encoder FROM gallery");
    }
}
