using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DoorAgent.Settings;

/// <summary>The text of a configuration file while a command changes it: all but the changed settings stays as it was written,
/// except comments.</summary>
internal sealed class SettingsDocument
{
    private static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _path;
    private readonly JsonObject _root;

    private SettingsDocument(string path, JsonObject root, bool hadComments) => (_path, _root, HadComments) = (path, root, hadComments);

    /// <summary>Whether the file had comments, which are no longer in the text.</summary>
    public bool HadComments { get; }

    /// <summary>Opens a file; a missing file opens as an empty document.</summary>
    /// <exception cref="UserErrorException">No door would start with the file; the message says what to correct.</exception>
    public static SettingsDocument Open(string path)
    {
        SettingsDocument document = OpenToCorrect(path);
        _ = document.Read();
        return document;
    }

    /// <summary>Opens a file that may have unknown keys and values of a wrong form, so that they can be corrected.</summary>
    /// <exception cref="UserErrorException">The file is not JSON of settings; the message says what to correct.</exception>
    public static SettingsDocument OpenToCorrect(string path)
    {
        if (!File.Exists(path))
            return new SettingsDocument(path, new JsonObject(AnyCase), hadComments: false);
        byte[] json = SettingsFile.ReadBytes(path);
        ReadOnlySpan<byte> text = SettingsFile.CheckText(path, json);
        return new SettingsDocument(path, JsonNode.Parse(text, AnyCase, Lenient)!.AsObject(), HasComments(text));
    }

    /// <summary>A separate document with the same text.</summary>
    public SettingsDocument Copy() => new(_path, _root.DeepClone().AsObject(), HadComments);

    /// <summary>Reads the settings that this document alone gives.</summary>
    /// <exception cref="UserErrorException">A key is unknown or a value has a wrong form; the message has a line for each.</exception>
    public LoadedSettings Read() => SettingsFile.FromText(_path, JsonSerializer.SerializeToUtf8Bytes(_root));

    /// <summary>Reads the settings, or says which keys are unknown and which values have a wrong form.</summary>
    public bool TryRead([NotNullWhen(true)] out LoadedSettings? settings, out IReadOnlyList<string> wrong)
    {
        try
        {
            (settings, wrong) = (Read(), []);
            return true;
        }
        catch (UserErrorException form)
        {
            (settings, wrong) = (null, form.Message.Split(Environment.NewLine));
            return false;
        }
    }

    /// <summary>Whether the document has this setting, list or section.</summary>
    public bool Has(string key) => Find(_root, key) is not null;

    /// <summary>Sets a value, in the form that people write, where the document has the setting already, else in its section.</summary>
    /// <param name="key">Section:Key; an item of a list is Section:Key:0.</param>
    /// <param name="value">A value of a numeric setting or a switch is written as a JSON number or boolean.</param>
    public void Set(string key, string value)
    {
        string[] parts = key.Split(':');
        (JsonNode above, string last) = Find(_root, key) ?? (Above(parts), parts[^1]);
        JsonNode written = Written(key, value);
        if (above is not JsonArray list)
            above[last] = written;
        else if (IsItem(list, last, out int index))
            list[index] = written;
        else
            list.Add(written);
    }

    /// <summary>Sets a list of values.</summary>
    public void Set(string key, IEnumerable<string> values)
    {
        Remove(key);
        string[] parts = key.Split(':');
        Above(parts)[parts[^1]] = new JsonArray(AnyCase, [.. values.Select(value => JsonValue.Create(value))]);
    }

    /// <summary>Removes a setting, so that its default applies; a section that becomes empty is removed too.</summary>
    /// <param name="key">A setting, an item of a list, or a whole list or section.</param>
    /// <returns>Whether the document had the setting.</returns>
    public bool Remove(string key)
    {
        if (Find(_root, key) is not var (above, name))
            return false;
        if (above is JsonArray list && IsItem(list, name, out int index))
            list.RemoveAt(index);
        else
            above.AsObject().Remove(name);
        for (JsonNode empty = above; IsEmpty(empty) && empty.Parent is JsonObject parent; empty = parent)
            parent.Remove(empty.GetPropertyName());
        return true;
    }

    /// <summary>The file's text: plain JSON, which every other program can read.</summary>
    public override string ToString() => $"{_root.ToJsonString(Indented)}{Environment.NewLine}";

    /// <summary>Finds a setting, whose key may also be written whole ("Doors:AccessTime"); null where the document lacks it.</summary>
    private static (JsonNode Above, string Name)? Find(JsonNode? node, string key)
    {
        if (node is JsonArray list && IsItem(list, key, out _))
            return (list, key);
        if (node is not JsonObject section)
            return null;
        if (section.ContainsKey(key))
            return (section, key);
        for (int colon = key.IndexOf(':'); colon >= 0; colon = key.IndexOf(':', colon + 1))
        {
            if (Find(section[key[..colon]], key[(colon + 1)..]) is { } found)
                return found;
        }

        return null;
    }

    private static bool IsEmpty(JsonNode node) => node is JsonObject { Count: 0 } or JsonArray { Count: 0 };

    private static bool IsItem(JsonArray list, string name, out int index) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index < list.Count;

    /// <summary>The section or list that a setting belongs into, created where the document lacks it.</summary>
    private JsonNode Above(string[] parts)
    {
        JsonNode node = _root;
        for (int at = 0; at < parts.Length - 1; at++)
            node = Below(node, parts[at], isList: parts[at + 1] == "0");
        return node;
    }

    private static JsonNode Below(JsonNode node, string name, bool isList)
    {
        JsonNode? there = node is not JsonArray list ? node[name] : IsItem(list, name, out int index) ? list[index] : null;
        if (there is JsonObject or JsonArray)
            return there;
        JsonNode made = isList ? new JsonArray(AnyCase) : new JsonObject(AnyCase);
        if (node is JsonArray items)
            items.Add(made);
        else
            node[name] = made;
        return made;
    }

    private static bool HasComments(ReadOnlySpan<byte> json)
    {
        JsonReaderOptions withComments = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Allow };
        Utf8JsonReader reader = new(json, withComments);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Comment)
                return true;
        }

        return false;
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
