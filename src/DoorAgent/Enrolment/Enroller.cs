using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Enrolment;

/// <summary>Enrols from picture files into a gallery: judges first, then writes in one transaction.</summary>
/// <param name="gallery">Where to.</param>
/// <param name="pipeline">The gallery's networks.</param>
/// <param name="thresholds">Of these networks.</param>
/// <param name="options">How many pictures a person may have.</param>
/// <param name="read">Reads a picture, where it is not a file.</param>
/// <param name="least">With fewer good pictures nothing is written.</param>
internal sealed class Enroller(GalleryFile gallery, FacePipeline pipeline, Thresholds thresholds, PeopleOptions options,
    Func<string, PictureReading>? read = null, int least = 1)
{
    private readonly EncoderIdentity _encoder = EncoderIdentity.Of(pipeline);

    private readonly EnrolmentJudge _enrolment = new(read ?? PictureReading.With(pipeline, PictureUse.Recognise), thresholds, options.MaxEncodings, least);

    /// <summary>Enrols somebody new.</summary>
    /// <exception cref="UserErrorException">Name or badge are taken, no picture can be used, or they would harm. Nothing is written.</exception>
    public Enrolled Add(PersonName name, IReadOnlyList<string> files, Badge? badge, bool isExtended, IProgress<int>? progress = null)
    {
        gallery.RequireFree(name, badge);
        Enrolled enrolled = Judge(name, files, progress);
        gallery.AddPerson(name, isExtended, badge, _encoder, enrolled.Pictures, options.KeepCropsFor);
        return enrolled;
    }

    /// <summary>Judges the pictures of somebody new, and writes nothing.</summary>
    /// <exception cref="UserErrorException">No picture can be used, or they would harm.</exception>
    public Enrolled Judge(PersonName name, IReadOnlyList<string> files, IProgress<int>? progress = null) => _enrolment.Judge(name.Text, files, [], Everybody, progress);

    /// <summary>Gives somebody more pictures.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, no picture can be used, or they would harm. Nothing is written.</exception>
    public Enrolled AddPictures(string name, IReadOnlyList<string> files, IProgress<int>? progress = null)
    {
        // As the gallery writes it: whoever is named with another apostrophe would look like somebody else, namely themselves.
        name = gallery.Person(name).Name;
        IReadOnlyList<EnrolledPicture> before = gallery.PicturesOf(name);
        Enrolled enrolled = _enrolment.Judge(name, files, before, Everybody, progress);
        gallery.ReplacePictures(name, _encoder, before, enrolled.Pictures, options.KeepCropsFor);
        return enrolled;
    }

    private Gallery? Everybody => gallery.Encoder is null ? null : gallery.Read(_encoder);
}
