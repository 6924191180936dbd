using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace DoorAgent.Matching;

/// <summary>
/// The appearance of a name (a skeleton in the sense of Unicode TR39), in capitals and in small letters: similar letters of other scripts
/// and variants of apostrophes, hyphens and spaces are unified, and invisible characters are removed. Names with equal skeletons cannot be
/// distinguished in a list. Skeletons serve only messages and refusals; no door opens because of a skeleton.
/// </summary>
/// <param name="Capitals">Skeleton in capitals.</param>
/// <param name="Small">Skeleton in small letters.</param>
internal readonly record struct NameSkeleton(string Capitals, string Small)
{
    // Pairs of a letter (Cyrillic, Greek, Armenian, Cherokee) and the Latin letter that looks the same in common typefaces.
    private static readonly FrozenDictionary<int, string> Capital = Pairs(
        "АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYҮYХXԚQԜWӀI" + "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX" + "ՕOՍUՏS"
        + "ᎪAᎬEᎠDᎡRᎢTᎻHᏦKᎷMᏢPᏚSᏙVᎳWᏃZᏟCᎫJᏀGᏞL" + Everywhere);

    private static readonly FrozenDictionary<int, string> SmallLetter = Pairs(
        "аaеeоoрpсcуyхxѕsіiјjһhԁdԛqԝwӏlүy" + "αaοoνvιiκkρpυu" + "օoսuոnհhցg" + "ɑaɡg" + Everywhere);

    // Apostrophes, hyphens and middle dots; letters of Persian and Urdu keyboards that look like Arabic ones within a word.
    private const string Everywhere = "’'‘'ʼ'ʻ'ʹ'ꞌ'׳'" + "‐-‑-‒-−-־-゠-" + "‧·・·" + "یيىيکكہهەه";

    private const int PersianZero = 0x06F0, ArabicZero = 0x0660, Digits = 10;

    /// <summary>Computes the skeleton of a name; text that is not valid Unicode is its own skeleton.</summary>
    public static NameSkeleton Of(string name)
    {
        string decomposed;
        try
        {
            // Compatibility forms (fullwidth, ligatures) are replaced by plain letters; accents become separate characters.
            decomposed = name.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            return new NameSkeleton(name, name);
        }

        StringBuilder capitals = new(), small = new();
        foreach (Rune rune in decomposed.EnumerateRunes().Where(rune => !IsInvisible(rune)))
        {
            bool isSpace = Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator;
            if (isSpace && (capitals.Length == 0 || capitals[^1] == ' '))
                continue;
            Rune capital = Rune.ToUpperInvariant(rune);
            capitals.Append(isSpace ? " " : Replace(capital, Capital));
            small.Append(isSpace ? " " : Replace(Rune.ToLowerInvariant(capital), SmallLetter));
        }

        return new NameSkeleton(capitals.ToString().TrimEnd(), small.ToString().TrimEnd());
    }

    /// <summary>Returns whether two names can be mistaken for each other.</summary>
    public bool IsConfusableWith(NameSkeleton other) => Capitals == other.Capitals || Small == other.Small;

    /// <summary>Returns whether a character is invisible: a filler, joiner, direction mark or variation selector.</summary>
    public static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164 or 0xFFA0
            or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static string Replace(Rune rune, FrozenDictionary<int, string> pairs) => rune.Value is >= PersianZero and < PersianZero + Digits
        ? new Rune(rune.Value - PersianZero + ArabicZero).ToString()
        : pairs.GetValueOrDefault(rune.Value) ?? rune.ToString();

    private static FrozenDictionary<int, string> Pairs(string text)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        return Enumerable.Range(0, runes.Length / 2).ToFrozenDictionary(i => runes[2 * i].Value, i => runes[(2 * i) + 1].ToString());
    }
}
