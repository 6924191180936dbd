using System.Text.RegularExpressions;
using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>A network that a user wants to add.</summary>
/// <param name="File">Path of the ONNX file.</param>
/// <param name="Like">Id of the catalogue's encoder whose input size, alignment and, unless changed, pixel values the network has.</param>
/// <param name="Name">The name, which becomes the id with own- before it; null takes the name of the file.</param>
/// <param name="Table">Path of a calibration table that was measured for the network; null for none.</param>
internal sealed record NetworkToAdd(string File, string Like, string? Name, string? Table)
{
    /// <summary>Order of the channels; null for that of the entry.</summary>
    public string? Channels { get; init; }

    /// <summary>Factor by which a byte is multiplied; null for that of the entry.</summary>
    public float? Scale { get; init; }

    /// <summary>Mean of each channel; null for that of the entry.</summary>
    public float[]? Mean { get; init; }

    /// <summary>Standard deviation of each channel; null for that of the entry.</summary>
    public float[]? Std { get; init; }

    /// <summary>Returns the input format of the network.</summary>
    public ModelInput InputOf(CatalogueEntry like) => like.Input with
    {
        Channels = Channels ?? like.Input.Channels,
        Scale = Scale ?? like.Input.Scale,
        Mean = Mean ?? like.Input.Mean,
        Std = Std ?? like.Input.Std,
    };
}

/// <summary>A network that was added.</summary>
/// <param name="Entry">The network's entry.</param>
/// <param name="Path">Path of its file.</param>
/// <param name="WasThere">Whether the network had been added before.</param>
internal sealed record AddedModel(CatalogueEntry Entry, string Path, bool WasThere);

/// <summary>Adds a user's own encoder to a model directory: reads its dimension, runs its self-test, computes its known answer, and writes
/// the network with its description. Until then nothing is written.</summary>
internal static partial class ModelAddition
{
    private const int MaxDimension = 4096;

    /// <param name="wanted">The network.</param>
    /// <param name="store">The machine's networks.</param>
    /// <param name="target">Folder of networks, which is created if missing.</param>
    /// <param name="today">The date.</param>
    /// <exception cref="UserErrorException">The network cannot be used, or the target cannot be written.</exception>
    public static AddedModel Run(NetworkToAdd wanted, ModelStore store, string target, DateOnly today)
    {
        (AddedNetwork network, CatalogueEntry entry, byte[] content) = Prove(wanted, store, today);
        bool isKnown = store.Catalogue.Entries.Any(one => one.Id == entry.Id);
        if (isKnown)
            target = Path.GetDirectoryName(AddedNetworks.PathOf(entry.Id, store.Directories))!;
        string path = Path.Combine(target, entry.File);
        try
        {
            // The description is written last: without it the file belongs to nobody.
            bool isNew = ModelImport.Place(entry.File, content, target);
            if (!isKnown)
                ModelImport.Place(AddedNetwork.DescriptionOf(entry.Id), network.ToJson(), target);
            else
                entry = wanted.Table is null ? store.Catalogue.Find(entry.Id) : Calibrate(entry.Id, wanted.Table, store.Directories);
            return new AddedModel(entry, path, WasThere: isKnown && !isNew);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The network could not be written to {target}: {failure.Message}", failure);
        }
    }

    private static (AddedNetwork Network, CatalogueEntry Entry, byte[] Content) Prove(NetworkToAdd wanted, ModelStore store, DateOnly today)
    {
        try
        {
            CatalogueEntry like = Catalogue.Embedded.Find(wanted.Like, ModelTask.Encoder);
            if (!AddedNetwork.CanBeLike(like))
                throw new InvalidDataException($"{like.Id} has no network of its own that yours could be like.");
            string id = IdOf(wanted);
            byte[] content = File.ReadAllBytes(wanted.File);
            AddedNetwork network = new(like.Id, content.Length, ModelStore.Digest(content), wanted.InputOf(like), MaxDimension, [],
                Path.GetFileName(wanted.File), today);
            if (store.Catalogue.Entries.FirstOrDefault(entry => entry.Id == id) is { } existing)
                EnsureSame(existing, network);
            network = network with { Dimension = EncoderProof.DimensionOf(network.ToEntry(id, Catalogue.Embedded.Entries), content) };
            if (network.Dimension is < 2 or > MaxDimension)
                throw new InvalidDataException($"its output has {network.Dimension} numbers, and an encoding has 2 to {MaxDimension}.");
            network = network with { KnownAnswer = EncoderProof.Answer(network.ToEntry(id, Catalogue.Embedded.Entries), content) };
            if (wanted.Table is not null)
                network = network.With(CalibrationFile.Parse(AddedNetworks.ReadText(wanted.Table)));
            return (network, network.ToEntry(id, Catalogue.Embedded.Entries), content);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or UserErrorException
            or NetworkFaultException)
        {
            throw new UserErrorException($"{wanted.File} was not added, and nothing was written: {failure.Message}", failure);
        }
    }

    /// <summary>Adds a calibration table to an added network.</summary>
    /// <param name="id">Id of the network.</param>
    /// <param name="table">Path of the table.</param>
    /// <param name="directories">The model directories.</param>
    /// <returns>The network's entry with the table.</returns>
    /// <exception cref="UserErrorException">The network was not added here, or the table does not belong to the network.</exception>
    public static CatalogueEntry Calibrate(string id, string table, IReadOnlyList<string> directories)
    {
        string path = AddedNetworks.PathOf(id, directories) ?? throw new UserErrorException(AddedNetwork.IsId(id)
            ? $"There is no {id} in {string.Join(", ", directories)}: 'dooragent models add' adds a network."
            : $"{id} was not added here, and the tables of the catalogue's networks are fixed. 'dooragent models add FILE --like {id} "
                + $"--calibration {table}' adds a network of your own with the table.");
        try
        {
            AddedNetwork network = AddedNetwork.Parse(AddedNetworks.ReadText(path)).With(
                CalibrationFile.Parse(AddedNetworks.ReadText(table)));
            CatalogueEntry entry = network.ToEntry(id, Catalogue.Embedded.Entries);
            ModelImport.Place(Path.GetFileName(path), network.ToJson(), Path.GetDirectoryName(path)!);
            return entry;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UserErrorException($"{table} was not taken for {id}, and nothing was written: {failure.Message.TrimEnd('.')}. "
                + $"'dooragent calibrate --dataset DIR --encoder {id} --out FILE' writes a table for it.", failure);
        }
    }

    /// <summary>An id stands for one file and one input format, since encodings in galleries are known by the id.</summary>
    private static void EnsureSame(CatalogueEntry existing, AddedNetwork network)
    {
        if (existing.Sha256 != network.Sha256 || !CalibrationFit.IsSame(existing.Input, network.Input)
            || existing.Alignment!.Version != Catalogue.Embedded.Find(network.Like).Alignment!.Version)
        {
            throw new InvalidDataException($"There is another {existing.Id} here, with another file or input format: choose another name "
                + "with --name.");
        }
    }

    private static string IdOf(NetworkToAdd wanted)
    {
        string name = wanted.Name
            ?? Unusual().Replace(Path.GetFileNameWithoutExtension(wanted.File).ToLowerInvariant(), "-").Trim('-', '_');
        string id = AddedNetwork.IsId(name) ? name : AddedNetwork.Prefix + name;
        return Usual().IsMatch(id) ? id : throw new InvalidDataException($"'{name}' is no name for a network: a name has 1 to 40 small "
            + "letters, digits, - and _, and begins with a letter or a digit. Choose one with --name.");
    }

    [GeneratedRegex("[^a-z0-9_-]+")]
    private static partial Regex Unusual();

    [GeneratedRegex("^own-[a-z0-9][a-z0-9_-]{0,39}$")]
    private static partial Regex Usual();
}
