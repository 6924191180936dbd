using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Models;

/// <summary>Proves an encoder that is not installed yet, with faces that the built-in detector finds.</summary>
internal static class EncoderProof
{
    private const int Digits = 5;

    /// <summary>Runs the self-test of an encoder and returns the encoder's unit output for the synthetic input, rounded.</summary>
    /// <param name="entry">The encoder's entry.</param>
    /// <param name="content">Content of the network's file.</param>
    /// <exception cref="UserErrorException">The network cannot be loaded, or failed its self-test.</exception>
    public static float[] Answer(CatalogueEntry entry, byte[] content)
    {
        using FaceEncoder encoder = Open(entry, content);
        ModelFile file = new ModelStore([Places.BuiltInModels]).Open(Catalogue.Embedded.Find(Catalogue.BuiltInDetector));
        using FaceDetector detector = new(file.Entry, new Network(file.Entry.Id, file.Content));
        EncoderSelfTest.Run(encoder, detector);
        ReadOnlySpan<float> answer = encoder.Parts[0].Encode(EncoderSelfTest.SyntheticFace(entry.Input.Width, entry.Input.Height)).Vector;
        return [.. answer.ToArray().Select(value => MathF.Round(value, Digits))];
    }

    /// <summary>Returns the length of a network's first output.</summary>
    /// <param name="entry">The network's entry, whose input counts.</param>
    /// <param name="content">Content of the network's file.</param>
    /// <exception cref="UserErrorException">The network cannot be loaded, or its input has another size.</exception>
    /// <exception cref="NetworkFaultException">The network failed.</exception>
    public static int DimensionOf(CatalogueEntry entry, byte[] content)
    {
        using Network network = new(entry.Id, content);
        using EncoderPart part = new(entry, network);
        network.Input(entry.Input.Height, entry.Input.Width).Clear();
        int dimension = 0;
        network.Run((index, values) =>
        {
            if (index == 0)
                dimension = values.Length;
        });
        return dimension;
    }

    private static FaceEncoder Open(CatalogueEntry entry, byte[] content)
    {
        Network network = new(entry.Id, content);
        try
        {
            return new FaceEncoder(entry, network);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
