using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DoorAgent.Settings;

/// <summary>The text of a configuration file while it is being changed: what nobody touches stays as it was written, comments
/// excepted.</summary>
internal sealed class SettingsDocument
{
    private static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _path;
    private readonly JsonObject _root;

    private SettingsDocument(string path, JsonObject root) => (_path, _root) = (path, root);

    /// <summary>What a file says; nothing where there is none.</summary>
    /// <exception cref="UserErrorException">It is there, and no door would start with it; the message says what to mend.</exception>
    public static SettingsDocument Open(string path)
    {
        if (!File.Exists(path))
            return new SettingsDocument(path, new JsonObject(AnyCase));
        byte[] json = SettingsFile.ReadBytes(path);
        _ = SettingsFile.FromText(path, json);
        using MemoryStream stream = new(json);
        return new SettingsDocument(path, JsonNode.Parse(stream, AnyCase, Lenient)!.AsObject());
    }

    /// <summary>Another one that says the same.</summary>
    public SettingsDocument Copy() => new(_path, _root.DeepClone().AsObject());

    /// <summary>The settings that it gives, by itself.</summary>
    /// <exception cref="UserErrorException">A key is unknown or a value has a wrong form; the message has a line for each.</exception>
    public IConfigurationRoot Read() => SettingsFile.FromText(_path, JsonSerializer.SerializeToUtf8Bytes(_root));

    /// <summary>Gives a setting a value, in the form that people write.</summary>
    /// <param name="key">Section:Key.</param>
    /// <param name="value">A number or a switch is written as one where it is one.</param>
    public void Set(string key, string value)
    {
        Remove(key);
        string[] parts = key.Split(':');
        (JsonNode above, string last) = (Above(parts), parts[^1]);
        JsonNode written = Written(key, value);
        if (above is not JsonArray list)
            above[last] = written;
        else if (int.TryParse(last, out int index) && index < list.Count)
            list[index] = written;
        else
            list.Add(written);
    }

    /// <summary>Gives a setting a list of values.</summary>
    public void Set(string key, IEnumerable<string> values)
    {
        Remove(key);
        string[] parts = key.Split(':');
        Above(parts)[parts[^1]] = new JsonArray(AnyCase, [.. values.Select(value => JsonValue.Create(value))]);
    }

    /// <summary>Leaves a setting to its default; a section without settings goes too.</summary>
    public void Remove(string key)
    {
        // A key may also be written whole, "Doors:AccessTime".
        _root.Remove(key);
        string[] parts = key.Split(':');
        if (parts.Length == 2 && _root[parts[0]] is JsonObject section && section.Remove(parts[1]) && section.Count == 0)
            _root.Remove(parts[0]);
    }

    /// <summary>The file's text: plain JSON, which every other program reads too.</summary>
    public override string ToString() => $"{_root.ToJsonString(Indented)}{Environment.NewLine}";

    private JsonNode Above(string[] parts)
    {
        JsonNode node = _root;
        foreach (string part in parts[..^1])
        {
            if (node[part] is not (JsonObject or JsonArray))
                node[part] = new JsonObject(AnyCase);
            node = node[part]!;
        }

        return node;
    }

    private static JsonValue Written(string key, string value)
    {
        Type? type = KnownKeys.Find(KnownKeys.All, key)?.Type;
        type = type is null ? typeof(string) : Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool) && SettingForm.TryNormalise(type, value, out string? isOn))
            return JsonValue.Create(bool.Parse(isOn));
        return type == typeof(int) && int.TryParse(value, out int number) ? JsonValue.Create(number) : JsonValue.Create(value);
    }
}
