using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Enrolment;

/// <summary>
/// Changes the encoder of a gallery: writes new encodings, made from kept crops, beside the old ones and switches to them in one
/// transaction. The old encodings stay, so that the change back needs no crops.
/// </summary>
/// <param name="gallery">The gallery.</param>
/// <param name="networks">Proven networks with the new encoder, for the rule of <see cref="RuleAfter"/>.</param>
/// <param name="identifies">Whether this door compares faces with everybody.</param>
/// <param name="time">The clock.</param>
internal sealed class ReEncoder(GalleryFile gallery, LoadedNetworks networks, bool identifies, TimeProvider time)
{
    private readonly EncoderIdentity _encoder = EncoderIdentity.Of(networks.Pipeline);

    /// <summary>Whether encodings of this encoder are made again too, because the rule includes mirror images and the old ones do not, or
    /// the other way round. Then all old encodings and centres are deleted: none of them fits the rule.</summary>
    public bool Remakes { get; init; }

    /// <summary>Returns the rule of comparison after a change to an encoder: the same, but centred only if the gallery has a centre for
    /// the encoder.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="pipeline">The pipeline with the new encoder.</param>
    /// <param name="flip">Which encodings are to include the mirror image where the gallery is empty.</param>
    public static ComparisonRule RuleAfter(GalleryFile gallery, FacePipeline pipeline, FlipUse flip) => gallery.Rule is { } rule
        ? rule with { IsCentred = gallery.Query(connection => GalleryRules.WouldBeCentred(connection, EncoderIdentity.Of(pipeline), rule)) }
        : pipeline.BestRule(flip);

    /// <summary>Plans the change without changing anything.</summary>
    /// <param name="withoutThem">Whether to leave out people who need new pictures.</param>
    /// <exception cref="UserErrorException">The change is not possible; the message says why, and whom to enrol again.</exception>
    public ReEncodingPlan Plan(bool withoutThem)
    {
        (GalleryStamp stamp, IReadOnlyList<PictureToEncode> pictures) = gallery.Query(
            connection => GalleryEncoders.Pictures(
                connection, _encoder, networks.Pipeline.CropAlignments, GalleryCrops.Text(time.GetUtcNow())));
        ReEncodingPlan plan = new(stamp, Remakes ? [.. pictures.Select(picture => picture with { IsEncoded = false })] : pictures);
        // The rule was read before the stamp, and encodings with and without mirror images must never stand side by side.
        if (!Remakes && gallery.Rule is { } now && now with { IsCentred = false } != networks.Thresholds.Rule with { IsCentred = false })
            throw new UserErrorException("Somebody else has changed the gallery's rule in the meantime; nothing was written. Try again.");
        string command = Remakes ? $"dooragent people rule {networks.Thresholds.Rule.Name}"
            : $"dooragent people re-encode --encoder {_encoder.Id}";
        if (gallery.Query(GalleryOrigin.CountOfFleet) is > 0 and var ofFleet)
        {
            throw new UserErrorException($"People of the fleet here: {ofFleet}. This door cannot make their encodings again; nothing was "
                + "changed. The group changes at the office: publish the people with encodings of the new kind. A door that goes first leaves the fleet "
                + "('dooragent fleet leave'), changes, and joins again.");
        }

        if (pictures.Count == 0)
            throw new UserErrorException("Nobody is enrolled: an empty gallery uses the encoder that Encodings:Encoder names.");
        if (plan.Without.Count > 0 && !withoutThem)
        {
            throw new UserErrorException($"For {plan.Without.Count} of {plan.Counts.Count} people no crop "
                + $"is kept that {_encoder.Id} could encode (People:KeepCrops); nothing was changed. "
                + $"Change without them ('{command} --without-them') and then enrol each of them again:"
                + string.Concat(plan.Without.Select(name => $"{Environment.NewLine}  {EnrolAgain(name)}")));
        }

        // Fails now, and not when the daemon reads the gallery, if the calibration does not support so many encodings.
        TemplateKind template = networks.Thresholds.Rule.Template;
        int[] templates = [.. plan.Counts.Select(count => PersonTemplate.Count(template, count))];
        _ = networks.Thresholds.Verification(templates.Max());
        if (identifies)
            _ = networks.Thresholds.Identification(templates.Sum());
        return plan;
    }

    /// <summary>Carries out a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="dropsOld">Whether to delete the encodings of other encoders.</param>
    /// <param name="progress">Receives the number of pictures encoded.</param>
    /// <exception cref="UserErrorException">A crop cannot be encoded, or somebody else changed the gallery; nothing was
    /// written.</exception>
    public void Run(ReEncodingPlan plan, bool dropsOld, IProgress<int>? progress)
    {
        List<EnrolledPicture> made = [];
        foreach (PictureToEncode picture in plan.Work)
        {
            made.Add(new EnrolledPicture(picture.Picture, picture.Quality, Encode(picture)));
            progress?.Report(made.Count);
        }

        gallery.Change((connection, now) =>
        {
            GalleryRows.RequireUnchanged(connection, plan.Stamp);
            if (Remakes)
                GalleryEncoders.DeleteAllEncodings(connection);
            long encoder = GalleryEncoders.Activate(connection, _encoder);
            GalleryRules.Write(connection, networks.Thresholds.Rule);
            foreach ((PictureToEncode picture, EnrolledPicture encoded) in plan.Work.Zip(made))
                GalleryEncoders.Insert(connection, picture.Person, encoder, encoded, now);
            if (dropsOld)
                GalleryEncoders.DeleteOthers(connection);
        });
    }

    /// <summary>Returns the command that adds pictures to a person who has none left.</summary>
    public static string EnrolAgain(string name) =>
        $"dooragent people pictures '{name.Replace("'", "'\\''", StringComparison.Ordinal)}' --images DIR";

    private FaceEncoding Encode(PictureToEncode picture)
    {
        try
        {
            return networks.ForEnrolment().Encode([.. networks.Pipeline.CropAlignments.Select(alignment => GalleryCrops.Decode(
                gallery.Query(connection => GalleryCrops.Read(connection, picture.Person, picture.Picture, alignment)), alignment))]);
        }
        catch (Exception failure) when (failure is InvalidDataException or NetworkFaultException)
        {
            throw new UserErrorException($"A kept crop of {picture.Name} cannot be encoded, and nothing was changed: {failure.Message}",
                failure);
        }
    }
}
