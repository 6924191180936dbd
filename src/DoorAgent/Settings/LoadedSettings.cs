using System.Collections.Concurrent;
using DoorAgent.Hardware.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Settings;

/// <summary>
/// What file, environment and command line give, with the defaults for the rest. Each section is bound and checked once, when somebody
/// first asks for it: a door asks for all of them before it starts, a command for the few that it needs, and only these are refused to it.
/// </summary>
/// <param name="configuration">Keys that are known, values in the form that binding wants.</param>
internal sealed class LoadedSettings(IConfigurationRoot configuration)
{
    private readonly ConcurrentDictionary<Type, BoundSection> _sections = new();

    /// <summary>What is out of range in all sections; each message begins with its key.</summary>
    public IReadOnlyList<string> Errors => [.. KnownKeys.OptionTypes.SelectMany(type => Bound(type).Errors)];

    /// <summary>Section Serilog, which Serilog reads by itself.</summary>
    public SerilogSection Serilog { get; } = new(configuration);

    /// <summary>The file that a start reads: as these settings read it, or the one that was not there then; null for settings without a
    /// file.</summary>
    public FileInUse? File => SettingsFile.Of(configuration);

    /// <summary>Every setting with its value and origin.</summary>
    public IEnumerable<EffectiveSetting> Effective => EffectiveSettings.Of(configuration);

    /// <summary>The value that somebody gave a setting, in the form that binding wants; null where nobody did.</summary>
    public string? this[string key] => configuration[key];

    /// <summary>The items that somebody gave a list, in their order.</summary>
    public IEnumerable<string?> ItemsOf(string key) => configuration.GetSection(key).GetChildren().Select(item => item.Value);

    /// <summary>The options of one section.</summary>
    /// <exception cref="UserErrorException">Values of this section are wrong; the message lists them.</exception>
    public T Section<T>() where T : class, ICheckedOptions
    {
        ThrowIfAny(Bound(typeof(T)).Errors);
        return Unchecked<T>();
    }

    /// <summary>The same, right or wrong, for a command that needs only some of the values and looks at those itself.</summary>
    public T Unchecked<T>() where T : class, ICheckedOptions => (T)Bound(typeof(T)).Options;

    /// <summary>Refuses settings that are wrong anywhere, so that all that is wrong is said at once.</summary>
    /// <exception cref="UserErrorException">Values are wrong; the message lists those of all sections.</exception>
    public void NeedAll() => ThrowIfAny(Errors);

    private BoundSection Bound(Type type) => _sections.GetOrAdd(type, BoundSection.Of, configuration);

    private static void ThrowIfAny(IReadOnlyList<string> errors)
    {
        if (errors.Count > 0)
            throw new UserErrorException(string.Join(Environment.NewLine, errors.Append("Correct the configuration and start again.")));
    }
}
