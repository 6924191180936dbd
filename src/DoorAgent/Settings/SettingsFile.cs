using System.Collections;
using System.Text.Json;
using DoorAgent.Storage;

namespace DoorAgent.Settings;

/// <summary>
/// Reads the settings, once: one JSON file, then variables DOORAGENT_Section__Key, then KEY=VALUE assignments; the later
/// wins. Nothing comes from the current directory. Unknown keys and values of a wrong form stop the start here, all at once;
/// ranges are checked where the options are bound (<see cref="LoadedSettings"/>).
/// </summary>
internal static class SettingsFile
{
    /// <summary>The file read when none is named and it exists.</summary>
    public const string SystemFile = "/etc/dooragent/dooragent.json";

    // A file with every setting has a hundredth of this size.
    private const int MostBytes = 1 << 20;

    private const string Prefix = "DOORAGENT_";
    private const string FromVariables = "environment";

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads the settings of this machine.</summary>
    /// <param name="configPath">The file that --config names, or null for the system's file where it exists.</param>
    /// <param name="assignments">Section:Key=value, as --set and a scenario give them.</param>
    /// <param name="environment">The variables; null for those of the process.</param>
    /// <param name="systemFile">The system's file.</param>
    /// <exception cref="UserErrorException">A file, key or value cannot be used; the message names each, with the next step.</exception>
    public static LoadedSettings Load(
        string? configPath, IEnumerable<string> assignments, IDictionary? environment = null, string systemFile = SystemFile)
    {
        configPath ??= File.Exists(systemFile) ? systemFile : null;
        SettingsLayer[] file = [];
        if (configPath is not null)
        {
            byte[] bytes = ReadBytes(configPath);
            file =
            [
                new SettingsLayer(configPath, ReadJson(configPath, bytes)) { File = LoadedFile.Of(Path.GetFullPath(configPath), bytes) },
            ];
        }

        return Checked([
            .. file,
            new SettingsLayer(FromVariables, ReadEnvironment(environment ?? Environment.GetEnvironmentVariables())),
            new SettingsLayer("command line", assignments.Select(ReadAssignment)),
        ]);
    }

    /// <summary>The configuration file as these settings read it, or as missing; null for settings that have no file.</summary>
    public static LoadedFile? Of(IConfigurationRoot settings)
    {
        SettingsLayer[] layers = [.. settings.Providers.OfType<SettingsLayer>()];
        return layers.Select(layer => layer.File).FirstOrDefault(file => file is not null)
            ?? (layers.Any(layer => layer.ToString() == FromVariables) ? new LoadedFile(SystemFile, null) : null);
    }

    /// <summary>Reads only assignments, over the defaults, so that a simulation is the same on every machine.</summary>
    /// <param name="origin">Where the assignments stand, for messages.</param>
    /// <param name="assignments">Section:Key=value.</param>
    /// <exception cref="UserErrorException">A key or value cannot be used; the message names each, with the next step.</exception>
    public static LoadedSettings FromAssignments(string origin, IEnumerable<string> assignments) =>
        FromAssignments([(origin, assignments)]);

    /// <summary>Reads assignments of several places, over the defaults; a later place wins.</summary>
    /// <exception cref="UserErrorException">Keys or values cannot be used; the message names each and its place.</exception>
    public static LoadedSettings FromAssignments(IEnumerable<(string Origin, IEnumerable<string> Assignments)> places) =>
        Checked([.. places.Select(place => new SettingsLayer(place.Origin, place.Assignments.Select(ReadAssignment)))]);

    /// <summary>Reads one file's text, over the defaults: what that file alone would set.</summary>
    /// <param name="path">The file's path, for messages.</param>
    /// <param name="json">The text, UTF-8.</param>
    /// <exception cref="UserErrorException">A key or value cannot be used; the message names each, with the next step.</exception>
    public static LoadedSettings FromText(string path, byte[] json) => Checked([new SettingsLayer(path, ReadJson(path, json))]);

    /// <summary>Checks that a file's text is a JSON object, whatever its settings are.</summary>
    /// <returns>The text, without a byte order mark.</returns>
    /// <exception cref="UserErrorException">The text is not a JSON object; the message names the line.</exception>
    public static ReadOnlySpan<byte> CheckText(string path, byte[] json)
    {
        _ = ReadJson(path, json);
        return WithoutMark(json);
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <exception cref="UserErrorException">The file cannot be read or is too large; the message says what to do.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[MostBytes + 1];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MostBytes)
            {
                throw new UserErrorException(
                    $"{path} is larger than 1 MiB, too large for a configuration file. Name the right one with --config.");
            }

            return bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]
                ? throw new UserErrorException($"{path} is written in UTF-16; save it as UTF-8.")
                : bytes[..length];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException(
                $"There is no configuration file {path}. Name an existing one with --config, or leave --config out.", e);
        }
        catch (UnauthorizedAccessException e) when (!Libc.MayRead(path))
        {
            throw Permission.Denied(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The configuration file {path} cannot be read: {e.Message}", e);
        }
    }

    private static LoadedSettings Checked(SettingsLayer[] layers)
    {
        ConfigurationBuilder builder = new();
        List<string> errors = [];
        foreach (SettingsLayer layer in layers)
        {
            errors.AddRange(SettingsCheck.Normalise(layer));
            builder.Add(layer);
        }

        IConfigurationRoot settings = builder.Build();
        errors.AddRange(SerilogCheck.Errors(settings));
        return errors.Count == 0 ? new LoadedSettings(settings) : throw new UserErrorException(string.Join(Environment.NewLine, errors));
    }

    private static IReadOnlyList<KeyValuePair<string, string?>> ReadJson(string path, byte[] json)
    {
        try
        {
            return SettingsJson.Read(path, WithoutMark(json), Lenient);
        }
        catch (JsonException e)
        {
            throw new UserErrorException(
                $"{path} is not valid JSON: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: "
                + $"{Reason(e)} Correct it, or start without it.", e);
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(byte[] json) => json is [0xEF, 0xBB, 0xBF, ..] ? json.AsSpan(3) : json;

    // The parser's sentence ends with its own, zero-based position; the message has the position already.
    private static string Reason(JsonException e) => e.Message.Split(" LineNumber:")[0];

    private static IEnumerable<KeyValuePair<string, string?>> ReadEnvironment(IDictionary environment)
    {
        foreach (DictionaryEntry variable in environment)
        {
            string name = (string)variable.Key;
            // A name without a further _ has a section and no key (DOORAGENT_SHARED): that is neither a setting nor a typing error.
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && name.IndexOf('_', Prefix.Length) >= 0)
                yield return new(name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value);
        }
    }

    private static KeyValuePair<string, string?> ReadAssignment(string assignment)
    {
        int split = assignment.IndexOf('=', StringComparison.Ordinal);
        return split > 0
            ? new(assignment[..split].Trim(), assignment[(split + 1)..].Trim())
            : throw new UserErrorException($"'{assignment}' sets nothing: write Section:Key=value, such as Doors:AccessTime=5s.");
    }
}
