using DoorAgent.Hardware.Settings;

namespace DoorAgent.Settings;

/// <summary>Collects the errors of section Serilog, each with its key and the place where the key was set.</summary>
internal sealed class SerilogErrors(IConfigurationRoot settings)
{
    /// <summary>The most errors that are listed: nobody reads more.</summary>
    private const int Most = 20;

    private readonly List<string> _messages = [];

    /// <summary>The first errors, with a closing line where there may be more.</summary>
    public IReadOnlyList<string> Messages => _messages.Count < Most
        ? _messages : [.. _messages, $"There may be more; these are the first {Most}."];

    /// <summary>Reports a key that nothing reads.</summary>
    public void Unknown(IConfigurationSection at, IReadOnlyCollection<string> known) =>
        Add(() => $"Unknown setting {SettingText.Shortened(at.Path)} ({Origin(at)}).{DidYouMean.Hint(at.Key, known)}");

    /// <summary>Reports a word that names nothing in this program.</summary>
    /// <param name="at">Where the word stands.</param>
    /// <param name="what">What the word should name, such as "sink".</param>
    /// <param name="known">The words that this program knows there.</param>
    public void Unknown(IConfigurationSection at, string what, IReadOnlyCollection<string> known) =>
        Wrong(at, $"this program has no such {what}.{DidYouMean.Hint(at.Value!, known)}");

    /// <summary>Reports a value that cannot be used.</summary>
    public void Wrong(IConfigurationSection at, string why) =>
        Add(() => $"{SettingText.Shortened(at.Path)} is '{SettingText.Shortened(at.Value ?? "")}' ({Origin(at)}); {why}");

    /// <summary>Reports a value, list or section where another of these belongs.</summary>
    public void Shape(IConfigurationSection at, string why) =>
        Add(() => $"{SettingText.Shortened(at.Path)} ({Origin(at)}) {why}");

    /// <summary>Whether one value stands here; a list or section is reported.</summary>
    public bool IsOne(IConfigurationSection at)
    {
        if (!at.GetChildren().Any())
            return true;
        Shape(at, "takes one value, and no list or section.");
        return false;
    }

    /// <summary>Whether a list or section stands here (an empty one reads as a key without a value); a value is reported.</summary>
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
