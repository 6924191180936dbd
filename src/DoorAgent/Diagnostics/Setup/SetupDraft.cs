using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Running;
using DoorAgent.Settings;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>The configuration file with the answers so far; an answer with which no door would start is refused.</summary>
internal sealed class SetupDraft
{
    private static readonly IReadOnlyDictionary<string, string?> Defaults = EffectiveSettings.Defaults();

    private readonly HashSet<string> _answered = [];
    private SettingsDocument _document;

    /// <param name="document">The configuration file; the draft changes a copy.</param>
    public SetupDraft(SettingsDocument document) => _document = document.Copy();

    /// <summary>Opens a draft of a file (empty where there is no file), with additional assignments.</summary>
    /// <param name="path">The file.</param>
    /// <param name="assignments">Section:Key=value.</param>
    /// <exception cref="UserErrorException">No door would start with the file, or with an assignment; the message says what to
    /// fix.</exception>
    public static SetupDraft Open(string path, IEnumerable<string> assignments)
    {
        string[] written = [.. assignments];
        _ = SettingsFile.FromAssignments("command line", written);
        SetupDraft draft = new(SettingsDocument.Open(path));
        foreach (string[] parts in written.Select(assignment => assignment.Split('=', 2)))
            draft.Set(parts[0].Trim(), parts[1].Trim());
        return draft;
    }

    /// <summary>The settings of the draft, not checked.</summary>
    public DoorSettings Settings => new(_document.Read());

    /// <summary>The hardware of the draft, not checked.</summary>
    public HardwareOptions Hardware => Settings.UncheckedHardware;

    /// <summary>The reader of the draft, not checked.</summary>
    public BadgeOptions Badges => Settings.UncheckedBadges;

    /// <summary>Whether the reader of the draft uses the lines D0 and D1.</summary>
    public bool HasWires => Badges.Reader == BadgeOptions.Wiegand;

    /// <summary>Whether the draft is for a real board.</summary>
    public bool IsReal => Hardware.Kind == HardwareOptions.RealLines;

    /// <summary>Errors of the whole draft; each message begins with a key.</summary>
    public IReadOnlyList<string> Errors => StartCheck.RefusalsOf(_document);

    /// <summary>Text of the file.</summary>
    public string Text => _document.ToString();

    /// <summary>Returns the answer that Enter accepts: the current value, else the proposed one; null where there is neither.</summary>
    public string? Current(SetupQuestion question)
    {
        DoorSettings settings = Settings;
        if (question.IsList)
            return settings.ItemsOf(question.Key) is var items && items.Any() ? string.Join(",", items) : question.Proposed;
        string? value = settings[question.Key] ?? Defaults[question.Key];
        return value is null ? question.Unset ?? question.Proposed : question.IsSwitch ? (bool.Parse(value) ? "yes" : "no") : value;
    }

    /// <summary>Returns whether a switch is on.</summary>
    public bool IsOn(string key) => bool.Parse(Settings[key] ?? Defaults[key]!);

    /// <summary>Accepts an answer unless it, or an earlier answer together with it, is wrong.</summary>
    /// <returns>The errors; empty when the answer was accepted.</returns>
    public IReadOnlyList<string> TryAnswer(SetupQuestion question, string answer)
    {
        SettingsDocument changed = _document.Copy();
        SetAnswer(changed, question, answer);
        // Settings whose questions come later may still be wrong.
        string[] wrong = [.. StartCheck.RefusalsOf(changed)
            .Where(error => KeyOf(error) is var key && (key == question.Key || _answered.Contains(key)))];
        if (wrong.Length == 0)
        {
            _document = changed;
            _answered.Add(question.Key);
        }

        return wrong;
    }

    /// <summary>Reopens questions: their answers stay and may be changed, and do not refuse other answers meanwhile.</summary>
    public void Reopen(IEnumerable<SetupQuestion> questions) => _answered.ExceptWith(questions.Select(question => question.Key));

    /// <summary>Sets an answer without checking; <see cref="Errors"/> says later whether it can be used.</summary>
    public void SetAnswer(SetupQuestion question, string answer) => SetAnswer(_document, question, answer);

    /// <summary>Sets a setting, in the form that people write.</summary>
    public void Set(string key, string value)
    {
        if (IsDefault(key, value))
            _document.Remove(key);
        else
            _document.Set(key, value);
    }

    private static bool IsDefault(string key, string value) =>
        Defaults.TryGetValue(key, out string? usual) && value.Equals(usual, StringComparison.OrdinalIgnoreCase);

    private static void SetAnswer(SettingsDocument document, SetupQuestion question, string answer)
    {
        answer = question.Means(answer);
        string value = question.IsSwitch && SettingForm.TryNormalise(typeof(bool), answer, out string? isOn) ? isOn : answer;
        string[] words = answer.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        bool isDefault = question.IsList ? words is [var one] && one == question.Proposed
            : value == question.Unset || IsDefault(question.Key, value);
        if (isDefault)
            document.Remove(question.Key);
        else if (question.IsList)
            document.Set(question.Key, words);
        else
            document.Set(question.Key, value);
    }

    private static string KeyOf(string error) => error.Split(' ')[0];
}
