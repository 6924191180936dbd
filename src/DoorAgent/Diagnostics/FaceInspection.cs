using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Diagnostics;

/// <summary>The main face that the door would see in a frame, described for people.</summary>
/// <param name="Reading">The result of the door's networks.</param>
/// <param name="Quality">Measures of the face; null without a face.</param>
internal sealed record FaceInspection(FaceReading Reading, FaceQuality? Quality)
{
    /// <summary>Whether the door could compare the face with enrolled people.</summary>
    public bool IsUsable => Reading.Problem == UnusableReason.None;

    /// <summary>Inspects a frame with the door's networks.</summary>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public static FaceInspection Of(FacePipeline pipeline, Frame frame)
    {
        FaceReading reading = pipeline.ReadFrame(frame);
        return new FaceInspection(reading, reading.Face is { } face ? FaceQuality.Of(frame, face) : null);
    }

    /// <summary>One line: the face, its measures, and whether the face can be used or why not.</summary>
    public string Words => Reading.Face is { } face && Quality is { } quality
        ? string.Create(CultureInfo.InvariantCulture,
            $"face {face.Box.Width:0} x {face.Box.Height:0} at {face.Box.X:0},{face.Box.Y:0}, "
                + $"score {face.Score:0.00}, brightness {quality.Brightness:0}, "
            + $"sharpness {quality.Sharpness:0.000}, turn {quality.Turn:0.00}, roll {quality.Roll:0}: {Verdict}")
        : "no face";

    /// <summary>Whether the face can be used, with its quality, or why not.</summary>
    public string Verdict => IsUsable
        ? string.Create(CultureInfo.InvariantCulture, $"usable, quality {Reading.Quality:0.00}")
        : $"not usable, {PictureWords.Unusable("", Reading).Words}";
}
