using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Storage;

namespace DoorAgent.Tests.Support;

/// <summary>Enrols built-in people and keeps their faces.</summary>
internal static class KeptFaces
{
    /// <summary>Enrols a person as the command does.</summary>
    public static void Enrol(GalleryFile gallery, FacePipeline pipeline, string name, bool keeps = true)
    {
        pipeline.KeepsCrops = keeps;
        new Enroller(gallery, pipeline, FacePipelineFactory.ThresholdsOf(pipeline, new MatchingOptions()),
            new PeopleOptions { KeepCrops = keeps })
            .Add(PersonName.Parse(name), Pictures(name), null, isExtended: false);
        pipeline.KeepsCrops = false;
    }

    public static string[] Pictures(string name) =>
        [.. Directory.GetFiles(Path.Combine(Places.BuiltInPeople, name), "enrol-*.jpg").Order(StringComparer.Ordinal)];

    /// <summary>Returns a made picture with a grey crop of each size.</summary>
    public static EnrolledPicture Made(double degrees, byte digest) => MadeEncodings.Picture(degrees, digest) with
    {
        Crops = [Grey(1, 112), Grey(2, 96)],
    };

    private static AlignedFace Grey(int alignment, int side)
    {
        Frame frame = new();
        frame.Resize(side, side);
        frame.Pixels.Fill(128);
        return new AlignedFace(alignment, frame);
    }
}
