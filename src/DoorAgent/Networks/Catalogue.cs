using System.Text.Json;
using System.Text.Json.Serialization;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Networks;

/// <summary>The catalogue of networks that the program can use.</summary>
internal sealed class Catalogue
{
    public const string BuiltInDetector = "door-detector";

    public const string BuiltInEncoder = "door-encoder";

    /// <summary>The detector and encoder that are recommended for a real door.</summary>
    public static IReadOnlyList<string> StrongPair { get; } = ["yunet-n", "mobilefacenet+face-reid-0095"];

    /// <summary>The liveness networks: the first two judge only together, the third joins them.</summary>
    public static IReadOnlyList<string> Liveness { get; } = ["minifasnet-v2", "minifasnet-v1se", "minifasnet-v2se"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly IReadOnlyDictionary<string, string> _unusable;

    private Catalogue(IReadOnlyList<CatalogueEntry> entries, IReadOnlyDictionary<string, string> unusable) =>
        (Entries, _unusable) = (entries, unusable);

    /// <summary>The catalogue that is embedded in the program, without added networks.</summary>
    public static Catalogue Embedded { get; } = Load();

    public IReadOnlyList<CatalogueEntry> Entries { get; }

    /// <summary>Why added networks cannot be used, one message for each.</summary>
    public IEnumerable<string> Unusable => _unusable.Values;

    /// <summary>The catalogue of a machine: the embedded entries, then the networks that were added to its model directories.</summary>
    public static Catalogue Of(IReadOnlyList<string> directories)
    {
        AddedNetworks added = AddedNetworks.Read(directories, Embedded.Entries);
        return new Catalogue([.. Embedded.Entries, .. added.Entries], added.Unusable);
    }

    /// <summary>A catalogue of some entries.</summary>
    public static Catalogue Containing(IReadOnlyList<CatalogueEntry> entries) => new(entries, new Dictionary<string, string>());

    /// <summary>Returns the entry with an id and task.</summary>
    /// <exception cref="UserErrorException">The entry does not exist; the message lists the known ids of that task.</exception>
    public CatalogueEntry Find(string id, ModelTask task) =>
        Entries.FirstOrDefault(entry => entry.Id == id && entry.Task == task) ?? throw new UserErrorException(WhyNot(id, task)!);

    /// <summary>Returns the id by which this version knows the maker of encodings: where an earlier version had another network built in,
    /// both were called alike, and the digest tells which one it was.</summary>
    /// <param name="name">The id when the encodings were made.</param>
    /// <param name="sha256">Digest of the encoder.</param>
    public string IdOf(string name, string sha256) =>
        Entries.FirstOrDefault(entry => entry.Formerly == name && entry.Sha256 == sha256)?.Id ?? name;

    /// <summary>Returns the detector for an encoder. An encoder with tables for a detector that was built in before, and none for today's,
    /// keeps that detector where the setting names the built-in one: a door with its encodings goes on as it was.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="set">Id of the detector in the settings.</param>
    /// <exception cref="UserErrorException">The set detector does not exist.</exception>
    public CatalogueEntry DetectorFor(CatalogueEntry encoder, string set)
    {
        CatalogueEntry found = Find(set, ModelTask.Detector);
        return IsCalibratedWith(found) ? found
            : Entries.LastOrDefault(entry => entry.Task == ModelTask.Detector && entry.Formerly == set && IsCalibratedWith(entry)) ?? found;

        bool IsCalibratedWith(CatalogueEntry detector) => encoder.Calibration.Any(table => table.Detector == detector.Id);
    }

    /// <summary>Whether an id is that of a built-in network, or of one that an earlier version had built in its place.</summary>
    /// <param name="id">An id of the catalogue.</param>
    /// <param name="builtIn">Id of the built-in network.</param>
    public bool IsOrWas(string id, string builtIn) => id == builtIn || Entries.Any(entry => entry.Id == id && entry.Formerly == builtIn);

    /// <summary>Returns the id under which a network is or was built in; any other id stays as it is.</summary>
    public string LineOf(string id) => Entries.FirstOrDefault(entry => entry.Id == id)?.Formerly ?? id;

    /// <summary>Returns the name of a network in settings that were measured with it. The first network that was built in under an id keeps
    /// the id; those after it also have the first digits of their digest, since distances with one mean nothing to another.</summary>
    public string MeasuredNameOf(string id)
    {
        string line = LineOf(id);
        return Entries.FirstOrDefault(entry => entry.Formerly == line) is { } first && first.Id != id
            && Entries.FirstOrDefault(entry => entry.Id == id) is { } later ? $"{line}@{later.Sha256[..8]}" : line;
    }

    /// <summary>Explains why an id is not in the catalogue; returns null for the id of an entry of that task.</summary>
    public string? WhyNot(string id, ModelTask task)
    {
        if (_unusable.TryGetValue(id, out string? unusable))
            return unusable;
        string[] known = [.. Entries.Where(entry => entry.Task == task).Select(entry => entry.Id)];
        string kind = task.ToString().ToLowerInvariant();
        return known.Contains(id) ? null
            : $"There is no {kind} '{SettingText.Shortened(id)}' in the catalogue. Known: {string.Join(", ", known)}.";
    }

    /// <summary>Returns the entry with an id.</summary>
    /// <exception cref="UserErrorException">The entry does not exist; the message lists the known ids.</exception>
    public CatalogueEntry Find(string id) =>
        Entries.FirstOrDefault(entry => entry.Id == id) ?? throw new UserErrorException(_unusable.GetValueOrDefault(id) ??
            $"There is no network '{id}' in the catalogue. Known: {string.Join(", ", Entries.Select(entry => entry.Id))}.");

    /// <summary>Returns the networks that an entry consists of: the parts of a composite encoder, otherwise the entry itself.</summary>
    public IReadOnlyList<CatalogueEntry> NetworksOf(CatalogueEntry entry) =>
        entry.IsComposite ? [.. entry.Parts.Select(part => Find(part, ModelTask.Encoder))] : [entry];

    private static Catalogue Load()
    {
        using Stream stream = typeof(Catalogue).Assembly.GetManifestResourceStream("catalogue.json")!;
        return new Catalogue(JsonSerializer.Deserialize<Document>(stream, Json)!.Models, new Dictionary<string, string>());
    }

    private sealed record Document(CatalogueEntry[] Models);
}
