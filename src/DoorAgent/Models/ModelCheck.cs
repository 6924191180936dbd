using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Liveness;
using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>The result of a network's check.</summary>
/// <param name="Entry">The network.</param>
/// <param name="Loaded">Time to read the file, check its digest and load the network.</param>
/// <param name="Proven">Time of the self-test.</param>
/// <param name="Off">Deviation from the known answer, as text; null if there is no known answer.</param>
/// <param name="Refusal">Why the network may not be used; null if the check succeeded.</param>
internal sealed record CheckedModel(CatalogueEntry Entry, TimeSpan Loaded, TimeSpan Proven, string? Off, string? Refusal);

/// <summary>Runs the self-tests of networks, the same that run before the door uses a network.</summary>
internal sealed class ModelCheck(ModelStore store, TimeProvider time)
{
    /// <summary>Checks one network. An encoder is tested with faces that the built-in detector finds.</summary>
    public CheckedModel Run(CatalogueEntry entry)
    {
        long start = time.GetTimestamp();
        TimeSpan loaded = TimeSpan.Zero;
        string? off = null;
        try
        {
            switch (entry.Task)
            {
                case ModelTask.Encoder:
                    using (FaceEncoder encoder = FaceEncoder.Open(entry, store))
                    {
                        loaded = time.GetElapsedTime(start);
                        if (TestEncoder(encoder) is { } distance)
                            off = FormattableString.Invariant($"{distance:0.0000000} from the known answer");
                    }

                    break;
                case ModelTask.Detector:
                    using (Network network = new(entry.Id, store.Open(entry).Content))
                    {
                        loaded = time.GetElapsedTime(start);
                        off = FormattableString.Invariant(
                            $"{DetectorSelfTest.Run(new FaceDetector(entry, network)):0.000} pixels from the known face");
                    }

                    break;
                default:
                    using (LivenessNetwork network = LivenessFactory.Load(store, entry))
                    {
                        loaded = time.GetElapsedTime(start);
                        off = FormattableString.Invariant($"{LivenessSelfTest.Run(network):0.0000000} from the known answer");
                    }

                    break;
            }

            return new CheckedModel(entry, loaded, time.GetElapsedTime(start) - loaded, off, null);
        }
        catch (UserErrorException refusal)
        {
            return new CheckedModel(entry, loaded, TimeSpan.Zero, null, refusal.Message);
        }
    }

    private float? TestEncoder(FaceEncoder encoder)
    {
        CatalogueEntry entry = Catalogue.Embedded.Find(Catalogue.BuiltInDetector);
        using FaceDetector detector = new(entry, new Network(entry.Id, store.Open(entry).Content));
        return EncoderSelfTest.Run(encoder, detector);
    }
}
