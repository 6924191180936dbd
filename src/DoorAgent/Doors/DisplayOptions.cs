using System.Collections.Frozen;
using DoorAgent.Hardware.Displays;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Doors;

/// <summary>The texts of a display at the door. The configuration uses these names.</summary>
internal enum DisplayText
{
    LookAtCamera,
    EnterPin,
    TurnLeft,
    TurnRight,
    Welcome,

    /// <summary>The text contains {name}.</summary>
    WelcomeName,
    Denied,

    /// <summary>The text contains {seconds}.</summary>
    Wait,
    CloseDoor,
    OutOfOrder,
    Unlocked,
    Lockdown,
    SecondPerson,
}

/// <summary>The settings of the display at the door.</summary>
internal sealed class DisplayOptions : ICheckedOptions
{
    private const string English = "en";

    private static readonly FrozenDictionary<DisplayText, string> InEnglish = new Dictionary<DisplayText, string>
    {
        [DisplayText.LookAtCamera] = "Look at the camera",
        [DisplayText.EnterPin] = "Enter PIN and #",
        [DisplayText.TurnLeft] = "<- Turn head left",
        [DisplayText.TurnRight] = "Turn head right ->",
        [DisplayText.Welcome] = "Welcome",
        [DisplayText.WelcomeName] = "Welcome, {name}",
        [DisplayText.Denied] = "Access denied",
        [DisplayText.Wait] = "Wait {seconds} s",
        [DisplayText.CloseDoor] = "Close the door",
        [DisplayText.OutOfOrder] = "Out of order",
        [DisplayText.Unlocked] = "Please come in",
        [DisplayText.Lockdown] = "Lockdown",
        [DisplayText.SecondPerson] = "Second person, please",
    }.ToFrozenDictionary();

    /// <summary>Texts that a language may lack: they came after doors were set up whose texts must stay valid.</summary>
    private static readonly FrozenSet<DisplayText> Optional = 
        [DisplayText.TurnLeft, DisplayText.TurnRight, DisplayText.Unlocked, DisplayText.Lockdown, DisplayText.SecondPerson];

    public static string Section => "Display";

    [Setting("Whether the display shows the name of a person who is let in; everybody at the door can see the name.")]
    public bool Names { get; set; }

    [Setting("The texts of a language, each under its name, such as `Display:Texts:de:LookAtCamera`. Several languages are shown in turn.",
        Form = "LookAtCamera, EnterPin, TurnLeft, TurnRight, Welcome, WelcomeName, Denied, Wait, CloseDoor, OutOfOrder, Unlocked, "
            + "Lockdown, SecondPerson"), Unset("English")]
    public Dictionary<string, Dictionary<string, string>> Texts { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    public void Check(OptionErrors errors)
    {
        foreach ((string language, Dictionary<string, string> texts) in Texts)
        {
            foreach ((string name, string text) in texts)
            {
                string key = $"{nameof(Texts)}:{language}:{name}";
                errors.Require(Find(name) is not null, key, text, $"the texts {string.Join(", ", Enum.GetNames<DisplayText>())}");
                errors.Require(DisplayLetters.CanShow(text), key, text, "Latin letters, digits and signs: the displays have no others");
            }

            string[] missing = [.. Enum.GetValues<DisplayText>()
                .Where(text => !Optional.Contains(text) && Given(texts, text) is null).Select(text => text.ToString())];
            bool isWhole = missing.Length == 0 || language.Equals(English, StringComparison.OrdinalIgnoreCase);
            errors.Require(isWhole, $"{nameof(Texts)}:{language}",
                $"without {string.Join(", ", missing)}", "all texts of a language, since the others would be in English");
        }
    }

    /// <summary>Returns the text in each language.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name of the person who is let in.</param>
    /// <param name="seconds">Time to wait, in seconds.</param>
    public IReadOnlyList<string> TextsOf(DisplayText text, string? name, int seconds) =>
    [
        .. Texts.Select(language => Given(language.Value, text) ?? InEnglish[text]).DefaultIfEmpty(InEnglish[text])
            .Select(words => words.Replace("{name}", name, StringComparison.Ordinal)
                .Replace("{seconds}", $"{seconds}", StringComparison.Ordinal)),
    ];

    private static string? Given(Dictionary<string, string> texts, DisplayText text) =>
        texts.FirstOrDefault(given => Find(given.Key) == text).Value is { Length: > 0 } words ? words : null;

    private static DisplayText? Find(string name) => Enum.GetValues<DisplayText>().Cast<DisplayText?>()
        .FirstOrDefault(text => name.Equals(text.ToString(), StringComparison.OrdinalIgnoreCase));
}
