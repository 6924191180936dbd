using DoorAgent.Hardware.Settings;

namespace DoorAgent.Settings;

/// <summary>What is wrong in section Serilog, each with its key and where it was set.</summary>
internal sealed class SerilogErrors(IConfigurationRoot settings)
{
    /// <summary>Nobody reads more lines of errors.</summary>
    private const int Most = 20;

    private readonly List<string> _messages = [];

    /// <summary>The first of them.</summary>
    public IReadOnlyList<string> Messages => _messages.Count < Most ? _messages : [.. _messages, $"There may be more; these are the first {Most}."];

    /// <summary>A key that nobody reads.</summary>
    public void Unknown(IConfigurationSection at, IReadOnlyCollection<string> known) =>
        Add(() => $"Unknown setting {SettingText.Shortened(at.Path)} ({Origin(at)}).{DidYouMean.Hint(at.Key, known)}");

    /// <summary>A word that stands for nothing.</summary>
    /// <param name="at">Where it stands.</param>
    /// <param name="what">What there is none of, such as "sink".</param>
    /// <param name="known">What there is.</param>
    public void Unknown(IConfigurationSection at, string what, IReadOnlyCollection<string> known) =>
        Wrong(at, $"this program has no such {what}.{DidYouMean.Hint(at.Value!, known)}");

    /// <summary>A value that cannot be used.</summary>
    public void Wrong(IConfigurationSection at, string why) =>
        Add(() => $"{SettingText.Shortened(at.Path)} is '{SettingText.Shortened(at.Value ?? "")}' ({Origin(at)}); {why}");

    /// <summary>What stands there has another shape.</summary>
    public void Shape(IConfigurationSection at, string why) =>
        Add(() => $"{SettingText.Shortened(at.Path)} ({Origin(at)}) {why}");

    /// <summary>Whether one value stands here, and no list or section.</summary>
    public bool IsOne(IConfigurationSection at)
    {
        if (!at.GetChildren().Any())
            return true;
        Shape(at, "takes one value, and no list or section.");
        return false;
    }

    /// <summary>Whether a list or a section can be read here; one without anything in it is its key with nothing.</summary>
    public bool IsMany(IConfigurationSection at, string form)
    {
        if (string.IsNullOrEmpty(at.Value))
            return true;
        Wrong(at, $"it must be {form}.");
        return false;
    }

    private void Add(Func<string> message)
    {
        if (_messages.Count < Most)
            _messages.Add(message());
    }

    private string Origin(IConfigurationSection at) => settings.Providers
        .Last(layer => layer.TryGet(at.Path, out _) || layer.GetChildKeys([], at.Path).Any()).ToString()!;
}
