using DoorAgent.Storage;

namespace DoorAgent.Settings;

/// <summary>The settings of one place. ToString gives the place, so that every value can say where it comes from.</summary>
internal sealed class SettingsLayer : ConfigurationProvider, IConfigurationSource
{
    private readonly string _origin;

    /// <param name="origin">The place in words: a file, "environment", "command line".</param>
    /// <param name="values">Section:Key to value; the last value of a key wins.</param>
    public SettingsLayer(string origin, IEnumerable<KeyValuePair<string, string?>> values)
    {
        _origin = origin;
        foreach ((string key, string? value) in values)
            Data[key] = value;
    }

    /// <summary>The file that the settings were read from; null for another place.</summary>
    public LoadedFile? File { get; init; }

    /// <summary>The values as they are now.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Values => Data;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override string ToString() => _origin;
}
