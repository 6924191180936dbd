using System.Text;

namespace DoorAgent.Hardware.Displays;

/// <summary>Replaces letters that small displays lack. Displays have printable ASCII; a Latin letter with a mark becomes its base
/// letter.</summary>
internal static class DisplayLetters
{
    private const char Unknown = '?';

    private static readonly Dictionary<char, string> Ligatures = new()
    {
        ['ß'] = "ss", ['æ'] = "ae", ['Æ'] = "AE", ['œ'] = "oe", ['Œ'] = "OE",
        ['ø'] = "o", ['Ø'] = "O", ['ł'] = "l", ['Ł'] = "L", ['đ'] = "d", ['Đ'] = "D",
    };

    /// <summary>Whether a display can show every letter of a text, with or without its marks.</summary>
    public static bool CanShow(string text) => text.All(letter => IsPlain(letter) || Spell(letter)[0] != Unknown);

    /// <summary>Rewrites a text in letters that a display has.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isKnown">The letters beyond ASCII that this display has.</param>
    public static string Spell(string text, Func<char, bool> isKnown) => string.Concat(
        Whole(text).Normalize(NormalizationForm.FormC)
            .Select(letter => IsPlain(letter) || isKnown(letter) ? letter.ToString() : Spell(letter)));

    /// <summary>Splits a letter into its base letter and its first mark, which is 0 for a letter without marks.</summary>
    public static (char Letter, char Mark) Split(char letter)
    {
        string parts = Whole(letter.ToString()).Normalize(NormalizationForm.FormD);
        return (parts[0], parts.Length > 1 ? parts[1] : '\0');
    }

    private static bool IsPlain(char letter) => letter is >= ' ' and <= '~';

    private static string Spell(char letter)
    {
        if (Ligatures.TryGetValue(letter, out string? spelled))
            return spelled;
        char plain = Split(letter).Letter;
        return IsPlain(plain) ? plain.ToString() : Unknown.ToString();
    }

    /// <summary>Replaces the characters that .NET cannot normalize: surrogates and U+FFFE.</summary>
    private static string Whole(string text) =>
        string.Concat(text.Select(letter => char.IsSurrogate(letter) || letter == '\uFFFE' ? Unknown : letter));
}
