using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Running;
using DoorAgent.Settings;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>The configuration as answered so far, over what the file said before; an answer that no door would start with is not
/// taken.</summary>
internal sealed class SetupDraft
{
    private static readonly IReadOnlyDictionary<string, string?> Defaults = EffectiveSettings.Defaults();

    private readonly HashSet<string> _answered = [];
    private SettingsDocument _document;

    /// <param name="document">What the file says; stays as it is.</param>
    public SetupDraft(SettingsDocument document) => _document = document.Copy();

    /// <summary>What a file says (nothing where there is none), with assignments that it shall say too.</summary>
    /// <param name="path">The file.</param>
    /// <param name="assignments">Section:Key=value.</param>
    /// <exception cref="UserErrorException">No door would start with the file, or with an assignment; the message says what to mend.</exception>
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

    /// <summary>Whether its reader is on the lines D0 and D1.</summary>
    public bool HasWires => Badges.Reader == BadgeOptions.Wiegand;

    /// <summary>Whether a real board is set up.</summary>
    public bool IsReal => Hardware.Kind == HardwareOptions.RealLines;

    /// <summary>What is wrong with it as a whole; each message begins with its key.</summary>
    public IReadOnlyList<string> Errors => StartCheck.RefusalsOf(_document);

    /// <summary>The file's text.</summary>
    public string Text => _document.ToString();

    /// <summary>What Enter takes: what holds now, else what is proposed; null where neither is.</summary>
    public string? Current(SetupQuestion question)
    {
        DoorSettings settings = Settings;
        if (question.IsList)
            return settings.ItemsOf(question.Key) is var items && items.Any() ? string.Join(",", items) : question.Proposed;
        string? value = settings[question.Key] ?? Defaults[question.Key];
        return value is null ? question.Unset ?? question.Proposed : question.IsSwitch ? (bool.Parse(value) ? "yes" : "no") : value;
    }

    /// <summary>Whether a switch is on.</summary>
    public bool IsOn(string key) => bool.Parse(Settings[key] ?? Defaults[key]!);

    /// <summary>Takes an answer where nothing answered so far, nor it itself, is wrong with it.</summary>
    /// <returns>What is wrong; empty when it was taken.</returns>
    public IReadOnlyList<string> Take(SetupQuestion question, string answer)
    {
        SettingsDocument changed = _document.Copy();
        Put(changed, question, answer);
        // What is to be asked yet may be wrong still.
        string[] wrong = [.. StartCheck.RefusalsOf(changed)
            .Where(error => KeyOf(error) is var key && (key == question.Key || _answered.Contains(key)))];
        if (wrong.Length == 0)
        {
            _document = changed;
            _answered.Add(question.Key);
        }

        return wrong;
    }

    /// <summary>Questions that are asked again: their answers stay and may be changed, and refuse nothing meanwhile.</summary>
    public void Reopen(IEnumerable<SetupQuestion> questions) => _answered.ExceptWith(questions.Select(question => question.Key));

    /// <summary>Takes an answer as it is: <see cref="Errors"/> says later whether it can be used.</summary>
    public void Put(SetupQuestion question, string answer) => Put(_document, question, answer);

    /// <summary>Sets any setting, in the form that people write.</summary>
    public void Set(string key, string value)
    {
        if (IsDefault(key, value))
            _document.Remove(key);
        else
            _document.Set(key, value);
    }

    private static bool IsDefault(string key, string value) => Defaults.TryGetValue(key, out string? usual) && value.Equals(usual, StringComparison.OrdinalIgnoreCase);

    private static void Put(SettingsDocument document, SetupQuestion question, string answer)
    {
        answer = question.Means(answer);
        string value = question.IsSwitch && SettingForm.TryNormalise(typeof(bool), answer, out string? isOn) ? isOn : answer;
        string[] words = answer.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        bool isDefault = question.IsList ? words is [var one] && one == question.Proposed : value == question.Unset || IsDefault(question.Key, value);
        if (isDefault)
            document.Remove(question.Key);
        else if (question.IsList)
            document.Set(question.Key, words);
        else
            document.Set(question.Key, value);
    }

    private static string KeyOf(string error) => error.Split(' ')[0];
}
