using System.Collections.Concurrent;
using DoorAgent.Hardware.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Settings;

/// <summary>
/// The settings of file, environment and command line, with defaults for the rest. Each section is bound and checked once, on first use:
/// a door reads all sections before it starts; a command reads the few that it needs, and only errors of these stop the command.
/// </summary>
/// <param name="configuration">Known keys, and values in the form that binding wants.</param>
internal sealed class LoadedSettings(IConfigurationRoot configuration)
{
    private readonly ConcurrentDictionary<Type, BoundSection> _sections = new();

    /// <summary>The errors of all sections; each message begins with its key.</summary>
    public IReadOnlyList<string> Errors => [.. KnownKeys.OptionTypes.SelectMany(type => Bound(type).Errors)];

    /// <summary>Section Serilog, which Serilog itself reads.</summary>
    public SerilogSection Serilog { get; } = new(configuration);

    /// <summary>The configuration file as these settings read it, or as missing; null for settings that have no file.</summary>
    public LoadedFile? File => SettingsFile.Of(configuration);

    /// <summary>Every setting with its value and origin.</summary>
    public IEnumerable<EffectiveSetting> Effective => EffectiveSettings.Of(configuration);

    /// <summary>The given value of a setting, in the form that binding wants; null where only the default applies.</summary>
    public string? this[string key] => configuration[key];

    /// <summary>The given items of a list, in their order.</summary>
    public IEnumerable<string?> ItemsOf(string key) => configuration.GetSection(key).GetChildren().Select(item => item.Value);

    /// <summary>The options of one section.</summary>
    /// <exception cref="UserErrorException">Values of this section are wrong; the message lists them.</exception>
    public T Section<T>() where T : class, ICheckedOptions
    {
        ThrowIfAny(Bound(typeof(T)).Errors);
        return Unchecked<T>();
    }

    /// <summary>The options of one section with their errors, for a command that needs only some values and checks those itself.</summary>
    public T Unchecked<T>() where T : class, ICheckedOptions => (T)Bound(typeof(T)).Options;

    /// <summary>Checks all sections, so that one message names every error.</summary>
    /// <exception cref="UserErrorException">Values are wrong; the message lists those of all sections.</exception>
    public void NeedAll() => ThrowIfAny(Errors);

    private BoundSection Bound(Type type) => _sections.GetOrAdd(type, BoundSection.Of, configuration);

    private static void ThrowIfAny(IReadOnlyList<string> errors)
    {
        if (errors.Count > 0)
            throw new UserErrorException(string.Join(Environment.NewLine, errors.Append("Correct the configuration and start again.")));
    }
}
