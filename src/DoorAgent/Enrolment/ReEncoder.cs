using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Enrolment;

/// <summary>
/// Brings a gallery to another encoder: writes its encodings, made from kept crops, beside the old ones and switches, in one
/// transaction. The old ones stay, so that the way back needs no crops.
/// </summary>
/// <param name="gallery">The gallery.</param>
/// <param name="networks">The networks with the encoder to change to, proven.</param>
/// <param name="identifies">Whether this door compares faces with everybody.</param>
/// <param name="time">The clock.</param>
internal sealed class ReEncoder(GalleryFile gallery, LoadedNetworks networks, bool identifies, TimeProvider time)
{
    private readonly EncoderIdentity _encoder = EncoderIdentity.Of(networks.Pipeline);

    /// <summary>Finds out whether it can be done; changes nothing.</summary>
    /// <param name="withoutThem">Whether to go on without those of whom it needs new pictures.</param>
    /// <exception cref="UserErrorException">It cannot; the message says why, and whom to enrol again.</exception>
    public ReEncoding Plan(bool withoutThem)
    {
        (GalleryStamp stamp, IReadOnlyList<PictureToEncode> pictures) = gallery.Ask(connection => GalleryEncoders.Pictures(connection, _encoder, GalleryCrops.Text(time.GetUtcNow())));
        ReEncoding plan = new(stamp, pictures);
        if (pictures.Count == 0)
            throw new UserErrorException("Nobody is enrolled: an empty gallery takes the encoder that Encodings:Encoder names.");
        if (plan.Without.Count > 0 && !withoutThem)
        {
            throw new UserErrorException($"Of {plan.Without.Count} of {plan.Counts.Count} people no crop is kept from which {_encoder.Name} could encode (People:KeepCrops); nothing was changed. "
                + $"Change without them ('dooragent people re-encode --encoder {_encoder.Name} --without-them') and then enrol each again:"
                + string.Concat(plan.Without.Select(name => $"{Environment.NewLine}  {EnrolAgain(name)}")));
        }

        // Said now, and not when the daemon looks at it: so many encodings may be more than the calibration supports.
        _ = networks.Thresholds.Verification(plan.Counts.Max());
        if (identifies)
            _ = networks.Thresholds.Identification(plan.Counts.Sum());
        return plan;
    }

    /// <summary>Does it.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="dropsOld">Whether to delete what other encoders made.</param>
    /// <param name="progress">Told the number of pictures encoded.</param>
    /// <exception cref="UserErrorException">A crop cannot be encoded, or somebody changed the gallery in between; nothing was written.</exception>
    public void Run(ReEncoding plan, bool dropsOld, IProgress<int>? progress)
    {
        List<EnrolledPicture> made = [];
        foreach (PictureToEncode picture in plan.Work)
        {
            made.Add(new EnrolledPicture(picture.Picture, picture.Quality, Encode(picture)));
            progress?.Report(made.Count);
        }

        gallery.Change((connection, now) =>
        {
            GalleryRows.NeedUnchanged(connection, plan.Stamp);
            long encoder = GalleryEncoders.Activate(connection, _encoder);
            foreach ((PictureToEncode picture, EnrolledPicture encoded) in plan.Work.Zip(made))
                GalleryEncoders.Insert(connection, picture.Person, encoder, encoded, now);
            if (dropsOld)
                GalleryEncoders.DropOthers(connection);
        });
    }

    /// <summary>The command that enrols somebody again who is there with badges and all but pictures.</summary>
    public static string EnrolAgain(string name) => $"dooragent people pictures '{name.Replace("'", "'\\''", StringComparison.Ordinal)}' --images DIR";

    private FaceEncoding Encode(PictureToEncode picture)
    {
        try
        {
            byte[] png = gallery.Ask(connection => GalleryCrops.Read(connection, picture.Person, picture.Picture, _encoder.Alignment));
            return networks.Pipeline.Encode(GalleryCrops.Decode(png, _encoder.Alignment));
        }
        catch (Exception failure) when (failure is InvalidDataException or NetworkFaultException)
        {
            throw new UserErrorException($"A kept crop of {picture.Name} cannot be encoded, and nothing was changed: {failure.Message}", failure);
        }
    }
}
