using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Encodings;

/// <summary>The purpose for which a picture is read.</summary>
internal enum PictureUse
{
    /// <summary>Enrolment or recognition: the picture must show exactly one face of good quality, as at the door.</summary>
    Recognise,

    /// <summary>Measurement only: the main face is read, whatever its quality.</summary>
    Measure,
}

/// <summary>What one frame or picture showed: a face with its encoding, or the reason why there is none.</summary>
/// <param name="Problem"><see cref="UnusableReason.None"/> exactly if <paramref name="Encoding"/> is not null.</param>
/// <param name="Face">The main face; null if no face was found.</param>
/// <param name="CountingFaces">Number of faces that count (behaviour.md, section 2).</param>
/// <param name="Encoding">Encoding of a usable face.</param>
/// <param name="Quality">Quality score, 0 to 1, which orders the pictures of one person; higher is better.</param>
internal sealed record FaceReading(UnusableReason Problem, Face? Face, int CountingFaces, FaceEncoding? Encoding, float Quality)
{
    /// <summary>Degrees by which the picture was rotated clockwise before the face was found; the face lies on the rotated
    /// picture.</summary>
    public int TurnedBy { get; init; }

    /// <summary>The face in each alignment of the catalogue, if the pipeline keeps crops (<see cref="FacePipeline.KeepsCrops"/>).</summary>
    public IReadOnlyList<AlignedFace> Crops { get; init; } = [];
}

/// <summary>The chain of networks from picture to encoding: finds the face, checks its quality and encodes it. Not thread-safe.</summary>
internal sealed class FacePipeline(FaceDetector detector, FaceEncoder encoder, FaceOptions options) : IDisposable
{
    private readonly FaceFinder _finder = new(detector);
    private readonly Typicality? _typicality = Typicality.Of(encoder.Entry, detector.Entry.Id);
    private readonly RotationSearch _rotations = new();
    private readonly OrientationDetector _orientation = new(detector);

    public string EncoderId => encoder.Entry.Id;

    public string DetectorId => detector.Entry.Id;

    /// <summary>Whether the encoder has a network; the comparison of raw pixels has none.</summary>
    public bool HasEncoderFile => encoder.Parts.Any(part => part.Entry.HasFile);

    /// <summary>SHA-256 of the detector's file, in hexadecimal.</summary>
    public string DetectorDigest => detector.Entry.Sha256;

    /// <summary>The encoder's digest, 32 bytes: SHA-256 of its file, or of a composite's parts (see
    /// <see cref="CatalogueEntry.OfParts"/>).</summary>
    public byte[] EncoderDigest { get; } = Convert.FromHexString(encoder.Entry.EncodingSha256);

    public int AlignmentVersion => encoder.Entry.Alignment!.Version;

    /// <summary>Versions of the alignments whose crops are needed to encode a face again: one for each part of the encoder.</summary>
    public IReadOnlyList<int> CropAlignments { get; } = [.. encoder.Parts.Select(part => part.Alignment).Distinct()];

    public int Dimension => encoder.Entry.Output!.Dimension;

    /// <summary>The files from which the networks were read.</summary>
    public IReadOnlyList<LoadedFile> Files { get; init; } = [];

    /// <summary>Whether readings contain the aligned faces too. The encoding is then computed from the encoder's own crops, so that
    /// encoding stored crops again gives the same numbers.</summary>
    public bool KeepsCrops { get; set; }

    /// <summary>Whether an encoding is the mean of the encodings of the aligned face and of its mirror image (flip averaging), which takes
    /// twice the time. Whoever opens the pipeline decides, for enrolment or for faces at the door; encodings with and without can be
    /// compared, but each combination has error rates of its own.</summary>
    public bool Flips { get; set; }

    /// <summary>The calibration of this encoder with this detector for a rule of comparison; null if there is none.</summary>
    public CalibrationEntry? CalibrationOf(ComparisonRule rule) => encoder.Entry.CalibrationOf(detector.Entry.Id, rule);

    /// <summary>The rule of comparison that a new gallery takes with these networks and the wanted use of mirror images.</summary>
    public ComparisonRule BestRule(FlipUse flip) => ComparisonRule.Best(encoder.Entry, detector.Entry.Id, flip);

    /// <summary>All calibrations of this encoder.</summary>
    public IReadOnlyList<CalibrationEntry> Calibrations => encoder.Entry.Calibration;

    /// <summary>The distance that the encoder's authors used; null if unknown or if the pair is calibrated.</summary>
    public double? RawDistance => CalibrationOf(ComparisonRule.Nearest) is { Rows.Length: > 0 } ? null : encoder.Entry.RawDistance;

    /// <summary>Reads a camera's frame: encodes the face if exactly one face counts and its quality is good.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="minFaceWidth">The least width of the face where more than <see cref="FaceOptions.MinFaceWidth"/> is needed, in
    /// pixels.</param>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public FaceReading ReadFrame(Frame frame, int minFaceWidth = 0)
    {
        IReadOnlyList<Face> faces = _finder.Find(frame);
        if (faces.Count == 0)
            return new FaceReading(UnusableReason.NoFace, null, 0, null, 0);
        Face face = MainFace.OfFrame(faces);
        int counting = Counting(faces, face);
        // Several faces are reported before a small one, as without a further limit.
        return counting == 1 && face.Box.Width < minFaceWidth
            ? new FaceReading(UnusableReason.TooSmall, face, counting, null, FaceQuality.Of(frame, face).Score)
            : Read(frame, face, faces, PictureUse.Recognise);
    }

    /// <summary>Finds every face of a camera's frame, for display; the next call reuses the list.</summary>
    /// <exception cref="NetworkFaultException">The network is broken.</exception>
    public IReadOnlyList<Face> FindFaces(Frame frame) => _finder.Find(frame);

    /// <summary>Reads a picture.</summary>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    /// <remarks>A picture without a usable face is also tried in the other three rotations, because its orientation tag may be wrong or
    /// missing. For measurement the picture is read only as it is.</remarks>
    public FaceReading ReadPicture(Frame picture, PictureUse use)
    {
        FaceReading reading = ReadUnrotated(picture, use);
        return use == PictureUse.Measure || reading.Problem == UnusableReason.None
            ? reading : _rotations.Read(picture, reading, rotated => ReadUnrotated(rotated, use)) ?? reading;
    }

    /// <summary>Returns by how many degrees a frame must be rotated clockwise for its face to be upright; 0 if no rotation helps.</summary>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public int RotationToUpright(Frame frame, FaceReading reading) =>
        reading.Problem == UnusableReason.None ? 0 : _rotations.Read(frame, reading, rotated => ReadFrame(rotated))?.TurnedBy ?? 0;

    private FaceReading ReadUnrotated(Frame picture, PictureUse use)
    {
        IReadOnlyList<Face> faces = _finder.FindInPicture(picture);
        return faces.Count == 0
            ? new FaceReading(UnusableReason.NoFace, null, 0, null, 0)
            : Read(picture, MainFace.OfPicture(faces, picture.Width, picture.Height), faces, use);
    }

    /// <summary>Encodes a face from its crops.</summary>
    /// <param name="crops">Crops of one face, among them one in each of the <see cref="CropAlignments"/>.</param>
    /// <exception cref="InvalidDataException">A crop is missing, or was aligned for encoders of another kind.</exception>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public FaceEncoding Encode(IReadOnlyList<AlignedFace> crops) => encoder.Encode(crops, Flips);

    public void Dispose()
    {
        _finder.Dispose();
        encoder.Dispose();
    }

    private FaceReading Read(Frame frame, Face face, IReadOnlyList<Face> faces, PictureUse use)
    {
        int counting = Counting(faces, face);
        if (use != PictureUse.Measure && counting > 1)
            return new FaceReading(UnusableReason.SeveralFaces, face, counting, null, 0);
        FaceQuality quality = FaceQuality.Of(frame, face);
        UnusableReason problem = use == PictureUse.Measure ? UnusableReason.None : quality.Judge(options);
        if (problem != UnusableReason.None)
            return new FaceReading(problem, face, counting, null, quality.Score);
        IReadOnlyList<AlignedFace> crops = KeepsCrops ? AlignedFace.All(frame, face.Landmarks) : [];
        FaceEncoding encoding = KeepsCrops
            ? Encode(crops)
            : encoder.Encode(frame, face.Landmarks, Flips);
        if (use != PictureUse.Measure)
            problem = Atypicality(frame, face, encoding);
        return problem == UnusableReason.None
            ? new FaceReading(problem, face, counting, encoding, quality.Score) { Crops = crops }
            : new FaceReading(problem, face, counting, null, quality.Score);
    }

    /// <summary>Returns why a face is unlike the faces of the calibration. The orientation needs eight runs of the detector, and so is
    /// determined only without typicality tests and for faces that seem covered: the built-in networks mistake some upside-down faces for
    /// covered ones.</summary>
    private UnusableReason Atypicality(Frame frame, Face face, FaceEncoding encoding)
    {
        UnusableReason? problem = _typicality?.Judge(encoding, face.Score);
        if (problem is not (null or UnusableReason.FaceCovered))
            return problem.Value;
        return _orientation.RotationToUpright(frame, face.Box) != 0 ? UnusableReason.NotUpright : problem ?? UnusableReason.None;
    }

    private int Counting(IReadOnlyList<Face> faces, Face main) => faces.Count(face =>
        face.Box.Width >= options.MinFaceWidth && face.Box.Area >= options.SecondFaceRatio * main.Box.Area);
}
