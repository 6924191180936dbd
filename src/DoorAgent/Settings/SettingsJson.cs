using System.Globalization;
using System.Text;
using System.Text.Json;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Settings;

/// <summary>
/// Reads the settings of a JSON text, in their order. What JSON allows and a settings reader cannot use is refused by its line: a name
/// that occurs twice, in any case, a name of excessive length, and text that is not Unicode.
/// </summary>
internal ref struct SettingsJson
{
    /// <summary>Longer than any name, including those that operators choose.</summary>
    public const int LongestName = 200;

    private readonly string _path;
    private readonly ReadOnlySpan<byte> _json;
    private readonly Dictionary<string, int> _lines = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<KeyValuePair<string, string?>> _settings = [];
    private Utf8JsonReader _reader;
    private int _line = 1, _counted;

    private SettingsJson(string path, ReadOnlySpan<byte> json, JsonDocumentOptions form)
    {
        _path = path;
        _json = json;
        JsonReaderOptions lenient = new() { AllowTrailingCommas = form.AllowTrailingCommas, CommentHandling = form.CommentHandling };
        _reader = new Utf8JsonReader(json, lenient);
    }

    /// <summary>Section:Key to value as text. Null means "not set" and is left out; an empty list is its key with an empty value.</summary>
    /// <param name="path">The file's path, for messages.</param>
    /// <param name="json">The text, UTF-8 without a byte order mark.</param>
    /// <param name="form">How leniently the JSON is read.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="UserErrorException">The text cannot be used; the message names line and key.</exception>
    public static IReadOnlyList<KeyValuePair<string, string?>> Read(string path, ReadOnlySpan<byte> json, JsonDocumentOptions form)
    {
        SettingsJson reading = new(path, json, form);
        reading.Next();
        if (reading._reader.TokenType != JsonTokenType.StartObject)
            throw new UserErrorException($$"""{{path}} must hold one JSON object, such as { "Doors": { "AccessTime": "5 s" } }.""");
        reading.Value("");
        // Nothing may follow the object.
        reading.Next();
        return reading._settings;
    }

    private void Value(string key)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Section(key);
                break;
            case JsonTokenType.StartArray:
                List(key);
                break;
            case JsonTokenType.String:
                Add(key, Text($"the value of {key}"));
                break;
            case JsonTokenType.Number:
                Add(key, Encoding.UTF8.GetString(_reader.ValueSpan));
                break;
            case JsonTokenType.True or JsonTokenType.False:
                Add(key, _reader.GetBoolean() ? bool.TrueString : bool.FalseString);
                break;
        }
    }

    private void Section(string above)
    {
        while (Next() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = Text(above.Length > 0 ? $"a name in {above}" : "a name");
            if (name.Length > LongestName)
                throw Wrong($"'{SettingText.Shortened(name)}' is a name that no setting has: the longest are far shorter.");
            string key = Below(above, name);
            if (!_lines.TryAdd(key, _line))
            {
                throw Wrong($"'{key}' stands here a second time; line {_lines[key]} has it too, and upper and lower case make no "
                    + "difference. Keep one, with everything that should apply.");
            }


            Next();
            Value(key);
        }
    }

    private void List(string key)
    {
        int items = 0;
        for (; Next() && _reader.TokenType != JsonTokenType.EndArray; items++)
            Value(Below(key, items.ToString(CultureInfo.InvariantCulture)));
        if (items == 0)
            Add(key, "");
    }

    private bool Next()
    {
        bool isThere = _reader.Read();
        _line += _json[_counted..(int)_reader.TokenStartIndex].Count((byte)'\n');
        _counted = (int)_reader.TokenStartIndex;
        return isThere;
    }

    private readonly void Add(string key, string value) => _settings.Add(new(key, value));

    private static string Below(string above, string name) => above.Length == 0 ? name : $"{above}:{name}";

    private readonly string Text(string what)
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong($"{what} is not text: it has half of a character (\\ud800 to \\udfff), "
                + "or bytes that are not UTF-8. Correct it, or start without it.");
        }
    }

    private readonly UserErrorException Wrong(string what) => new($"{_path}, line {_line}: {what}");
}
