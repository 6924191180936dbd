using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Models;

/// <summary>A network that was built from weights.</summary>
/// <param name="Entry">The network's entry.</param>
/// <param name="Path">Path of the network's file.</param>
/// <param name="Unused">CSV files of the folder that belong to no array.</param>
internal sealed record OpenFaceImportResult(CatalogueEntry Entry, string Path, IReadOnlyList<string> Unused);

/// <summary>
/// Builds the OpenFace network from weights in CSV files and the graph of the built-in encoder, which has the same architecture
/// (nn4.small2 as in the seed, with four arrays per batch normalisation, unfolded).
/// </summary>
internal static class OpenFaceImport
{
    public const string Id = "openface";

    /// <summary>Reads the weights, builds the network, runs its self-test, and then writes the network and its sidecar.</summary>
    /// <param name="folder">Folder of the CSV files.</param>
    /// <param name="target">Folder of networks, which is created if missing.</param>
    /// <exception cref="UserErrorException">A file is missing or wrong, the self-test failed, or the target cannot be written.</exception>
    public static OpenFaceImportResult Run(string folder, string target)
    {
        byte[] graph = new ModelStore([Places.BuiltInModels]).Open(Catalogue.Embedded.Find(Catalogue.BuiltInEncoder)).Content;
        OnnxArray[] arrays = [.. OnnxFile.ReadInitializers(graph).Where(array => array.IsFloat && array.Dimensions.Count > 0)];
        OpenFaceWeights weights = OpenFaceCsv.Read(folder, arrays);
        byte[] content = OnnxFile.With(graph, weights.Values);
        ModelSidecar sidecar = new(content.Length, ModelStore.Digest(content), Answer(folder, content));
        CatalogueEntry entry = Catalogue.Embedded.Find(Id) with
        {
            Bytes = sidecar.Bytes,
            Sha256 = sidecar.Sha256,
            KnownAnswer = sidecar.KnownAnswer,
        };
        try
        {
            // The sidecar is written last: a network without its sidecar is refused, and so is a sidecar of another file.
            ModelImport.Place(entry.File, content, target);
            ModelImport.Place(ModelSidecar.PathFor(entry.File), sidecar.ToJson(), target);
            return new OpenFaceImportResult(entry, System.IO.Path.Combine(target, entry.File), weights.Unused);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The network could not be written to {target}: {failure.Message}", failure);
        }
    }

    private static float[] Answer(string folder, byte[] content)
    {
        try
        {
            return EncoderProof.Answer(Catalogue.Embedded.Find(Id), content);
        }
        catch (UserErrorException refused)
        {
            throw new UserErrorException($"The weights in {folder} were not imported; nothing was written. {refused.Message}", refused);
        }
    }
}
