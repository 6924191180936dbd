using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace DoorAgent.Matching;

/// <summary>
/// How a name looks to a reader, in capitals and in small letters: letters of other scripts that look alike, kinds of apostrophes, hyphens
/// and spaces are one, and what is invisible is not there. Two names with one look cannot be told apart in a list. It is wider than
/// equality by NFC and case folding, and what it holds for alike is for messages and refusals: nothing opens by it.
/// </summary>
/// <param name="Capitals">The look in capitals.</param>
/// <param name="Small">The look in small letters.</param>
internal readonly record struct NameSkeleton(string Capitals, string Small)
{
    // Pairs of a letter and the Latin one that it looks like (Cyrillic, Greek, Armenian, Cherokee), by the forms of common typefaces.
    private static readonly FrozenDictionary<int, string> Capital = Pairs(
        "АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYҮYХXԚQԜWӀI" + "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX" + "ՕOՍUՏS" + "ᎪAᎬEᎠDᎡRᎢTᎻHᏦKᎷMᏢPᏚSᏙVᎳWᏃZᏟCᎫJᏀGᏞL" + Everywhere);

    private static readonly FrozenDictionary<int, string> SmallLetter = Pairs(
        "аaеeоoрpсcуyхxѕsіiјjһhԁdԛqԝwӏlүy" + "αaοoνvιiκkρpυu" + "օoսuոnհhցg" + "ɑaɡg" + Everywhere);

    // Apostrophes, hyphens and middle dots; letters of Persian and Urdu keyboards and those of Arabic ones, which look the same within a word.
    private const string Everywhere = "’'‘'ʼ'ʻ'ʹ'ꞌ'׳'" + "‐-‑-‒-−-־-゠-" + "‧·・·" + "یيىيکكہهەه";

    private const int PersianZero = 0x06F0, ArabicZero = 0x0660, Digits = 10;

    /// <summary>How a name looks; text that is no Unicode looks like nothing but itself.</summary>
    public static NameSkeleton Of(string name)
    {
        string apart;
        try
        {
            // Compatibility forms (fullwidth, ligatures) become what they stand for; accents stand by themselves behind their letter.
            apart = name.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            return new NameSkeleton(name, name);
        }

        StringBuilder capitals = new(), small = new();
        foreach (Rune rune in apart.EnumerateRunes().Where(rune => !IsInvisible(rune)))
        {
            bool isSpace = Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator;
            if (isSpace && (capitals.Length == 0 || capitals[^1] == ' '))
                continue;
            Rune capital = Rune.ToUpperInvariant(rune);
            capitals.Append(isSpace ? " " : Look(capital, Capital));
            small.Append(isSpace ? " " : Look(Rune.ToLowerInvariant(capital), SmallLetter));
        }

        return new NameSkeleton(capitals.ToString().TrimEnd(), small.ToString().TrimEnd());
    }

    /// <summary>Whether both could be taken for the same name.</summary>
    public bool IsConfusableWith(NameSkeleton other) => Capitals == other.Capitals || Small == other.Small;

    /// <summary>Whether a character is not seen, though it is there: fillers, joiners, marks of direction and of variation.</summary>
    public static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control || rune.Value is 0x034F
        or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164 or 0xFFA0 or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static string Look(Rune rune, FrozenDictionary<int, string> pairs) => rune.Value is >= PersianZero and < PersianZero + Digits
        ? new Rune(rune.Value - PersianZero + ArabicZero).ToString()
        : pairs.GetValueOrDefault(rune.Value) ?? rune.ToString();

    private static FrozenDictionary<int, string> Pairs(string text)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        return Enumerable.Range(0, runes.Length / 2).ToFrozenDictionary(i => runes[2 * i].Value, i => runes[(2 * i) + 1].ToString());
    }
}
