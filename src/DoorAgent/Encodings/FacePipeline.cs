using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Encodings;

/// <summary>What a picture is read for.</summary>
internal enum PictureUse
{
    /// <summary>Exactly one face, of good quality, as at the door: to be enrolled, or compared with those who are.</summary>
    Recognise,

    /// <summary>The main face, whatever its quality.</summary>
    Measure,
}

/// <summary>The networks in use, joined: finds the face, judges it, encodes it. One caller at a time.</summary>
internal sealed class FacePipeline(FaceDetector detector, FaceEncoder encoder, FaceOptions options) : IDisposable
{
    private readonly FaceFinder _finder = new(detector);
    private readonly Typicality? _typicality = Typicality.Of(encoder.Entry.Id, detector.Entry.Id);
    private readonly UprightTurn _upright = new();
    private readonly WayUp _wayUp = new(detector);

    public string EncoderId => encoder.Entry.Id;

    public string DetectorId => detector.Entry.Id;

    /// <summary>SHA-256 of the encoder's file, 32 bytes.</summary>
    public byte[] EncoderDigest { get; } = Convert.FromHexString(encoder.Entry.Sha256);

    public int AlignmentVersion => encoder.Entry.Alignment!.Version;

    public int Dimension => encoder.Entry.Output!.Dimension;

    /// <summary>The files that the networks were read from.</summary>
    public IReadOnlyList<FileInUse> Files { get; init; } = [];

    /// <summary>Whether readings carry the aligned faces too. The encoding is then made from its own of them, so that who encodes
    /// a kept crop gets the same numbers.</summary>
    public bool KeepsCrops { get; set; }

    /// <summary>The calibration of this encoder with this detector, rate and distance; null when nobody has made one.</summary>
    public IReadOnlyList<CalibrationRow>? Calibration => encoder.Entry.Calibration.GetValueOrDefault(detector.Entry.Id);

    /// <summary>The raw distance that the encoder's makers used; null where nobody named one, or a calibration says it better.</summary>
    public double? RawDistance => Calibration is { Count: > 0 } ? null : encoder.Entry.RawDistance;

    /// <summary>Reads a camera's frame: one counting face of good quality is encoded.</summary>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public FaceReading ReadFrame(Frame frame)
    {
        IReadOnlyList<Face> faces = _finder.Find(frame);
        return faces.Count == 0
            ? new FaceReading(UnusableReason.NoFace, null, 0, null, 0)
            : Read(frame, MainFace.OfFrame(faces), faces, PictureUse.Recognise);
    }

    /// <summary>Every face of a camera's frame, for whoever wants to show them; the list is used again by the next call.</summary>
    /// <exception cref="NetworkFaultException">The network is broken.</exception>
    public IReadOnlyList<Face> FindFaces(Frame frame) => _finder.Find(frame);

    /// <summary>Reads a picture.</summary>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    /// <remarks>A picture without a usable face is looked at in the other three turns as well: its note of how it was held may be wrong or lost.
    /// Where only measures are wanted it is read as it is.</remarks>
    public FaceReading ReadPicture(Frame picture, PictureUse use)
    {
        FaceReading reading = ReadAsItIs(picture, use);
        return use == PictureUse.Measure || reading.Problem == UnusableReason.None
            ? reading : _upright.Read(picture, reading, turned => ReadAsItIs(turned, use)) ?? reading;
    }

    /// <summary>By how many degrees a frame must be turned clockwise until the face on it is upright; 0 where it is, or where no turn helps.</summary>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public int TurnToUpright(Frame frame, FaceReading reading) =>
        reading.Problem == UnusableReason.None ? 0 : _upright.Read(frame, reading, ReadFrame)?.TurnedBy ?? 0;

    private FaceReading ReadAsItIs(Frame picture, PictureUse use)
    {
        IReadOnlyList<Face> faces = _finder.FindInPicture(picture);
        return faces.Count == 0
            ? new FaceReading(UnusableReason.NoFace, null, 0, null, 0)
            : Read(picture, MainFace.OfPicture(faces, picture.Width, picture.Height), faces, use);
    }

    /// <summary>The encoding of a face that was aligned before.</summary>
    /// <exception cref="InvalidDataException">It was aligned for encoders of another kind.</exception>
    /// <exception cref="NetworkFaultException">The network is broken.</exception>
    public FaceEncoding Encode(AlignedFace face)
    {
        (int width, int height) = (encoder.Entry.Input.Width, encoder.Entry.Input.Height);
        if (face.Alignment != AlignmentVersion || face.Picture.Width != width || face.Picture.Height != height)
        {
            throw new InvalidDataException($"A face of {face.Picture.Width} x {face.Picture.Height} in alignment {face.Alignment} is not what {EncoderId} takes "
                + $"({width} x {height}, alignment {AlignmentVersion}).");
        }

        return encoder.Encode(face.Picture.Pixels);
    }

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
        FaceEncoding encoding = KeepsCrops ? Encode(crops.Single(crop => crop.Alignment == AlignmentVersion)) : encoder.Encode(frame, face.Landmarks);
        if (use != PictureUse.Measure)
            problem = Unlike(frame, face, encoding);
        return problem == UnusableReason.None
            ? new FaceReading(problem, face, counting, encoding, quality.Score) { Crops = crops }
            : new FaceReading(problem, face, counting, null, quality.Score);
    }

    /// <summary>Why a face is not like those of the calibration. Which way up it is takes eight looks of the detector, and so is asked
    /// only where there are no tests, and of faces that seem to be covered: the built-in networks take some for that which stand on their head.</summary>
    private UnusableReason Unlike(Frame frame, Face face, FaceEncoding encoding)
    {
        UnusableReason? unlike = _typicality?.Judge(encoding, face.Score);
        if (unlike is not (null or UnusableReason.FaceCovered))
            return unlike.Value;
        return _wayUp.TurnOf(frame, face.Box) != 0 ? UnusableReason.NotUpright : unlike ?? UnusableReason.None;
    }

    private int Counting(IReadOnlyList<Face> faces, Face main) => faces.Count(face =>
        face.Box.Width >= options.MinFaceWidth && face.Box.Area >= options.SecondFaceRatio * main.Box.Area);
}
