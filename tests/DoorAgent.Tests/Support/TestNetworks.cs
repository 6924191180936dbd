using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Tests.Support;

/// <summary>The pairs of real networks for tests.</summary>
internal static class TestNetworks
{
    public static Places BuiltInOnly { get; } = new("", [Places.BuiltInModels]);

    /// <summary>The two networks in the repository.</summary>
    public static FacePipeline BuiltIn() => FacePipelineFactory.Open(BuiltInOnly, new FaceOptions(), Catalogue.BuiltInEncoder);

    /// <summary>The strong pair of networks; skips the test without their files.</summary>
    public static FacePipeline Strong() => Open("yunet-n", "mobilefacenet");

    /// <summary>Opens any pair of networks; skips the test without their files.</summary>
    public static FacePipeline Open(string detector, string encoder) => FacePipelineFactory.Open(
        new Places("", [Shared.Need("models"), Places.BuiltInModels]), new FaceOptions { Detector = detector, MinFaceWidth = 24 }, encoder);

    /// <summary>The encoding of a picture's main face.</summary>
    public static FaceEncoding Encode(this FacePipeline pipeline, string path, Frame frame, PictureUse use = PictureUse.Measure)
    {
        PictureFile.Read(path, frame);
        FaceReading reading = pipeline.ReadPicture(frame, use);
        return reading.Encoding ?? throw new InvalidOperationException($"{path}: {reading.Problem}");
    }
}
