using System.Globalization;
using System.Text;

namespace DoorAgent.Galleries;

/// <summary>
/// Defines the characters that a name may have, by Unicode categories: letters and marks of any script, decimal digits, spaces, and the
/// characters that join the parts of names. Pure.
/// </summary>
internal static class NameCharacters
{
    public const int Longest = 64;

    // Full stop, hyphens, apostrophes and low line; the middle dots of Catalan, Chinese and Japanese, the signs of Hebrew, the dot of
    // Tibetan.
    private const string Joiners = ".-'_" + "\u2019\u2018\u2010\u2011" + "\u00B7\u2027\u30FB\u30A0" + "\u05F3\u05F4\u05BE" + "\u0F0B";

    private const string NotFirst = " -\u2010\u2011";

    private const int NonJoiner = 0x200C, Joiner = 0x200D;

    // After one of these, a joiner chooses how two consonants are written (Devanagari to Malayalam, Sinhala, Burmese, Khmer).
    private const string Viramas = "\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA\u1039\u17D2";

    /// <summary>Returns why a composed text is not a name; null when the text is a name.</summary>
    public static string? WhyNot(string name)
    {
        Rune[] runes = [.. name.EnumerateRunes()];
        if (runes.Length is 0 or > Longest)
            return runes.Length == 0 ? "the name is empty" : $"{runes.Length} characters are too many";
        for (int i = 0; i < runes.Length; i++)
        {
            if (!IsWord(runes[i]) && runes[i].Value != ' ' && !IsOneOf(Joiners, runes[i]) && !JoinsWithin(runes, i))
                return $"{Named(runes[i])} is not permitted in a name";
        }

        return IsOneOf(NotFirst, runes[0]) ? "the name begins with a space or a dash"
            : runes[^1].Value == ' ' ? "the name ends with a space"
            : Array.Exists(runes, rune => Rune.IsLetter(rune) || IsDigit(rune)) ? null : "the name has no letter or digit";
    }

    /// <summary>Describes a character: the character itself where it is visible, and its number.</summary>
    public static string Named(Rune rune) =>
        Matching.NameSkeleton.IsInvisible(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator
        || rune == Rune.ReplacementChar
        ? $"the character U+{rune.Value:X4}"
        : $"'{rune}' (U+{rune.Value:X4})";

    /// <summary>Whether a character is part of a word.</summary>
    public static bool IsWord(Rune rune) => Rune.IsLetter(rune) || IsDigit(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsDigit(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;

    /// <summary>Whether a joiner or non-joiner changes how the name is written; elsewhere such a character is only invisible.</summary>
    private static bool JoinsWithin(Rune[] runes, int at)
    {
        if (runes[at].Value is not (NonJoiner or Joiner) || at == 0 || at == runes.Length - 1)
            return false;
        return IsOneOf(Viramas, runes[at - 1]) || runes[at].Value == NonJoiner && IsArabic(runes[at - 1]) && IsArabic(runes[at + 1]);
    }

    private static bool IsArabic(Rune rune) =>
        IsWord(rune) && rune.Value is (>= 0x0600 and <= 0x06FF) or (>= 0x0750 and <= 0x077F) or (>= 0x0870 and <= 0x08FF);

    private static bool IsOneOf(string characters, Rune rune) =>
        rune.IsBmp && characters.Contains((char)rune.Value, StringComparison.Ordinal);
}
