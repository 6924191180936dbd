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

    /// <summary>Returns the entry with an id and task.</summary>
    /// <exception cref="UserErrorException">The entry does not exist; the message lists the known ids of that task.</exception>
    public CatalogueEntry Find(string id, ModelTask task) =>
        Entries.FirstOrDefault(entry => entry.Id == id && entry.Task == task) ?? throw new UserErrorException(WhyNot(id, task)!);

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
