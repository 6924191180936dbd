using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Models;

/// <summary>A network that was made from weights.</summary>
/// <param name="Entry">What it is.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Unused">CSV files of the folder that it does not have.</param>
internal sealed record OpenFaceImportResult(CatalogueEntry Entry, string Path, IReadOnlyList<string> Unused);

/// <summary>
/// Puts weights of OpenFace's network, brought as CSV files, into the graph of the built-in encoder, which is the same
/// (nn4.small2 as the seed builds it, batch normalisation as four arrays a layer, nothing folded).
/// </summary>
internal static class OpenFaceImport
{
    public const string Id = "openface";

    private const int Digits = 5;

    /// <summary>Reads, makes, lets prove itself, and only then writes: the network, and beside it the record of what it is.</summary>
    /// <param name="folder">The CSV files.</param>
    /// <param name="target">Folder of networks; made where there is none.</param>
    /// <exception cref="UserErrorException">A file is missing or wrong, the network does not tell faces apart, or the target cannot be written.</exception>
    public static OpenFaceImportResult Run(string folder, string target)
    {
        byte[] graph = BuiltIn(Catalogue.BuiltInEncoder).Content;
        OpenFaceWeights weights = OpenFaceCsv.Read(folder, [.. OnnxFile.ReadInitializers(graph).Where(array => array.IsFloat && array.Dimensions.Count > 0)]);
        byte[] content = OnnxFile.With(graph, weights.Values);
        ModelSidecar made = new(content.Length, ModelStore.Digest(content), Answer(folder, content));
        CatalogueEntry entry = Catalogue.Embedded.Find(Id) with { Bytes = made.Bytes, Sha256 = made.Sha256, KnownAnswer = made.KnownAnswer };
        try
        {
            // The record last: a network without its record is refused, and so is a record of another file.
            ModelImport.Place(entry.File, content, target);
            ModelImport.Place(ModelSidecar.PathFor(entry.File), made.ToJson(), target);
            return new OpenFaceImportResult(entry, System.IO.Path.Combine(target, entry.File), weights.Unused);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The network could not be written to {target}: {failure.Message}", failure);
        }
    }

    /// <summary>What the network gives for the made input, after it has shown that it tells faces apart.</summary>
    private static float[] Answer(string folder, byte[] content)
    {
        CatalogueEntry entry = Catalogue.Embedded.Find(Id);
        using FaceEncoder encoder = new(entry, new Network(Id, content));
        ModelFile finds = BuiltIn(Catalogue.BuiltInDetector);
        using FaceDetector detector = new(finds.Entry, new Network(finds.Entry.Id, finds.Content));
        try
        {
            EncoderSelfTest.Prove(encoder, detector);
        }
        catch (UserErrorException refused)
        {
            throw new UserErrorException($"The weights in {folder} are not imported, nothing was written. {refused.Message}", refused);
        }

        ReadOnlySpan<float> answer = encoder.Encode(EncoderSelfTest.SyntheticFace(entry.Input.Width, entry.Input.Height)).Vector;
        return [.. answer.ToArray().Select(value => MathF.Round(value, Digits))];
    }

    private static ModelFile BuiltIn(string id) => new ModelStore([Places.BuiltInModels]).Open(Catalogue.Embedded.Find(id));
}
