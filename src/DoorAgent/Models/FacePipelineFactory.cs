using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Models;

/// <summary>Makes the one path from a picture to an encoding, of networks that have proven themselves.</summary>
internal static class FacePipelineFactory
{
    /// <summary>Opens the networks and lets them prove themselves.</summary>
    /// <exception cref="UserErrorException">A network is not there, is another file, or fails its proof: nothing may be opened with it.</exception>
    public static FacePipeline Open(Places places, FaceOptions options, string encoderId)
    {
        ModelStore store = new(places.ModelDirectories);
        CatalogueEntry detector = Catalogue.Embedded.Find(options.Detector, ModelTask.Detector);
        CatalogueEntry encoder = Catalogue.Embedded.Find(encoderId, ModelTask.Encoder);
        FaceDetector? finder = null;
        try
        {
            finder = new FaceDetector(detector, new Network(detector.Id, store.Open(detector).Content));
            DetectorProof.Prove(finder);
            FaceEncoder maker = FaceEncoder.Open(encoder, store);
            EncoderProof.Prove(maker, finder);
            return new FacePipeline(finder, maker, options)
            {
                Files = [.. new[] { detector, maker.Entry }.Where(entry => entry.HasFile).Select(entry => new FileInUse(store.Locate(entry)!, entry.Sha256))],
            };
        }
        catch
        {
            finder?.Dispose();
            throw;
        }
    }
}
