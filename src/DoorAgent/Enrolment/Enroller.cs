using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Enrolment;

/// <summary>Enrols from picture files into a gallery: judges the pictures first, then writes in one transaction.</summary>
/// <param name="gallery">The gallery to enrol into.</param>
/// <param name="pipeline">The gallery's networks.</param>
/// <param name="thresholds">Thresholds of these networks.</param>
/// <param name="options">How many pictures a person may have.</param>
/// <param name="read">Reads a picture that is not a file; null reads files.</param>
/// <param name="least">The least number of good pictures; with fewer, nothing is written.</param>
/// <param name="margin">Matching:Margin, for people who are separated from somebody who looks like them.</param>
internal sealed class Enroller(GalleryFile gallery, FacePipeline pipeline, Thresholds thresholds, PeopleOptions options,
    Func<string, PictureReading>? read = null, int least = 1, double margin = MatchingOptions.DefaultMargin)
{
    private readonly EncoderIdentity _encoder = EncoderIdentity.Of(pipeline);

    private readonly EnrolmentJudge _enrolment = new(
        read ?? PictureReading.With(new LoadedNetworks(pipeline, thresholds).ForEnrolment(), PictureUse.Recognise), thresholds,
        options.MaxEncodings, least, options.RefuseLookAlikes ? null : new Separator(gallery.PicturesOf, thresholds, margin));

    /// <summary>What was found in each picture of the last set, also of one that was refused.</summary>
    public IReadOnlyList<PictureFinding> Findings => _enrolment.Findings;

    /// <summary>Enrols a new person.</summary>
    /// <exception cref="UserErrorException">The name or badge is taken, no picture can be used, or a picture would do harm. Nothing is
    /// written.</exception>
    public EnrolmentResult Add(PersonName name, IReadOnlyList<string> files, Badge? badge, bool isExtended, IProgress<int>? progress = null,
        Consent? consent = null)
    {
        gallery.RequireFree(name, badge);
        EnrolmentResult enrolled = Judge(name, files, progress);
        gallery.InOneTransaction(() =>
        {
            gallery.AddPerson(name, isExtended, badge, _encoder, enrolled.Pictures, options.KeepCropsFor, thresholds.Rule);
            if (enrolled.Separated.Count > 0)
                GallerySeparations.Set(gallery, name.Text, enrolled.Separated);
            if (consent is not null)
                GalleryConsents.Set(gallery, name.Text, consent);
        });
        return enrolled;
    }

    /// <summary>Judges the pictures of a new person without writing anything.</summary>
    /// <exception cref="UserErrorException">No picture can be used, or a picture would do harm.</exception>
    public EnrolmentResult Judge(PersonName name, IReadOnlyList<string> files, IProgress<int>? progress = null) =>
        _enrolment.Judge(name.Text, files, [], Everybody, progress);

    /// <summary>Adds pictures to an enrolled person.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, no picture can be used, or a picture would do harm. Nothing is
    /// written.</exception>
    public EnrolmentResult AddPictures(string name, IReadOnlyList<string> files, IProgress<int>? progress = null)
    {
        // The gallery's spelling: with another apostrophe in the name, the person would look like somebody else, namely themselves.
        name = gallery.Person(name).Name;
        GalleryOrigin.RequireLocal(gallery, name);
        IReadOnlyList<EnrolledPicture> before = gallery.PicturesOf(name);
        EnrolmentResult enrolled = _enrolment.Judge(name, files, before, Everybody, progress);
        gallery.InOneTransaction(() =>
        {
            gallery.ReplacePictures(name, _encoder, before, enrolled.Pictures, options.KeepCropsFor, thresholds.Rule);
            if (enrolled.Separated.Count > 0)
                GallerySeparations.Set(gallery, name, enrolled.Separated);
        });
        return enrolled;
    }

    private Gallery? Everybody => gallery.Encoder is null ? null : gallery.Read(_encoder);
}
