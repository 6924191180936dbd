using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>A network of the catalogue that was converted from OpenVINO's format.</summary>
/// <param name="Entry">The network, with the digest of the file that was written.</param>
/// <param name="Path">Path of the file.</param>
/// <param name="WasThere">Whether the file existed already and was not changed.</param>
/// <param name="IsExact">Whether the file is byte for byte the one that the catalogue names.</param>
internal sealed record ConvertedModel(CatalogueEntry Entry, string Path, bool WasThere, bool IsExact);

/// <summary>
/// Makes a network of the catalogue from the files of OpenVINO's format in which its publisher distributes the network: converts them to
/// ONNX, proves the result by the known answer and the self-test, and installs it. Until then nothing is written.
/// </summary>
internal static class OpenVinoImport
{
    /// <summary>Larger files belong to other networks.</summary>
    private const long MaxXml = 32 << 20, MaxBin = 256 << 20;

    /// <param name="xml">Path of the graph.</param>
    /// <param name="bin">Path of the weights.</param>
    /// <param name="target">Folder of networks, which is created if missing.</param>
    /// <exception cref="UserErrorException">A file cannot be read or converted, the network is none of the catalogue, or the target cannot
    /// be written.</exception>
    public static ConvertedModel Run(string xml, string bin, string target)
    {
        ConvertedNetwork network = Convert(xml, bin);
        string digest = ModelStore.Digest(network.Content);
        CatalogueEntry known = Catalogue.Embedded.Entries.FirstOrDefault(entry => entry.OpenVino is not null && Fits(entry, network))
            ?? throw Refused(xml, bin, $"the network makes {string.Join(" x ", network.Output)} from {string.Join(" x ", network.Input)} "
                + "numbers, and no such network of the catalogue is distributed in this format. 'dooragent models add' takes an encoder "
                + "of your own as an ONNX file.");
        float[] answer;
        try
        {
            answer = EncoderProof.Answer(known, network.Content);
        }
        catch (UserErrorException refused)
        {
            throw Refused(xml, bin, refused.Message, refused);
        }

        try
        {
            return Place(known, network.Content, new ModelSidecar(network.Content.Length, digest, answer), target);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The network could not be written to {target}: {failure.Message}", failure);
        }
    }

    private static ConvertedModel Place(CatalogueEntry known, byte[] content, ModelSidecar sidecar, string target)
    {
        string path = System.IO.Path.Combine(target, known.File);
        bool isExact = sidecar.Sha256 == known.Sha256;
        // As for any network built here, a file without its sidecar is refused, and so is a sidecar of another file.
        if (!isExact)
            ModelImport.Place(ModelSidecar.PathFor(known.File), sidecar.ToJson(), target);
        bool isNew = ModelImport.Place(known.File, content, target);
        if (isExact)
            File.Delete(ModelSidecar.PathFor(path));
        return new ConvertedModel(known with { Bytes = sidecar.Bytes, Sha256 = sidecar.Sha256 }, path, !isNew, isExact);
    }

    private static ConvertedNetwork Convert(string xml, string bin)
    {
        string reading = xml;
        try
        {
            using Stream graph = new MemoryStream(Read(xml, MaxXml));
            IReadOnlyList<OpenVinoLayer> layers = OpenVinoFile.Read(graph);
            reading = bin;
            OpenVinoWeights weights = new(Read(bin, MaxBin));
            reading = xml;
            return OpenVinoToOnnx.Run(layers, weights);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Refused(xml, bin, $"{reading}: {failure.Message.TrimEnd('.')}.", failure);
        }
    }

    private static byte[] Read(string path, long most)
    {
        long length = new FileInfo(path).Length;
        return length <= most ? File.ReadAllBytes(path)
            : throw new InvalidDataException(FormattableString.Invariant($"it has {length:#,0} bytes, and at most {most:#,0} are read"));
    }

    private static bool Fits(CatalogueEntry entry, ConvertedNetwork network) =>
        network.Input.SequenceEqual([1, 3, entry.Input.Height, entry.Input.Width])
        && network.Output.Aggregate(1L, (count, dimension) => count * dimension) == entry.Output!.Dimension;

    private static UserErrorException Refused(string xml, string bin, string why, Exception? inner = null) =>
        new($"{xml} and {bin} were not imported; nothing was written. {why.TrimEnd('.')}. Name the graph (.xml) first and the weights "
            + "(.bin) second, both of the same download.", inner);
}
