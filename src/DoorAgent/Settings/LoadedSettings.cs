using DoorAgent.Hardware.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Settings;

/// <summary>
/// What file, environment and command line give, with the defaults for the rest: every section is bound and checked once, when this is made.
/// A section that is wrong is refused to whoever asks for it, and only to them: a command needs a few sections, a door all of them.
/// </summary>
internal sealed class LoadedSettings
{
    private readonly IConfigurationRoot _configuration;
    private readonly Dictionary<Type, BoundSection> _sections;

    /// <param name="configuration">Keys that are known, values in the form that binding wants.</param>
    public LoadedSettings(IConfigurationRoot configuration)
    {
        _configuration = configuration;
        _sections = KnownKeys.OptionTypes.ToDictionary(type => type, type => BoundSection.Of(type, configuration));
        Errors = [.. KnownKeys.OptionTypes.SelectMany(type => _sections[type].Errors)];
        Serilog = new SerilogSection(configuration);
    }

    /// <summary>What is out of range in all sections; each message begins with its key.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>Section Serilog, which Serilog reads by itself.</summary>
    public SerilogSection Serilog { get; }

    /// <summary>The file that a start reads: as these settings read it, or the one that was not there then; null for settings without a file.</summary>
    public FileInUse? File => SettingsFile.Of(_configuration);

    /// <summary>Every setting with its value and origin.</summary>
    public IEnumerable<EffectiveSetting> Effective => EffectiveSettings.Of(_configuration);

    /// <summary>The value that somebody gave a setting, in the form that binding wants; null where nobody did.</summary>
    public string? this[string key] => _configuration[key];

    /// <summary>The items that somebody gave a list, in their order.</summary>
    public IEnumerable<string?> ItemsOf(string key) => _configuration.GetSection(key).GetChildren().Select(item => item.Value);

    /// <summary>The options of one section.</summary>
    /// <exception cref="UserErrorException">Values of this section are wrong; the message lists them.</exception>
    public T Section<T>() where T : class, ICheckedOptions
    {
        ThrowIfAny(_sections[typeof(T)].Errors);
        return Unchecked<T>();
    }

    /// <summary>The same, right or wrong, for a command that needs only some of the values and looks at those itself.</summary>
    public T Unchecked<T>() where T : class, ICheckedOptions => (T)_sections[typeof(T)].Options;

    /// <summary>Refuses settings that are wrong anywhere, so that all that is wrong is said at once.</summary>
    /// <exception cref="UserErrorException">Values are wrong; the message lists those of all sections.</exception>
    public void NeedAll() => ThrowIfAny(Errors);

    private static void ThrowIfAny(IReadOnlyList<string> errors)
    {
        if (errors.Count > 0)
            throw new UserErrorException(string.Join(Environment.NewLine, errors.Append("Correct the configuration and start again.")));
    }
}
