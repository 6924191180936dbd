using System.Text.Json;
using System.Text.Json.Serialization;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Networks;

/// <summary>The networks that this program knows how to use.</summary>
internal sealed class Catalogue
{
    public const string BuiltInDetector = "door-detector";

    public const string BuiltInEncoder = "door-encoder";

    /// <summary>The pair that a real door wants.</summary>
    public static IReadOnlyList<string> StrongPair { get; } = ["yunet-n", "mobilefacenet"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private Catalogue(IReadOnlyList<CatalogueEntry> entries) => Entries = entries;

    /// <summary>The one that is embedded in the program.</summary>
    public static Catalogue Embedded { get; } = Load();

    public IReadOnlyList<CatalogueEntry> Entries { get; }

    /// <summary>The entry of that id and task.</summary>
    /// <exception cref="UserErrorException">There is none; the message lists those that there are.</exception>
    public CatalogueEntry Find(string id, ModelTask task) =>
        Entries.FirstOrDefault(entry => entry.Id == id && entry.Task == task) ?? throw new UserErrorException(WhyNot(id, task)!);

    /// <summary>What to say to an id that no entry of that task has; null where one has it.</summary>
    public string? WhyNot(string id, ModelTask task)
    {
        string[] known = [.. Entries.Where(entry => entry.Task == task).Select(entry => entry.Id)];
        return known.Contains(id) ? null
            : $"There is no {task.ToString().ToLowerInvariant()} '{SettingText.Shortened(id)}' in the catalogue. Known: {string.Join(", ", known)}.";
    }

    /// <summary>The entry of that id.</summary>
    /// <exception cref="UserErrorException">There is none; the message names the nearest.</exception>
    public CatalogueEntry Find(string id) =>
        Entries.FirstOrDefault(entry => entry.Id == id)
        ?? throw new UserErrorException($"There is no network '{id}' in the catalogue. Known: {string.Join(", ", Entries.Select(entry => entry.Id))}.");

    private static Catalogue Load()
    {
        using Stream stream = typeof(Catalogue).Assembly.GetManifestResourceStream("catalogue.json")!;
        return new Catalogue(JsonSerializer.Deserialize<Document>(stream, Json)!.Models);
    }

    private sealed record Document(CatalogueEntry[] Models);
}
