using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>How a network's check went.</summary>
/// <param name="Entry">Which one.</param>
/// <param name="Loaded">Time to read the file, hold it against its digest, and load it.</param>
/// <param name="Proven">Time of the proof.</param>
/// <param name="Off">How far it was from the known answer, in words; null where there is none.</param>
/// <param name="Refusal">Why it may not be used; null when it may.</param>
internal sealed record CheckedModel(CatalogueEntry Entry, TimeSpan Loaded, TimeSpan Proven, string? Off, string? Refusal);

/// <summary>Lets networks prove themselves, as they do before the door listens to them.</summary>
internal sealed class ModelCheck(ModelStore store, TimeProvider time)
{
    /// <summary>Checks one network; an encoder is shown faces that the built-in detector finds. A liveness network is held
    /// against its digest and loaded: it has no proof of its own yet.</summary>
    public CheckedModel Run(CatalogueEntry entry)
    {
        long start = time.GetTimestamp();
        TimeSpan loaded = TimeSpan.Zero;
        string? off = null;
        try
        {
            if (entry.Task == ModelTask.Encoder)
            {
                using FaceEncoder encoder = FaceEncoder.Open(entry, store);
                loaded = time.GetElapsedTime(start);
                if (ProveEncoder(encoder) is { } distance)
                    off = FormattableString.Invariant($"{distance:0.0000000} from the known answer");
            }
            else
            {
                using Network network = new(entry.Id, store.Open(entry).Content);
                loaded = time.GetElapsedTime(start);
                if (entry.Task == ModelTask.Detector)
                    off = FormattableString.Invariant($"{DetectorSelfTest.Prove(new FaceDetector(entry, network)):0.000} pixels from the known face");
            }

            return new CheckedModel(entry, loaded, time.GetElapsedTime(start) - loaded, off, null);
        }
        catch (UserErrorException refusal)
        {
            return new CheckedModel(entry, loaded, TimeSpan.Zero, null, refusal.Message);
        }
    }

    private float? ProveEncoder(FaceEncoder encoder)
    {
        CatalogueEntry entry = Catalogue.Embedded.Find(Catalogue.BuiltInDetector);
        using FaceDetector detector = new(entry, new Network(entry.Id, store.Open(entry).Content));
        return EncoderSelfTest.Prove(encoder, detector);
    }
}
